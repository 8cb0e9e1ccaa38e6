// Stores: every change of body and index together, under the lock of the store.
//
// A body is put before its entry and deleted before it, so a worker that is killed in between leaves
// either a body without an entry, which `prepare` finds by the mark of the change, or an entry
// without a body, which it finds by counting.

import * as bodies from "./bodies.js";
import { codeOf } from "./errors.js";
import * as index from "./index.js";
import { locked } from "./locks.js";
import { forget, prepare } from "./prepare.js";

/** @typedef {import("../protocol").StoreName} StoreName */
/** @typedef {import("./index.js").Entry} Entry */

/** Bytes that may be evicted, least recently used first. @type {Partial<Record<StoreName, number>>} */
const LIMITS = { read: 40e6, pictures: 60e6 };

/** Bytes of the stores with a limit, counted once in the life of a worker. @type {Map<StoreName, number>} */
const totals = new Map();

/** How often this worker deleted all of a store. @type {Map<StoreName, number>} */
const clearings = new Map();

/**
 * How often this worker deleted all of a store: what was asked for before the last time is not put
 * any more.
 * @param {StoreName} store
 */
export const clearingsOf = (store) => clearings.get(store) || 0;

/** @param {{ bytes: number }[]} entries */
export const sum = (entries) => entries.reduce((total, { bytes }) => total + bytes, 0);

/**
 * Changes a store.
 * @template T
 * @param {StoreName} store
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export function change(store, task) {
  return locked(store, async () => {
    await prepare(store);
    return task();
  });
}

/**
 * Puts a body and its entry. Inside `change` of its store. Where there is no room, what was only
 * read makes it.
 * @param {Entry} entry its bytes and type are those of the blob
 * @param {Blob} blob
 */
export async function put(entry, blob) {
  const { store, path, at, type } = entry;
  const old = await index.entryOf(store, path);
  const write = async () => {
    await index.setMeta(`changing:${store}`, true);
    await (await bodies.open(store)).put(path, bodies.bodyOf(blob, type, at));
    await index.setEntry(entry);
    await index.deleteMeta(`changing:${store}`);
  };
  try {
    await write();
  } catch (error) {
    if (codeOf(error) !== "full") throw error;
    await makeRoom(store);
    await write().catch(async (reason) => {
      // No body without an entry: it would come back when the index is written anew.
      if (!old) await (await bodies.open(store)).delete(path);
      throw reason;
    });
  }
  const limit = LIMITS[store];
  if (!limit) return;
  const known = totals.get(store);
  const added = entry.bytes - (old?.bytes || 0);
  const total = known === undefined ? sum(await index.entriesOf(store)) : known + added;
  totals.set(store, total);
  if (total > limit) await evict(store, limit * 0.9);
}

/**
 * Deletes bodies and their entries. Inside `change` of their store.
 * @param {StoreName} store
 * @param {string[]} paths
 */
export async function remove(store, paths) {
  const cache = await bodies.open(store);
  for (const path of paths) {
    await cache.delete(path);
    await index.deleteEntry(store, path);
  }
  totals.delete(store);
}

/**
 * Deletes pictures that no page of a store wants. Inside `change` of that store.
 * @param {StoreName} store
 */
export async function removeSparePictures(store) {
  const entries = await index.entriesOf(store);
  const wanted = new Set(entries.flatMap((it) => it.wanted));
  const spare = entries.filter((it) => it.kind === "picture" && !wanted.has(it.path));
  await remove(
    store,
    spare.map((it) => it.path),
  );
}

/** Deletes all of a store. @param {StoreName} store */
export const clear = (store) =>
  change(store, async () => {
    clearings.set(store, clearingsOf(store) + 1);
    await caches.delete(bodies.cacheName(store));
    await index.deleteAll(store);
    totals.delete(store);
  });

/**
 * Deletes what was not used for longest, until no more than `goal` bytes are left. Inside `change`
 * of the store.
 * @param {StoreName} store
 * @param {number} goal
 */
async function evict(store, goal) {
  const entries = await index.entriesOf(store);
  let left = sum(entries);
  const old = entries
    .sort((a, b) => a.used - b.used)
    .filter(({ bytes }) => {
      const over = left > goal;
      if (over) left -= bytes;
      return over;
    });
  await remove(
    store,
    old.map((it) => it.path),
  );
  totals.set(store, left);
}

/**
 * Evicts half of what was only read. The lock of `store` is held; those that come after it in the
 * order are taken.
 * @param {StoreName} store
 */
async function makeRoom(store) {
  for (const other of /** @type {StoreName[]} */ (["pictures", "read"])) {
    const halve = async () => evict(other, sum(await index.entriesOf(other)) / 2);
    if (other === store) await halve();
    else if (bodies.STORES.indexOf(other) > bodies.STORES.indexOf(store))
      await change(other, halve);
  }
}

/**
 * Notes that a picture was used, so that it is evicted later.
 * @param {string} path
 */
export const touchPicture = (path) =>
  change("pictures", async () => {
    const entry = await index.entryOf("pictures", path);
    if (entry) await index.setEntry({ ...entry, used: Date.now() });
  });

/**
 * The entries of a store, after a look at whether the browser deleted bodies.
 * @param {StoreName} store
 * @returns {Promise<Entry[]>}
 */
export function inspect(store) {
  forget(store);
  return change(store, () => index.entriesOf(store));
}
