// The index: what is known of every body that is kept, in IndexedDB.

import { del, get, promisifyRequest, set } from "idb-keyval";
import { base } from "./build.js";

/** @typedef {import("../protocol").StoreName} StoreName */

/**
 * What is known of a body.
 * @typedef {object} Entry
 * @property {StoreName} store
 * @property {string} path canonical for pages
 * @property {"page" | "picture"} kind
 * @property {string} at when it was kept, ISO 8601
 * @property {number} used when it was used last, milliseconds since 1970
 * @property {number} bytes of the body
 * @property {string} type content type
 * @property {string} revision names what a page says; empty where it cannot be read
 * @property {import("./pages.js").FeedItem | null} item an article as lists have it
 * @property {string[]} wanted the paths of the pictures that belong to it in this store
 * @property {string[]} had those of them that are there
 */

/** The format of the stores. A change needs a new number, and a step in prepare.js. */
export const FORMAT = 3;

/** @type {Promise<IDBDatabase> | undefined} */
let opening;

function database() {
  if (opening) return opening;
  const request = indexedDB.open(`broadsheet:${base}`, FORMAT);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("entries");
    request.result.createObjectStore("meta");
  };
  opening = promisifyRequest(request);
  const forget = () => {
    opening = undefined;
  };
  opening.then((db) => {
    // The browser deleted the storage.
    db.onclose = forget;
    // A worker of a newer format wants to come in: this one opens again when it is asked.
    db.onversionchange = () => {
      forget();
      db.close();
    };
  }, forget);
  return opening;
}

/** @param {string} name @returns {import("idb-keyval").UseStore} */
const table = (name) => async (mode, task) =>
  task((await database()).transaction(name, mode).objectStore(name));
const ENTRIES = table("entries");
const META = table("meta");

/** Everything in a store. @param {StoreName} store */
const range = (store) => IDBKeyRange.bound([store], [store, []]);

/**
 * @param {StoreName} store
 * @returns {Promise<Entry[]>}
 */
export const entriesOf = (store) =>
  ENTRIES("readonly", (entries) => promisifyRequest(entries.getAll(range(store))));

/** @param {StoreName} store @returns {Promise<number>} */
export const countOf = (store) =>
  ENTRIES("readonly", (entries) => promisifyRequest(entries.count(range(store))));

/**
 * @param {StoreName} store
 * @param {string} path
 * @returns {Promise<Entry | undefined>}
 */
export const entryOf = (store, path) => get([store, path], ENTRIES);

/** @param {Entry} entry */
export const setEntry = (entry) => set([entry.store, entry.path], entry, ENTRIES);

/** @param {StoreName} store @param {string} path */
export const deleteEntry = (store, path) => del([store, path], ENTRIES);

/** @param {StoreName} store @returns {Promise<void>} */
export const deleteAll = (store) =>
  ENTRIES("readwrite", (entries) => promisifyRequest(entries.delete(range(store))));

/**
 * What is known of the stores as a whole, by name: `format:STORE` (its format), `changing:STORE`
 * (a change of it began and has not ended), `corrections` (corrections-list.js), `tabs` (shell.js),
 * `small` (choices.js).
 * @param {string} name
 */
export const meta = (name) => get(name, META);

/** @param {string} name @param {unknown} value */
export const setMeta = (name, value) => set(name, value, META);

/** @param {string} name */
export const deleteMeta = (name) => del(name, META);
