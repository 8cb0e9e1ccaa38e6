// Glue: what the build does to the script that wasm-bindgen writes beside a WASM module. The script is changed by
// esbuild; what it looks like for that is known, because the versions of both are pinned.

import { transformSync } from "esbuild";

/** The module under which wasm-bindgen imports the functions of the script. */
const MODULE = "./broadsheet_bg.js";
/** A function that the script gives to WASM, as esbuild prints it. */
const IMPORT = /^ {6}([\w$]+): function\([\s\S]*?^ {6}\},?\n/gm;

/** @typedef {import("./short-names.js").ShortName} ShortName */

/** @param {string} glue */
function withoutUnused(glue) {
  return transformSync(glue, {
    format: "esm",
    target: "es2022",
    treeShaking: true,
    minifySyntax: true,
    // Classes are registered there if the browser has it. They are removed only where that is not so.
    define: { "Symbol.dispose": "undefined" },
  }).code;
}

/**
 * The script with what starts the module and nothing else that it exports.
 * @param {string} glue as wasm-bindgen wrote it
 */
export function withStartAlone(glue) {
  const start = glue.match(/^export \{ initSync, (\w+) as default \};$/m);
  if (!start) throw new Error("the script of wasm-bindgen does not export what it should");
  const closed = glue.replace(/^export (class|function) /gm, "$1 ");
  const pure = closed.replaceAll(
    "new FinalizationRegistry",
    "/* @__PURE__ */ new FinalizationRegistry",
  );
  return withoutUnused(pure.replace(start[0], `export { ${start[1]} as default };`));
}

/** Whether the script has this name anywhere. @param {string} glue */
export function mentions(glue) {
  const words = new Set(glue.match(/[\w$]+/g));
  return (/** @type {string} */ name) => words.has(name);
}

/**
 * The script with those functions alone that the module imports.
 * @param {string} glue
 * @param {string[]} imports
 */
export function withImports(glue, imports) {
  const wanted = new Set(imports);
  const kept = glue.replace(IMPORT, (all, name) => (wanted.delete(name) ? all : ""));
  if (wanted.size) throw new Error(`the script lacks imports of the module: ${[...wanted]}`);
  return withoutUnused(kept);
}

/** @param {string} text */
const literally = (text) => text.replace(/[^\w]/g, "\\$&");

/**
 * The script under the short names that the module has, without blanks.
 * @param {string} glue
 * @param {{ module: string, imports: ShortName[], exports: ShortName[] }} names
 */
export function minified(glue, { module, imports, exports }) {
  // A property of anything else that has such a name would be renamed as well.
  for (const { long } of [...imports, ...exports]) {
    const used = glue.matchAll(new RegExp(`([\\w$]*)\\.${literally(long)}(?![\\w$])`, "g"));
    const foreign = [...used].find(([, object]) => object !== "wasm");
    if (foreign) throw new Error(`the script uses the name of an import or export: ${foreign[0]}`);
  }
  const renamed = [{ long: MODULE, short: module }, ...imports, ...exports];
  const { code } = transformSync(glue, {
    format: "esm",
    target: "es2022",
    minify: true,
    mangleProps: new RegExp(`^(${renamed.map(({ long }) => literally(long)).join("|")})$`),
    mangleQuoted: true,
    mangleCache: Object.fromEntries(renamed.map(({ long, short }) => [long, short])),
  });
  return code;
}
