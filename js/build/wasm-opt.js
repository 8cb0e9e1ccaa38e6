// wasm-opt, from the PATH.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One by one: with `--all-features` it writes what no browser reads. */
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "nontrapping-float-to-int",
  "sign-ext",
  "mutable-globals",
  "reference-types",
  "multivalue",
].map((feature) => `--enable-${feature}`);

/**
 * The module that wasm-opt makes of another one, and what it says.
 * @param {Uint8Array} module
 * @param {string[]} options
 */
export function wasmOpt(module, options) {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-wasm-"));
  try {
    const [before, after] = [join(folder, "before.wasm"), join(folder, "after.wasm")];
    writeFileSync(before, module);
    const told = execFileSync("wasm-opt", [...FEATURES, ...options, before, "-o", after], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    return { module: readFileSync(after), told };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
