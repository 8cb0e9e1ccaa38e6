// Pack: a WASM module and its script become what readers download. The two stay one build: a name is changed in
// both or in neither. ARCHITECTURE.md ("The WASM is packed after it was built") says what each step is worth.

import { bodies, names, withNames } from "./binary.js";
import { mentions, minified, withImports, withStartAlone } from "./glue.js";
import { order } from "./order.js";
import { shortNames } from "./short-names.js";
import { steady } from "./steady.js";
import { wasmOpt } from "./wasm-opt.js";

const OPTIMISE = [
  "-Os",
  // A function that is called once stays one, where it is not tiny: what is inlined resembles nothing any more.
  "--one-caller-inline-max-function-size=10",
  // What is computed once instead of twice is fewer bytes, but not after compression.
  "--skip-pass=local-cse",
  "--strip-producers",
  "--strip-target-features",
];

/** @param {Uint8Array} module */
const compiled = (module) => new WebAssembly.Module(Uint8Array.from(module));

/**
 * @param {Uint8Array} built the module with the names of its functions
 * @param {string} script as wasm-bindgen wrote it
 * @param {string[]} list the order of the functions of earlier builds
 * @returns {{ wasm: Uint8Array, glue: string, functions: string[] }} with the names of the functions, in their order
 */
export function pack(built, script, list) {
  // What the script does not call is not exported, and what only it needs goes.
  const start = withStartAlone(script);
  const called = mentions(start);
  const unused = WebAssembly.Module.exports(compiled(built))
    .map(({ name }) => name)
    .filter((name) => !called(name));
  const small = wasmOpt(built, [
    ...(unused.length ? [`--remove-exports=${unused.join(",")}`] : []),
    ...OPTIMISE,
    "--debuginfo",
  ]).module;
  const imports = WebAssembly.Module.imports(compiled(small)).map(({ name }) => name);
  const glue = withImports(start, imports);

  // wasm-opt puts functions in the order of their names.
  const before = names(small);
  const places = steady(order(bodies(small)), before, list);
  /** @type {string[]} */
  const numbered = [];
  for (const [rank, place] of places.entries()) numbered[place] = String(rank).padStart(6, "0");
  const { module, told } = wasmOpt(withNames(small, numbered), [
    "--reorder-functions-by-name",
    "--minify-imports-and-exports-and-modules",
    "--strip-debug",
  ]);
  const functions = places.map((place) => before[place] ?? "");
  return { wasm: module, glue: minified(glue, shortNames(told)), functions };
}
