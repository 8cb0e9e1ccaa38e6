// Groups: whose function is it, by its name. Rust writes the name of a crate with a hash behind it ("Symbol Mangling v0",
// RFC 2603): `<alloc[6ccc…]::vec::Vec<T> as core[1526…]::clone::Clone>::clone` is one of alloc's.

/** The crate of this project that is in the browser. */
const OURS = "broadsheet";

/**
 * The crate in which a function was written, whatever types it was made for.
 * @param {string} name
 */
export const crateOf = (name) => name.match(/([A-Za-z_]\w*)\[[0-9a-f]+\]/)?.[1] ?? "(no crate)";

/**
 * The module of this project in which a function was written, as far as it has a file. Empty for those of others.
 * @param {string} name
 * @param {(module: string) => boolean} isModule whether there is a module at this path of names, such as `client/json`
 */
export function moduleOf(name, isModule) {
  const path = name.match(/([A-Za-z_]\w*)\[[0-9a-f]+\]((?:::[a-z_]\w*)*)/);
  if (path?.[1] !== OURS) return "";
  const names = (path[2] ?? "").split("::").slice(1);
  while (names.length && !isModule(names.join("/"))) names.pop();
  return [OURS, ...names].join("::");
}
