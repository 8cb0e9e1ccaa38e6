// Prints where the bytes of the app are, and how that differs from the report before:
// node js/build/report.js SHELL NAMES REPORT. Writes the new report into its place; it is small and in the repository,
// so that a change of the code shows its bytes in the same diff.
//
// What a part takes after compression cannot be said, because all parts are compressed together. The
// column `without` is by how much the file gets smaller (Brotli, quality 11) when the bytes of these functions are cut
// out of it. The sum is less than the whole: what two parts have in common goes with neither.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { bodies, sections } from "./binary.js";
import { crateOf, moduleOf } from "./groups.js";

/** Smaller crates are one row, in bytes before compression. */
const SMALL = 1000;
const DATA = 11;

/** @typedef {{ name: string, raw: number, without: number }} Row */

const [shell = "dist", namesFile = "", reportFile = ""] = process.argv.slice(2);
const wasm = readFileSync(join(shell, "broadsheet_bg.wasm"));
const glue = readFileSync(join(shell, "broadsheet.js"));
const names = readFileSync(namesFile, "utf8").split("\n");
const functions = bodies(wasm).map((body, place) => ({ body, name: names[place] ?? "" }));
if (functions.length !== names.length)
  throw new Error(`${namesFile} is of another build than ${shell}`);

/** @param {Uint8Array} bytes */
const compressed = async (bytes) => (await promisify(brotliCompress)(bytes)).length;
const whole = await compressed(wasm);

/**
 * @param {string} name
 * @param {Uint8Array[]} parts parts of the module
 * @returns {Promise<Row>}
 */
async function row(name, parts) {
  const left = [];
  let from = 0;
  let raw = 0;
  for (const part of parts) {
    const start = part.byteOffset - wasm.byteOffset;
    left.push(wasm.subarray(from, start));
    from = start + part.length;
    raw += part.length;
  }
  return {
    name,
    raw,
    without: whole - (await compressed(Buffer.concat([...left, wasm.subarray(from)]))),
  };
}

/**
 * Rows of functions by what they belong to, the largest first.
 * @param {(name: string) => string} groupOf empty where a function is left out
 * @param {number} small
 */
async function rows(groupOf, small) {
  /** @type {Map<string, Uint8Array[]>} */
  const groups = new Map();
  for (const { name, body } of functions) {
    const group = groupOf(name);
    groups.set(group, [...(groups.get(group) ?? []), body]);
  }
  groups.delete("");
  const sum = (/** @type {Uint8Array[]} */ parts) => parts.reduce((sum, it) => sum + it.length, 0);
  const others = [...groups].filter(([, parts]) => sum(parts) < small);
  for (const [name] of others) groups.delete(name);
  const found = await Promise.all([...groups].map(([name, parts]) => row(name, parts)));
  found.sort((a, b) => b.raw - a.raw || (a.name < b.name ? -1 : 1));
  if (!others.length) return found;
  const rest = new Set(others.flatMap(([, parts]) => parts));
  const inOrder = functions.map(({ body }) => body).filter((body) => rest.has(body));
  return [...found, await row(`(${others.length} smaller ones)`, inOrder)];
}

const source = new URL("../../src/", import.meta.url);
const isModule = (/** @type {string} */ path) =>
  existsSync(new URL(`${path}.rs`, source)) || existsSync(new URL(`${path}/mod.rs`, source));
const data = sections(wasm).find(({ id }) => id === DATA)?.content ?? new Uint8Array();

/** @type {Record<string, Row[]>} */
const parts = {
  files: [
    { name: "WASM", raw: wasm.length, without: whole },
    { name: "JS", raw: glue.length, without: await compressed(glue) },
  ],
  "in the WASM": [
    await row(
      "functions",
      functions.map(({ body }) => body),
    ),
    await row("data", [data]),
  ],
  crates: await rows(crateOf, SMALL),
  modules: await rows((name) => moduleOf(name, isModule), 0),
};

const cells = (/** @type {Row} */ { name, raw, without }) =>
  `${name.padEnd(44)}${String(raw).padStart(8)}${String(without).padStart(9)}`;
/** @type {Map<string, number[]>} */
const before = new Map();
if (existsSync(reportFile)) {
  let part = "";
  for (const line of readFileSync(reportFile, "utf8").split("\n")) {
    const [, name, ...numbers] = line.match(/^(.+?) +(\d+) +(-?\d+)$/) ?? [];
    if (name) before.set(`${part} ${name}`, numbers.map(Number));
    else part = line.split("  ")[0] ?? "";
  }
}
const difference = (/** @type {string} */ part, /** @type {Row} */ { name, raw, without }) => {
  const [rawBefore, withoutBefore] = before.get(`${part} ${name}`) ?? [0, 0];
  const signed = (/** @type {number} */ it) => (it > 0 ? `+${it}` : String(it || "")).padStart(8);
  return `${signed(raw - (rawBefore ?? 0))}${signed(without - (withoutBefore ?? 0))}`;
};

const report = [];
for (const [part, list] of Object.entries(parts)) {
  const heading = `${part.padEnd(44)}     raw  without`;
  console.log(`${heading}        changes`);
  report.push(heading);
  for (const row of list) {
    console.log(cells(row) + difference(part, row));
    report.push(cells(row));
  }
  console.log();
  report.push("");
}
for (const [row] of before) {
  const [part] = Object.entries(parts).filter(([part]) => row.startsWith(`${part} `));
  if (part && !part[1].some(({ name }) => row === `${part[0]} ${name}`))
    console.log(`gone: ${row}`);
}
writeFileSync(reportFile, `${report.join("\n").trim()}\n`);
