// Preparing a store: before its first change in the life of a worker, index and bodies are made to
// agree, and what an older format left is carried over. The bodies decide: the index is written anew
// from them.

import * as bodies from "./bodies.js";
import { base } from "./build.js";
import { report } from "./errors.js";
import * as index from "./index.js";
import { isPart, partsOf } from "./media.js";
import { isArticle, isOf, listed, parse } from "./pages.js";
import { canonical } from "./paths.js";

/** @typedef {import("../protocol").StoreName} StoreName */
/** @typedef {import("./index.js").Entry} Entry */

/** Stores that were prepared, and how many bodies they had then. @type {Map<StoreName, Promise<void>>} */
const prepared = new Map();

/**
 * Prepares a store once. The lock of the store is held.
 * @param {StoreName} store
 */
export async function prepare(store) {
  const known = prepared.get(store);
  if (known) return known;
  const preparing = agree(store);
  prepared.set(store, preparing);
  // What failed is tried again at the next change.
  preparing.catch(() => prepared.delete(store));
  return preparing;
}

/** Looks again at the next change: somebody else may have deleted bodies. @param {StoreName} store */
export const forget = (store) => prepared.delete(store);

/** @param {StoreName} store */
async function agree(store) {
  if (store === "read" || store === "pictures") await carryOverFirstFormat(store);
  const keys = await (await bodies.open(store)).keys();
  const sound =
    (await index.meta(`format:${store}`)) === index.FORMAT &&
    !(await index.meta(`changing:${store}`)) &&
    (await index.countOf(store)) === keys.length;
  if (sound) return;
  await rebuild(store, keys);
  await index.setMeta(`format:${store}`, index.FORMAT);
  await index.deleteMeta(`changing:${store}`);
}

/**
 * Writes the index of a store anew.
 * @param {StoreName} store
 * @param {readonly Request[]} keys
 */
async function rebuild(store, keys) {
  const cache = await bodies.open(store);
  const old = new Map((await index.entriesOf(store)).map((entry) => [entry.path, entry]));
  /** @type {Entry[]} */
  const entries = [];
  for (const key of keys) {
    const body = await cache.match(key);
    if (!body) continue;
    const path = new URL(key.url).pathname;
    const entry = await entryFor(store, path, body.clone()).catch((error) => {
      report(`What is kept for ${path} cannot be read`, error);
      return undefined;
    });
    if (!entry || (entry.kind === "page" && entry.path !== path)) {
      await cache.delete(key);
      // Kept under another spelling of its address.
      if (entry && !(await cache.match(entry.path))) await cache.put(entry.path, body);
      else continue;
    }
    entries.push({ ...entry, used: old.get(entry.path)?.used || entry.used });
  }
  const there = new Set(entries.map((entry) => entry.path));
  for (const path of old.keys()) if (!there.has(path)) await index.deleteEntry(store, path);
  for (const entry of entries) {
    // What was too large to be downloaded stays unwanted.
    const skipped =
      old.get(entry.path)?.revision === entry.revision ? old.get(entry.path) : undefined;
    const wanted = skipped ? skipped.wanted : entry.wanted;
    await index.setEntry({ ...entry, wanted, had: wanted.filter((it) => there.has(it)) });
  }
}

/**
 * What a body says of itself. A page that cannot be read keeps its place among what the reader
 * saved, so that it is listed, can be removed, and is fetched again at the next contact.
 * @param {StoreName} store
 * @param {string} path
 * @param {Response} body
 * @returns {Promise<Entry | undefined>}
 */
async function entryFor(store, path, body) {
  const type = body.headers.get("content-type") || "";
  const at = bodies.keptAt(body) || new Date().toISOString();
  const blob = await body.blob();
  const common = { store, at, used: Date.parse(at) || 0, bytes: blob.size, type };
  const none = { revision: "", item: null, wanted: [], had: [] };
  if (isPart(body)) return { ...common, ...none, kind: "picture", path };
  const page = canonical(path);
  if (!page) return undefined;
  try {
    const feed = parse(await blob.text(), type);
    return { ...common, kind: "page", path: page, ...factsOf(store, feed) };
  } catch (error) {
    if (store !== "saved") throw error;
    return { ...common, ...none, kind: "page", path: page };
  }
}

/**
 * What the index keeps of a page.
 * @param {StoreName} store
 * @param {import("./pages.js").Feed} feed
 */
export function factsOf(store, feed) {
  const article = isArticle(feed);
  return {
    revision: feed._broadsheet.revision || "",
    item: (article && listed(feed)) || null,
    // What was read has its pictures in a store of their own.
    wanted: article && store !== "read" ? partsOf(store, feed) : [],
    /** @type {string[]} */
    had: [],
  };
}

/**
 * Format 1 had one cache for pages and pictures that were read.
 * @param {StoreName} store
 */
async function carryOverFirstFormat(store) {
  const name = `broadsheet-content-v1:${base}`;
  if (!(await caches.has(name))) return;
  const [from, to] = [await caches.open(name), await bodies.open(store)];
  const at = new Date().toISOString();
  for (const key of await from.keys()) {
    const body = await from.match(key);
    if (!body || isOf(body, "image/") !== (store === "pictures")) continue;
    const path = new URL(key.url).pathname.replace(/index\.json$/, "");
    const type = body.headers.get("content-type") || "";
    if (!(await to.match(path))) await to.put(path, bodies.bodyOf(await body.blob(), type, at));
    await from.delete(key);
  }
  if (!(await from.keys()).length) await caches.delete(name);
}
