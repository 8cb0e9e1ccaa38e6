// The shell: the files of a build that every page needs. They are fetched as a whole when a worker
// is installed, checked against the hashes that the press knows, and live as long as a tab uses them.

import { assets, base, build, files } from "./build.js";
import { report, TaskError } from "./errors.js";
import { meta, setMeta } from "./index.js";
import { ask, drop } from "./network.js";
import { hashOf, patched } from "./patches.js";
import { canonical } from "./paths.js";
import { worker } from "./scope.js";
import { openTabs } from "./tabs.js";

/** @typedef {import("./build.js").ShellFile} ShellFile */

const PREFIX = `broadsheet-shell:${base}:`;
const NAME = PREFIX + build;
/** The name of the open tabs in the index. */
const TABS = "tabs";

/**
 * A file of the shell of this build.
 * @param {string} path
 */
export const shellFile = async (path) => (await caches.open(NAME)).match(path);

/** @type {Promise<void> | undefined} */
let completing;

/**
 * Fetches what this build's shell lacks. What fails is reported, and tried again at the next page:
 * the browser may also have deleted files that were there.
 */
export function complete() {
  completing ||= fetchMissing().finally(() => {
    completing = undefined;
  });
  return completing;
}

async function fetchMissing() {
  const cache = await caches.open(NAME);
  const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const missing = [...assets, ...files].filter(({ path }) => !there.has(path));
  const fetching = missing.map(async (file) => {
    try {
      await cache.put(file.path, await fetchFile(file));
    } catch (error) {
      report(`A file of the app is missing: ${file.path}`, error);
    }
  });
  await Promise.all(fetching);
}

/**
 * A file with the bytes that the press printed: that of an older build, if need be with a patch,
 * else a whole one. A name with a hash has one content for ever, so it may come from the browser's
 * cache, unless that has other bytes.
 * @param {ShellFile} file
 */
async function fetchFile(file) {
  for (const older of await olderVersions(file.path)) {
    const made = await patched(older, file.hash, file.from || []).catch((error) =>
      report(`${file.path} is fetched whole`, error),
    );
    if (made) return made;
  }
  /** @type {RequestCache[]} */
  const caching = assets.includes(file) ? ["default", "reload"] : ["reload"];
  for (const cache of caching) {
    const answer = await ask(file.path, { cache });
    if (!answer.ok) {
      drop(answer);
      throw new TaskError("server", `${answer.status} for ${file.path}`);
    }
    const bytes = await answer.clone().arrayBuffer();
    if ((await hashOf(bytes)) !== file.hash) continue;
    if (!answer.redirected) return answer;
    // The host took the slash away. No navigation may get an answer that was redirected.
    const headers = { "content-type": answer.headers.get("content-type") || "" };
    if (canonical(new URL(answer.url).pathname) === file.path)
      return new Response(bytes, { headers });
  }
  throw new TaskError("unreadable", `${file.path} has not the bytes that were printed`);
}

/**
 * What the shells of older builds have in the place of a file, the newest first.
 * @param {string} path
 */
async function olderVersions(path) {
  const names = (await caches.keys()).filter((it) => it.startsWith(PREFIX) && it !== NAME);
  const found = names.reverse().map(async (name) => {
    const cache = await caches.open(name);
    const keys = await cache.keys();
    const same = keys.filter(({ url }) => place(new URL(url).pathname) === place(path));
    return Promise.all(same.map((it) => cache.match(it)));
  });
  return (await Promise.all(found)).flat().filter((it) => it !== undefined);
}

/** Notes which tabs are open when this build takes over: they may be of an older one. */
export async function noteTabs() {
  await setMeta(
    TABS,
    (await openTabs()).map(({ id }) => id),
  );
}

/** Deletes the shells of older builds when none of the tabs is left that may use them. */
export async function tidy() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  if (!others.length || worker.registration.installing || worker.registration.waiting) return;
  /** @type {string[]} */
  const old = (await meta(TABS)) || [];
  if ((await openTabs()).some(({ id }) => old.includes(id))) return;
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** The name of a hashed file without its hash. @param {string} path */
const place = (path) => path.replace(/\.\w+(?=\.\w+$)/, "");

/**
 * A hashed file: from the shell of whatever build, else from the newspaper, if need be the patch
 * from this build to the next, whose page asks before its worker is there. If it is gone, the file
 * of this build that has its place is the best there is.
 * @param {FetchEvent} event
 * @param {string} path
 */
export async function answerAsset(event, path) {
  const kept = (await shellFile(path)) || (await caches.match(path));
  if (kept) return kept;
  const today = assets.find((it) => place(it.path) === place(path));
  const older = today && (await shellFile(today.path));
  const [, hash] = path.match(/\.(\w{8})\.\w+$/) || [];
  const made = older && hash && (await patched(older, hash).catch(() => undefined));
  if (made) {
    // The next worker finds it here.
    const copy = made.clone();
    event.waitUntil(caches.open(NAME).then((cache) => cache.put(path, copy)));
    return made;
  }
  const answer = await ask(event.request).catch(() => undefined);
  return answer?.ok ? answer : older || answer || Response.error();
}
