// Tasks: what a page may ask the worker for, by name (../protocol.d.ts).

import {
  fetchOrFindArticle,
  fetchPicture,
  keepArticle,
  keepRead,
  keepSeenPicture,
} from "./articles.js";
import { find, findPage, findPicture, PAGE_STORES, STORES } from "./bodies.js";
import { base, build } from "./build.js";
import { smallPictures } from "./choices.js";
import { syncCorrections } from "./corrections.js";
import { codeOf, report, TaskError } from "./errors.js";
import { entriesOf } from "./index.js";
import { ask } from "./network.js";
import { parse, readPage } from "./pages.js";
import { canonical, localPage, localPath } from "./paths.js";
import { change, clear, clearingsOf, inspect, remove, removeSparePictures, sum } from "./store.js";
import { tellTabs } from "./tabs.js";

/** @typedef {import("../protocol").Tasks} Tasks */
/** @typedef {import("../protocol").StoreName} StoreName */
/** @typedef {import("../protocol").Item} Item */

/**
 * The tasks, each of them with its answer in a promise.
 * @typedef {{ [Name in keyof Tasks]: (...details: Parameters<Tasks[Name]>) => Promise<ReturnType<Tasks[Name]>> }} Handlers
 */

/** The articles being saved, by path: giving one up ends its saving. @type {Map<string, Set<AbortController>>} */
const saving = new Map();

/** @param {string} url */
async function save(url) {
  const path = localPage(url);
  if (!path) throw new TaskError("foreign", url);
  const control = new AbortController();
  const others = saving.get(path) || new Set();
  saving.set(path, others.add(control));
  try {
    const { signal } = control;
    await keepArticle("saved", await fetchOrFindArticle(path, signal), { signal });
  } catch (error) {
    // Given up: nothing failed.
    if (!control.signal.aborted) throw error;
  } finally {
    others.delete(control);
    if (!others.size) saving.delete(path);
  }
  await tellTabs({ savedChanged: path });
}

/** @param {string} url */
async function giveUp(url) {
  const path = canonical(url) || url;
  for (const control of saving.get(path) || []) control.abort();
  await change("saved", async () => {
    await remove("saved", [path]);
    await removeSparePictures("saved");
  });
  await tellTabs({ savedChanged: path });
}

/** Newest first: all dates of a newspaper are in one time zone. @param {{ item: Item }} a @param {{ item: Item }} b */
const byDate = (a, b) => (a.item.date_published < b.item.date_published ? 1 : -1);

async function entries() {
  const all = await inspect("saved");
  const bytes = new Map(all.map((it) => [it.path, it.bytes]));
  const pages = all.filter((it) => it.kind === "page");
  const rows = pages.map(({ path, item, at, bytes: own, had, wanted }) => ({
    path,
    // What cannot be read is listed by its address, so that it can be removed.
    item: item || { url: path, title: path, date_published: "", _broadsheet: {} },
    at,
    bytes: had.reduce((total, picture) => total + (bytes.get(picture) || 0), own),
    missing: wanted.length - had.length,
  }));
  return rows.sort(byDate);
}

async function readable() {
  /** @type {Map<string, { item: Item }>} */
  const found = new Map();
  for (const store of PAGE_STORES) {
    for (const { path, item } of await inspect(store)) if (item) found.set(path, { item });
  }
  return [...found.values()].sort(byDate).map(({ item }) => item);
}

/** @param {string} title */
async function exportSaved(title) {
  /** @type {unknown[]} */
  const items = [];
  /** @type {string[]} */
  const leftOut = [];
  for (const { path, item } of await entries()) {
    try {
      const body = await find("saved", path);
      if (!body) throw new TaskError("unreadable", path);
      items.push(...parse(await body.text(), body.headers.get("content-type") || "").items);
    } catch (error) {
      report(`${path} is left out of the file`, error);
      leftOut.push(item.title);
    }
  }
  const feed = { version: "https://jsonfeed.org/version/1.1", title, items };
  return { file: new Blob([JSON.stringify(feed)], { type: "application/feed+json" }), leftOut };
}

/**
 * @param {string[]} sections
 * @param {number} count
 */
async function plan(sections, count) {
  const url = `${base}edition.json`;
  const answer = await ask(url, { cache: "no-cache" });
  if (!answer.ok) throw new TaskError("server", `${answer.status} for ${url}`);
  /** @type {{ articles: { path: string, section: string, revision: string, bytes: number }[] }} */
  const { articles } = await answer.json().catch(() => {
    throw new TaskError("unreadable", url);
  });
  const newest = articles.filter((it) => sections.includes(it.section)).slice(0, count);
  const here = new Map((await inspect("downloads")).map((it) => [it.path, it]));
  const missing = newest.filter(({ path, revision }) => {
    const entry = here.get(path);
    return entry?.revision !== revision || entry.had.length < entry.wanted.length;
  });
  return {
    wanted: newest.map((it) => it.path),
    missing: missing.map((it) => it.path),
    bytes: sum(missing),
  };
}

/** @param {string[]} paths */
async function download(paths) {
  const clearings = clearingsOf("downloads");
  const isWanted = async () => clearingsOf("downloads") === clearings;
  const tried = paths.map(async (path) => {
    try {
      await keepArticle("downloads", await fetchOrFindArticle(path), { isWanted });
      return [];
    } catch (error) {
      report(`${path} could not be downloaded`, error);
      return [{ path, code: codeOf(error) }];
    }
  });
  return (await Promise.all(tried)).flat();
}

/** @param {string[]} wanted */
const prune = (wanted) =>
  change("downloads", async () => {
    const pages = (await entriesOf("downloads")).filter((it) => it.kind === "page");
    const old = pages.map((it) => it.path).filter((it) => !wanted.includes(it));
    await remove("downloads", old);
    await removeSparePictures("downloads");
  });

/**
 * The page that a tab showed before this worker was there. The browser's cache has it, as the tab asked for it.
 * @param {string} url
 * @param {string[]} pictures
 * @param {"html" | "json"} [type]
 */
async function keep(url, pictures, type = "html") {
  const path = canonical(url);
  if (!path) throw new TaskError("foreign", url);
  if (!(await findPage(path))) {
    // The app hands over the front by itself: not what the reader has just deleted.
    if (path === base && clearingsOf("read")) return;
    const asking = ask(type === "json" ? `${path}index.json` : path, { cache: "force-cache" });
    await keepRead(asking.then((answer) => readPage(answer, type, path)));
  }
  // The page names the width that it asked for. Who wants small ones has another.
  const have = (await smallPictures())
    ? findPicture
    : (/** @type {string} */ it) => caches.match(it);
  for (const picture of pictures.map(localPath)) {
    if (!picture || (await have(picture))) continue;
    // One that cannot be had is seen again, or not.
    await keepSeenPicture(picture, fetchPicture(picture)).catch((error) => report(picture, error));
  }
}

async function usage() {
  const sums = STORES.map(async (store) => [store, sum(await inspect(store))]);
  return /** @type {Record<StoreName, number>} */ (Object.fromEntries(await Promise.all(sums)));
}

/** @type {Handlers} */
export const tasks = {
  build: async () => build,
  isSaved: async (path) => !!(await find("saved", canonical(path) || path)),
  save,
  remove: giveUp,
  keep,
  keepData: (url, pictures) => keep(url, pictures, "json"),
  readable,
  syncCorrections,
  entries,
  usage,
  smallPictures,
  clear,
  export: exportSaved,
  plan,
  download,
  prune,
};

/** What tabs of builds before format 3 ask for. @type {Record<string, (...details: any[]) => Promise<unknown>>} */
export const formerTasks = {
  contact: syncCorrections,
  list: entries,
  take: download,
  tidy: prune,
  free: (store) => clear(store === "edition" ? "downloads" : store),
  pack: async (title) => (await exportSaved(title)).file,
};
