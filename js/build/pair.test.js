// The script and the module of dist/ are one build: they start together, here, without a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const dist = new URL("../../dist/", import.meta.url);
const glue = readFileSync(new URL("broadsheet.js", dist), "utf8");
const wasm = readFileSync(new URL("broadsheet_bg.wasm", dist));

/**
 * Nothing but what the app asks a browser for before it has the data of its page: the page has a root and no data.
 * Resolves with what was asked for when that is found out, in a task after the start.
 */
function asBrowser() {
  class Window {}
  Object.setPrototypeOf(globalThis, Window.prototype);
  return new Promise((resolve) => {
    /** @type {string[]} */
    const asked = [];
    const getElementById = (/** @type {string} */ id) => {
      asked.push(id);
      if (id === "app-root") return {};
      resolve(asked);
      return null;
    };
    Object.assign(globalThis, {
      Window,
      self: globalThis,
      window: globalThis,
      document: { getElementById },
    });
  });
}

test("the script gives the module all that it imports, and calls all that it exports", async () => {
  const module = new WebAssembly.Module(wasm);
  const asked = asBrowser();
  const { instantiate } = WebAssembly;
  /** @type {any} */
  let given;
  WebAssembly.instantiate = /** @type {any} */ (
    (/** @type {any} */ module, /** @type {any} */ imports) => {
      given = imports;
      return instantiate(module, imports);
    }
  );
  const { default: init } = await import(`data:text/javascript,${encodeURIComponent(glue)}`);
  const exports = await init({ module_or_path: module });
  WebAssembly.instantiate = instantiate;

  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    assert.equal(typeof given[from][name], kind, `${from} ${name}`);
  }
  const imported = new Set(WebAssembly.Module.imports(module).map(({ name }) => name));
  for (const from of Object.values(given)) {
    for (const name of Object.keys(from)) assert.ok(imported.has(name), `${name} is not imported`);
  }
  for (const name of Object.keys(exports)) {
    assert.match(glue, new RegExp(`\\.${name}(?![\\w$])`), `${name} is not called`);
  }
  // Code of the app ran, and texts and objects went both ways: it found no data and left all as it was.
  assert.deepEqual(await asked, ["app-root", "app-site-data"]);
});

test("no name that only programmers read is downloaded", () => {
  assert.equal(WebAssembly.Module.customSections(new WebAssembly.Module(wasm), "name").length, 0);
  const names = [...WebAssembly.Module.imports(new WebAssembly.Module(wasm))].map(
    ({ name }) => name,
  );
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);
  assert.ok(names.length > 50 && exports.length > 5);
  for (const name of [...names, ...exports]) assert.ok(name.length <= 3, name);
  assert.doesNotMatch(glue, /__wbg_[a-z]+_[0-9a-f]{16}/);
});
