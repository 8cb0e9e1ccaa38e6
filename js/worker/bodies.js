// Bodies: what is kept, in the Cache API. A body says its type and when it was kept, and nothing
// else: what is known of it is in the index. Reading needs no index, so a page opens even where
// that is lost.

import { base } from "./build.js";

/** @typedef {import("../protocol").StoreName} StoreName */

/** The stores, in the order in which their locks are taken. @type {StoreName[]} */
export const STORES = ["saved", "downloads", "read", "pictures"];
/** Those that hold pages. @type {StoreName[]} */
export const PAGE_STORES = ["saved", "downloads", "read"];

/**
 * The name of a cache. Bodies have stayed where format 2 put them, because format 3 only added the
 * index: no migration moves them, and a worker of an older build still finds them.
 * @param {StoreName} store
 */
export const cacheName = (store) =>
  `broadsheet-v2-${store === "downloads" ? "edition" : store}:${base}`;

/** @param {StoreName} store */
export const open = (store) => caches.open(cacheName(store));

/** When a body was kept, ISO 8601. @param {Response} body */
export const keptAt = (body) => body.headers.get("x-kept") || "";

/**
 * A body of a store.
 * @param {StoreName} store
 * @param {string} path
 */
export const find = async (store, path) => (await open(store)).match(path);

/** The folder of a picture and the hash of its bytes: `/a/b-480.1a2b3c4d.webp` is `/a/.1a2b3c4d`. */
const nameOf = (/** @type {string} */ path) => path.replace(/[^/]*(\.\w{8})\.\w+$/, "$1");

/**
 * A picture at whatever width it is kept.
 * @param {string} path
 */
export async function findPicture(path) {
  for (const store of STORES) {
    const cache = await open(store);
    const kept = await cache.keys();
    const same = kept.find(({ url }) => nameOf(new URL(url).pathname) === nameOf(path));
    if (same) return cache.match(same);
  }
  return undefined;
}

/**
 * The newest body of a page in any store.
 * @param {string} path
 * @returns {Promise<Response | undefined>}
 */
export async function findPage(path) {
  const found = await Promise.all(PAGE_STORES.map((store) => find(store, path)));
  /** @type {Response | undefined} */
  let newest;
  for (const body of found) {
    if (body && !(newest && keptAt(newest) >= keptAt(body))) newest = body;
  }
  return newest;
}

/**
 * A body to keep.
 * @param {Blob} blob
 * @param {string} type content type
 * @param {string} at when it was kept, ISO 8601
 */
export const bodyOf = (blob, type, at) =>
  new Response(blob, { headers: { "content-type": type, "x-kept": at } });
