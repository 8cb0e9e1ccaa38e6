// Articles: fetched with their pictures, and put into a store as a whole.
//
// First everything is fetched, then it is put under the lock of the store. So no other task ever
// sees half of an article, and no picture of one goes with another.

import { findPage, find, PAGE_STORES } from "./bodies.js";
import { withdrawalOf } from "./corrections-list.js";
import { report, TaskError } from "./errors.js";
import * as index from "./index.js";
import { ask } from "./network.js";
import { isPart, LARGEST_MEDIA, partsOf } from "./media.js";
import { isArticle, pageOf, readPage } from "./pages.js";
import { factsOf } from "./prepare.js";
import { change, clearingsOf, put, removeSparePictures } from "./store.js";

/** @typedef {import("../protocol").StoreName} StoreName */
/** @typedef {import("./pages.js").Page} Page */
/** @typedef {{ path: string, blob: Blob }} Picture */

/** A picture larger than this is not downloaded with an article, in bytes (LARGEST_PICTURE of the press). */
const LARGEST = 200e3;

/**
 * An article as the newspaper has it now.
 * @param {string} path
 * @param {AbortSignal} [signal]
 */
export async function fetchArticle(path, signal) {
  const page = await readPage(await ask(path, { cache: "no-cache", signal }), "html", path);
  if (!isArticle(page.feed)) throw new TaskError("unreadable", path);
  return page;
}

/**
 * An article as the newspaper has it now, or as it was read where that cannot be had.
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<Page & { at?: string }>}
 */
export async function fetchOrFindArticle(path, signal) {
  try {
    return await fetchArticle(path, signal);
  } catch (error) {
    const body = signal?.aborted ? undefined : await findPage(path);
    if (!body) throw error;
    report(`${path} is taken from what was read`, error);
    const page = pageOf(path, await body.text(), body.headers.get("content-type") || "");
    if (!isArticle(page.feed)) throw error;
    return { ...page, at: body.headers.get("x-kept") || undefined };
  }
}

/**
 * The picture, sound or film at a path: from any store, else from the newspaper; undefined if it is too large. An
 * answer that is none, an error or the page of a captive portal, is an error.
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<Blob | undefined>}
 */
export async function fetchPicture(path, signal) {
  const kept = await caches.match(path);
  const answer = kept || (await ask(path, { signal }));
  if (answer.status === 404 || answer.status === 410) throw new TaskError("gone", path);
  if (!answer.ok) throw new TaskError("server", `${answer.status} for ${path}`);
  if (answer.redirected || !isPart(answer)) throw new TaskError("unreadable", path);
  if (Number(answer.headers.get("content-length")) > LARGEST_MEDIA) {
    await answer.body?.cancel();
    return undefined;
  }
  return answer.blob();
}

/**
 * The pictures of an article for a store, as far as they can be had.
 * @param {StoreName} store
 * @param {string[]} paths
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ wanted: string[], pictures: Picture[] }>}
 */
async function fetchPictures(store, paths, signal) {
  const wanted = new Set(paths);
  /** @type {Picture[]} */
  const pictures = [];
  await Promise.all(
    paths.map(async (path) => {
      try {
        const blob = await fetchPicture(path, signal);
        if (!blob || (store === "downloads" && blob.size > LARGEST)) wanted.delete(path);
        else pictures.push({ path, blob });
      } catch (error) {
        if (signal?.aborted) throw error;
        // It stays wanted: the next contact with the newspaper tries again.
        report(`A picture is missing: ${path}`, error);
      }
    }),
  );
  return { wanted: [...wanted], pictures };
}

/**
 * Brings the copy of an article up to date, unless the reader gave it up meanwhile.
 * @param {StoreName} store
 * @param {Page} page
 */
export const updateArticle = (store, page) =>
  keepArticle(store, page, { isWanted: async () => !!(await index.entryOf(store, page.path)) });

/**
 * Puts an article and its pictures into a store.
 * @param {StoreName} store
 * @param {Page & { at?: string }} fetched
 * @param {{ signal?: AbortSignal, isWanted?: () => Promise<boolean> }} [options] what ends the
 *   fetching; whether the article is still wanted when all has been fetched
 */
export async function keepArticle(store, fetched, { signal, isWanted } = {}) {
  /** @type {Page & { at?: string }} */
  const page = (await withdrawalOf(fetched)) || fetched;
  const { wanted, pictures } = await fetchPictures(store, partsOf(store, page.feed), signal);
  const at = page.at || new Date().toISOString();
  await change(store, async () => {
    if (signal?.aborted || (isWanted && !(await isWanted()))) return;
    try {
      await putPictures(store, pictures, at);
      const there = new Set(pictures.map((it) => it.path));
      const had = wanted.filter((it) => there.has(it));
      await putPage(store, page, { ...factsOf(store, page.feed), wanted, had }, at);
    } finally {
      // Those of the text before, and those of an article that found no room.
      await removeSparePictures(store);
    }
  });
}

/**
 * @param {StoreName} store
 * @param {Picture[]} pictures
 * @param {string} at
 */
async function putPictures(store, pictures, at) {
  for (const { path, blob } of pictures) {
    if (await find(store, path)) continue;
    const facts = { revision: "", item: null, wanted: [], had: [] };
    const common = { store, path, at, used: Date.now(), bytes: blob.size, type: blob.type };
    await put({ ...common, ...facts, kind: "picture" }, blob);
  }
}

/**
 * @param {StoreName} store
 * @param {Page} page
 * @param {ReturnType<typeof factsOf>} facts
 * @param {string} at
 */
async function putPage(store, { path, text, type }, facts, at) {
  const blob = new Blob([text], { type });
  const common = { store, path, at, used: Date.now(), bytes: blob.size, type };
  await put({ ...common, ...facts, kind: "page" }, blob);
}

/**
 * Fetches the pictures that an article of a store lacks.
 * @param {StoreName} store
 * @param {string} path
 */
export async function repair(store, path) {
  const entry = await index.entryOf(store, path);
  if (!entry) return;
  const lacking = entry.wanted.filter((it) => !entry.had.includes(it));
  const { wanted, pictures } = await fetchPictures(store, lacking);
  await change(store, async () => {
    const now = await index.entryOf(store, path);
    // Given up or changed meanwhile.
    if (now?.revision !== entry.revision) return;
    await putPictures(store, pictures, new Date().toISOString());
    const still = now.wanted.filter((it) => wanted.includes(it) || !lacking.includes(it));
    const had = [...now.had, ...pictures.map((it) => it.path)];
    await index.setEntry({ ...now, wanted: still, had: still.filter((it) => had.includes(it)) });
  });
}

/**
 * Keeps a page that is being read, and brings the other copies of it up to date. Data of the revision
 * that a document has adds nothing to it.
 * @param {Promise<Page | undefined>} fetching nothing where there is nothing to keep
 */
export async function keepRead(fetching) {
  const clearings = clearingsOf("read");
  const fetched = await fetching;
  if (!fetched) return;
  const page = (await withdrawalOf(fetched)) || fetched;
  const facts = factsOf("read", page.feed);
  const isData = page.type.includes("json");
  const at = new Date().toISOString();
  for (const store of PAGE_STORES) {
    const old = await index.entryOf(store, page.path);
    const same = old?.revision === facts.revision;
    if (store === "read" ? same && isData : !old || (same && isData)) continue;
    if (store !== "read" && !same) {
      await updateArticle(store, page);
      continue;
    }
    await change(store, async () => {
      const now = await index.entryOf(store, page.path);
      // Given up meanwhile.
      if (store === "read" ? clearingsOf(store) !== clearings : !now) return;
      const { wanted, had } = now || facts;
      await putPage(store, page, { ...facts, wanted, had }, at);
    });
  }
}

/**
 * Keeps a picture that is being looked at.
 * @param {string} path
 * @param {Promise<Blob | undefined>} fetching nothing where there is nothing to keep
 */
export async function keepSeenPicture(path, fetching) {
  const clearings = clearingsOf("pictures");
  const blob = await fetching;
  if (!blob) return;
  await change("pictures", async () => {
    if (clearingsOf("pictures") !== clearings) return;
    await putPictures("pictures", [{ path, blob }], new Date().toISOString());
  });
}
