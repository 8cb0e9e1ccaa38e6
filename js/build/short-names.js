// Short names: what wasm-opt says of the names that it gave to imports and exports.

/** @typedef {{ long: string, short: string }} ShortName */

/**
 * Reads the report of `--minify-imports-and-exports-and-modules`: JSON with lists whose last two members are the name
 * before and after. All imports come from one module afterwards, which has the name `a`.
 * @param {string} report
 * @returns {{ module: string, imports: ShortName[], exports: ShortName[] }}
 */
export function shortNames(report) {
  /** @type {{ imports: string[][], exports: string[][] }} */
  const { imports, exports } = JSON.parse(report);
  const read = (/** @type {string[][]} */ list) =>
    list.map((names) => ({ long: names.at(-2) ?? "", short: names.at(-1) ?? "" }));
  return { module: "a", imports: read(imports), exports: read(exports) };
}
