import assert from "node:assert/strict";
import { test } from "node:test";
import { mentions, minified, withImports, withStartAlone } from "./glue.js";

/** As wasm-bindgen writes it, in short. */
const GLUE = `
export class Unused {
    free() { wasm.__wbg_unused_free(this.pointer, 0); }
}
if (Symbol.dispose) Unused.prototype[Symbol.dispose] = Unused.prototype.free;
export function start() {
    wasm.start();
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_title_0123456789abcdef: function(arg0) {
            return arg0.title;
        },
        __wbg_fetch_0123456789abcdef: function() { return handleError(function (arg0) {
            return arg0.fetch(__wbindgen_enum[0]);
        }, arguments); },
        __wbg_then_0123456789abcdef: function(arg0) {
            return arg0.then(() => wasm.__wbindgen_start());
        },
    };
    return {
        __proto__: null,
        "./broadsheet_bg.js": import0,
    };
}
const UnusedFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_unused_free(ptr, 1));
const __wbindgen_enum = ["default"];
function handleError(f, args) {
    try {
        return f.apply(this, args);
    } catch (e) {
        wasm.__wbindgen_exn_store(e);
    }
}
let wasm;
function initSync(module) {
    wasm = new WebAssembly.Instance(module, __wbg_get_imports()).exports;
    return wasm;
}
async function __wbg_init(module) {
    wasm = (await WebAssembly.instantiate(module, __wbg_get_imports())).exports;
    wasm.__wbindgen_start();
    return [wasm, __wbg_get_imports()];
}
export { initSync, __wbg_init as default };
`;
const TITLE = "__wbg_title_0123456789abcdef";
const FETCH = "__wbg_fetch_0123456789abcdef";

test("classes and functions that nobody calls go, and with them the exports that only they use", () => {
  const called = mentions(withStartAlone(GLUE));
  assert.ok(!called("Unused") && !called("initSync"));
  assert.ok(!called("__wbg_unused_free") && !called("start"));
  assert.ok(called("__wbindgen_start") && called("__wbindgen_exn_store") && called(TITLE));
});

test("functions that the module does not import go, with what only they use", () => {
  const start = withStartAlone(GLUE);
  const kept = withImports(start, [TITLE]);
  assert.match(kept, new RegExp(TITLE));
  assert.doesNotMatch(kept, /__wbg_fetch|__wbg_then|handleError|__wbindgen_enum/);
  assert.match(withImports(start, [TITLE, FETCH]), /handleError/);
});

test("an import that the script does not have stops the build", () => {
  assert.throws(
    () => withImports(withStartAlone(GLUE), ["__wbg_new"]),
    /lacks imports .*__wbg_new/,
  );
});

test("imports and exports get their short names, and nothing else does", async () => {
  const glue = withImports(withStartAlone(GLUE), [TITLE]);
  const code = minified(glue, {
    module: "m",
    imports: [{ long: TITLE, short: "x" }],
    exports: [{ long: "__wbindgen_start", short: "y" }],
  });
  assert.doesNotMatch(code, /__wb|broadsheet/);
  // (module (import "m" "x" (func)) (func) (export "y" (func 1)))
  const module = new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 109, 1, 120, 0, 0],
      ...[3, 2, 1, 0, 7, 5, 1, 1, 121, 0, 1, 10, 4, 1, 2, 0, 11],
    ]),
  );
  const { default: init } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const [exports, imports] = await init(module);
  assert.deepEqual(Object.keys(exports), ["y"]);
  assert.equal(imports.m.x({ title: "Tin" }), "Tin");
});

test("a name that something else has as well stops the build", () => {
  const glue = withImports(withStartAlone(GLUE.replace("arg0.title", "arg0.memory")), [TITLE]);
  const names = { module: "m", imports: [], exports: [{ long: "memory", short: "y" }] };
  assert.throws(() => minified(glue, names), /arg0\.memory/);
});

test("a script that exports other things than expected stops the build", () => {
  assert.throws(() => withStartAlone("export default 1;"), /does not export/);
});
