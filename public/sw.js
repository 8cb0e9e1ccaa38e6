// The service worker: the paper is there without a network.
//
// The SHELL of a build (style sheet, glue, app, the pages that are the same for everyone) is fetched
// as a whole and lives as long as a tab uses it. The CONTENT is the reader's, and no deploy touches
// it. This file is the only code that opens either: the app asks it by message.

const { build, base, site, assets, files } = PRESS_SHELL; // The press puts the files of this build here.
const shellPrefix = `broadsheet-shell:${base}:`;
const shellStore = shellPrefix + build;
// The format of the content stores. A change needs a new number, and a step in `migrate`.
const FORMAT = 2;
// What the stores hold: articles that the reader saved, the edition that was taken along, pages that
// were read, pictures of those. An article in the first two has its pictures there. A page is kept
// under its path, as a document or as data.
const KINDS = ["saved", "edition", "read", "pictures"];
const TEXTS = ["saved", "edition", "read"];
// Bytes that may be evicted, least recently used first. What is saved has no limit and is never evicted.
const LIMITS = { read: 40e6, pictures: 60e6 };
// A picture larger than this is not taken along with an edition, in bytes.
const SMALL = 200e3;
// How long the network has before a copy is shown, in milliseconds.
const PATIENCE = 3000;
// How exactly it is known when a picture was used, in milliseconds. Each time costs a write.
const RECENT = 3600e3;
const standIn = `${base}offline/`;
const DATA = "index.json";
const OPEN_TABS = `${base}?tabs`;

const nameOf = (kind) => `broadsheet-v${FORMAT}-${kind}:${base}`;
const open = (kind) => caches.open(nameOf(kind));
const keptAt = (copy) => copy.headers.get("x-kept") || "";
const bytesOf = (copy) => Number(copy.headers.get("x-bytes"));
const revisionOf = (copy) => copy.headers.get("x-revision");
const pathOf = (url) => new URL(url, location).pathname;

// A copy says when it was kept, how large it is, and which revision of an article it holds.
const copyOf = (body, type, more) => new Response(body, {
  headers: { "content-type": type, "x-kept": new Date().toISOString(), "x-bytes": body.size, ...more },
});

function textCopy(text, type) {
  const revision = (/"revision":"(\w+)"/.exec(inlined(text) || text) || [])[1] || "";
  return copyOf(new Blob([text]), type, { "x-revision": revision });
}

// The copy of an answer, if it is a page of this newspaper or its data, and whole. A captive portal
// answers everything with its own HTML, and 200.
async function copyIfGood(answer, type) {
  if (!answer.ok || answer.redirected || !isOf(answer, type)) return undefined;
  const text = await answer.text();
  try {
    const ours = JSON.parse(type === "json" ? text : inlined(text))._broadsheet;
    return ours && textCopy(text, answer.headers.get("content-type"));
  } catch {
    return undefined;
  }
}

const isOf = (answer, type) => (answer.headers.get("content-type") || "").includes(type);
// The data of a document, and of a page in either form.
const inlined = (html) => (/ id="page-data">([^<]*)</.exec(html) || [])[1];
const dataOf = async (copy) => (isOf(copy, "json") ? copy.clone().text() : inlined(await copy.clone().text()));
const feedOf = async (copy) => JSON.parse(await dataOf(copy));
const held = async (kind, path) => (await open(kind)).match(path);

// The newest copy of a page.
async function newest(path) {
  const copies = await Promise.all(TEXTS.map((kind) => held(kind, path)));
  return copies.reduce((best, copy) => (copy && !(best && keptAt(best) >= keptAt(copy)) ? copy : best), undefined);
}

// Keeps an answer among what was read, and wherever there is a copy of this page, if it is what was
// asked for. Data of the revision that a document has adds nothing to it.
async function keep(path, answer, type) {
  const copy = await copyIfGood(answer, type);
  for (const kind of copy && !files.includes(path) ? TEXTS : []) {
    const old = await held(kind, path);
    const same = old && revisionOf(old) === revisionOf(copy);
    if (kind === "read" ? !(same && type === "json") : same && type !== "json") await put(kind, path, copy.clone());
    // Changed: with the new pictures.
    else if (old && !same) await take(kind, path);
  }
}

// Everything in a store: address, bytes, time of the last use, the copy itself.
async function census(kind) {
  const store = await open(kind);
  const entry = (url, copy) => copy && { path: pathOf(url), bytes: bytesOf(copy), at: keptAt(copy), copy };
  const entries = (await store.keys()).map(async (key) => entry(key.url, await store.match(key)));
  return (await Promise.all(entries)).filter(Boolean);
}

const sum = (entries) => entries.reduce((total, { bytes }) => total + bytes, 0);
// Bytes of the stores with a limit, counted once in the life of this worker.
const counted = {};

async function put(kind, path, copy) {
  const store = await open(kind);
  try {
    await store.put(path, copy.clone());
  } catch {
    // Full. What was only read makes room for it.
    await evict("pictures", 0.5);
    await evict("read", 0.5);
    await store.put(path, copy);
  }
  if (!(kind in LIMITS)) return;
  counted[kind] = kind in counted ? counted[kind] + bytesOf(copy) : sum(await census(kind));
  if (counted[kind] > LIMITS[kind]) await evict(kind, 0.9);
}

// Deletes what was not used for longest, until this share of the limit is left, or of what there is.
async function evict(kind, share) {
  const [store, entries] = [await open(kind), await census(kind)];
  counted[kind] = sum(entries);
  const goal = Math.min(counted[kind], LIMITS[kind]) * share;
  for (const { path, bytes } of entries.sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (counted[kind] <= goal) break;
    await store.delete(path);
    counted[kind] -= bytes;
  }
}

// A new worker takes over at once. Open tabs keep their build of the reader, whose files it has too.
self.addEventListener("install", (event) => event.waitUntil(Promise.all([self.skipWaiting(), complete()])));
// Fetches what the shell lacks, once in the life of this worker; what fails is tried on the next visit.
// A name with a hash has one content for ever, so it may come from the HTTP cache.
let completing;
const complete = () => (completing ||= Promise.allSettled([...assets, ...files].map(async (url) => {
  const [store, cache] = [await caches.open(shellStore), assets.includes(url) ? "default" : "reload"];
  if (!(await store.match(url))) await store.add(new Request(url, { cache }));
})));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await migrate();
  // Tabs that are open now may be of an older build: its shell stays until they are gone.
  const tabs = (await openTabs()).map(({ id }) => id);
  await (await caches.open(shellStore)).put(OPEN_TABS, new Response(JSON.stringify(tabs)));
  await tidyShells();
  if (registration.navigationPreload) await registration.navigationPreload.enable();
  await clients.claim();
})()));

const openTabs = () => clients.matchAll({ type: "window", includeUncontrolled: true });
async function tidyShells() {
  const others = (await caches.keys()).filter((name) => name.startsWith(shellPrefix) && name !== shellStore);
  if (!others.length || registration.installing || registration.waiting) return;
  const noted = await (await caches.open(shellStore)).match(OPEN_TABS);
  const old = noted ? await noted.json() : [];
  if ((await openTabs()).some(({ id }) => old.includes(id))) return;
  await Promise.all(others.map((name) => caches.delete(name)));
}

// Format 1 had one store for all that was read.
async function migrate() {
  const name = `broadsheet-content-v1:${base}`;
  const old = (await caches.has(name)) && (await caches.open(name));
  for (const { url } of old ? await old.keys() : []) {
    const copy = await old.match(url);
    if (isOf(copy, "image/")) await keepPicture("pictures", pathOf(url), copy);
    else await put("read", pathOf(url).replace(DATA, ""), textCopy(await copy.text(), copy.headers.get("content-type")));
  }
  await caches.delete(name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname: path } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !path.startsWith(base)) return;
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (path.startsWith(`${base}assets/`)) event.respondWith(asset(request, path));
  else if (path.endsWith(`/${DATA}`)) event.respondWith(data(event, path, path.slice(0, -DATA.length)));
  else if (request.destination === "image") event.respondWith(picture(event, path));
});

// The answer, or nothing after PATIENCE, or if there is no network.
function within(answering) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return Promise.race([answering, late]).catch(() => undefined);
}

// Keeps the network's answer, however late it comes.
function keepWhenCome(event, path, answering, type) {
  const keeping = answering.then((answer) => keep(path, answer.clone(), type));
  event.waitUntil(keeping.catch((error) => console.warn("Not kept for reading offline:", error)));
}

// Pages: the network first, then the copy, then the page that says what can be read. A server in
// trouble is as good as none, if there is a copy; what is saved outlives its address.
async function page(event, path) {
  event.waitUntil(complete().then(tidyShells));
  // Firefox takes an error for an answer where the network is gone.
  const whole = (early) => (early && early.type !== "error" ? early : fetch(event.request));
  const answering = Promise.resolve(event.preloadResponse).then(whole);
  keepWhenCome(event, path, answering, "text/html");
  const answer = await within(answering);
  const gone = answer && [404, 410].includes(answer.status);
  if (answer && answer.status < 500 && !(gone && (await held("saved", path)))) return answer;
  return (await copyOfPage(path)) || answer || (await caches.match(path)) || (await caches.match(standIn)) || answering;
}

// The document of a page, from the copy of either form. It says when it was kept, and whether its
// HTML is not what its app would print, which then builds the page anew.
async function copyOfPage(path) {
  const copy = await newest(path);
  const isData = copy && isOf(copy, "json");
  const frame = isData ? await caches.match(standIn) : copy;
  if (!frame) return undefined;
  let html = await frame.text();
  let marks = `<html data-kept="${keptAt(copy)}"`;
  if (isData) {
    const json = (await copy.text()).replaceAll("<", "\\u003c");
    html = html.replace(/( id="page-data">)[^<]*/, (_, start) => start + json);
  }
  if (isData || !html.includes(`data-build="${build}"`)) {
    marks += " data-remade";
    html = html.replace(/ data-build="\w+"/, ` data-build="${build}"`)
      .replace(/="([^"]*\/assets\/\w+\.\w+\.\w+)"/g, (_, path) => `="${today(path)}"`);
  }
  return new Response(html.replace("<html", marks), { headers: frame.headers });
}

// Data: an article's copy at once, because the app asks again by itself ("no-cache") when it shows
// one. For lists the network first. 504 tells the app that there was no network.
async function data(event, path, page) {
  const again = event.request.cache === "no-cache";
  const copy = async () => {
    const kept = !again && (await newest(page));
    const headers = { "content-type": "application/json", "x-kept": kept && keptAt(kept) };
    return kept && new Response(await dataOf(kept), { headers });
  };
  const [first, , last] = page.slice(base.length).split("/");
  const atOnce = first !== "page" && last === "" && (await copy());
  if (atOnce) return atOnce;
  const answering = fetch(event.request);
  keepWhenCome(event, page, answering, "json");
  const answer = await (again ? answering.catch(() => undefined) : within(answering));
  if (answer && answer.status < 500 && isOf(answer, "json")) return answer;
  return (await copy()) || (await caches.match(path)) || answer || answering.catch(() => new Response(null, { status: 504 }));
}

// The file of this build that has the place of a hashed file of any build.
function today(path) {
  const place = (it) => it.replace(/\.\w+(?=\.\w+$)/, "");
  return assets.find((it) => place(it) === place(path)) || path;
}

// Hashed files: the copy first, of whatever build. If a page names a file that is gone, the file of
// the same kind from this build is the best there is.
async function asset(request, path) {
  const copy = await caches.match(path);
  const answer = copy || (await fetch(request).catch(() => undefined));
  return answer && answer.ok ? answer : (await caches.match(today(path))) || answer || Response.error();
}

// Pictures: the copy first.
async function picture(event, path) {
  const copy = await caches.match(path);
  if (copy) {
    // Used again, so it is evicted later. Only what may be evicted is written again.
    const old = Date.now() - Date.parse(keptAt(copy)) > RECENT && (await held("pictures", path));
    if (old) event.waitUntil(keepPicture("pictures", path, old));
    return copy;
  }
  const answer = await fetch(event.request);
  if (answer.ok && answer.type === "basic" && !answer.redirected && isOf(answer, "image/")) {
    event.waitUntil(keepPicture("pictures", path, answer.clone()).catch(() => {}));
  }
  return answer;
}

async function keepPicture(kind, path, answer) {
  await put(kind, path, copyOf(await answer.blob(), answer.headers.get("content-type")));
}

const localPath = (url) => (url.startsWith(site) ? base + url.slice(site.length) : url);
// The paths of an article's own pictures.
function picturesOf({ items: [item] }) {
  const found = [...(item.content_html || "").matchAll(/<img[^>]* src="([^"]+)"/g)].map((it) => it[1].replaceAll("&amp;", "&"));
  const urls = [...(item.image ? [localPath(item.image)] : []), ...found].map((url) => new URL(url, location));
  return [...new Set(urls.filter((url) => url.origin === location.origin).map((url) => url.pathname))];
}

const isArticle = (feed) => feed._broadsheet.kind === "article";
// Takes an article into a store: pictures first, the page last, so that a page in the store is
// whole. Without a network the copy that was read is as good.
async function take(kind, path) {
  const answer = await fetch(path, { cache: "no-cache" }).catch(() => undefined);
  const copy = (answer && (await copyIfGood(answer, "text/html"))) || (await newest(path));
  if (!copy) throw new Error("network");
  const feed = await feedOf(copy);
  if (!isArticle(feed)) throw new Error("no article");
  const missing = kind === "read" ? 0 : await pictures(kind, picturesOf(feed));
  const more = { "x-kept": keptAt(copy), "x-revision": revisionOf(copy), "x-missing": missing || "" };
  await put(kind, path, copyOf(await copy.blob(), copy.headers.get("content-type"), more));
}

// Takes the pictures that a store lacks; how many could not be had.
async function pictures(kind, paths) {
  const store = await open(kind);
  const results = await Promise.allSettled(paths.map(async (path) => {
    if (await store.match(path)) return;
    const answer = (await caches.match(path)) || (await fetch(path));
    const large = (bytesOf(answer) || Number(answer.headers.get("content-length"))) > SMALL;
    if (answer.ok && isOf(answer, "image/") && !(large && kind === "edition")) await keepPicture(kind, path, answer);
  }));
  const failed = results.filter(({ status }) => status === "rejected");
  const full = failed.find(({ reason }) => reason.name === "QuotaExceededError");
  if (full && kind === "saved") throw full.reason;
  return failed.length;
}

// The pages of a store, with their feeds.
async function pages(kind) {
  const entries = (await census(kind)).filter(({ path }) => path.endsWith("/"));
  return Promise.all(entries.map(async (entry) => ({ ...entry, feed: await feedOf(entry.copy) })));
}

// Deletes these pages of a store, and the pictures that no article left in it shows.
async function remove(kind, paths) {
  const store = await open(kind);
  await Promise.all(paths.map((path) => store.delete(path)));
  const shown = (await pages(kind)).flatMap(({ feed }) => picturesOf(feed));
  const spare = (await census(kind)).filter(({ path }) => !path.endsWith("/") && !shown.includes(path));
  await Promise.all(spare.map(({ path }) => store.delete(path)));
}

// Fetches every kept copy of the articles that the newspaper corrected or withdrew, and what could
// not be had when an article was taken.
async function contact() {
  const { items } = await (await fetch(`${base}corrections.json`, { cache: "no-cache" })).json();
  const revisions = new Map(items.map((it) => [localPath(it.url), it._broadsheet.revision]));
  const isStale = (path, copy) => revisions.has(path) && revisions.get(path) !== revisionOf(copy);
  for (const kind of TEXTS) {
    const stale = (await census(kind)).filter(({ path, copy }) => isStale(path, copy) || copy.headers.get("x-missing"));
    for (const { path } of stale) await take(kind, path);
    if (stale.length && kind !== "read") await remove(kind, []);
  }
}

// Newest first: all dates of a newspaper are in one time zone.
const byDate = (a, b) => (a.item.date_published < b.item.date_published ? 1 : -1);
const listed = ({ items: [item] }) => ({ ...item, content_html: undefined });
// What the app may ask for, by name.
const tasks = {
  build: () => build,
  contact,
  isSaved: async (path) => !!(await held("saved", path)),
  save: (url) => take("saved", localPath(url)),
  take: (paths) => Promise.all(paths.map((path) => take("edition", path))),
  remove: (path) => remove("saved", [path]),
  // The page that a tab showed before this worker was there. The HTTP cache has it.
  async keep(path, urls) {
    if (!(await newest(path))) await keep(path, await fetch(path, { cache: "force-cache" }), "text/html");
    await pictures("pictures", urls.map(pathOf));
  },
  async list() {
    const sizes = new Map((await census("saved")).map(({ path, bytes }) => [path, bytes]));
    const weight = (feed, bytes) => picturesOf(feed).reduce((total, path) => total + (sizes.get(path) || 0), bytes);
    const row = ({ feed, path, bytes, at }) => ({ item: listed(feed), path, at, bytes: weight(feed, bytes) });
    return (await pages("saved")).map(row).sort(byDate);
  },
  // The articles that can be read, whatever store they are in.
  async readable() {
    const kept = (await Promise.all(TEXTS.map(pages))).flat().filter(({ feed }) => isArticle(feed));
    const once = new Map(kept.map(({ path, feed }) => [path, { item: listed(feed) }]));
    return [...once.values()].sort(byDate).map(({ item }) => item);
  },
  // Which of the newest articles of these sections are not here, and their bytes.
  async plan(sections, count) {
    const { articles } = await (await fetch(`${base}edition.json`, { cache: "no-cache" })).json();
    const newest = articles.filter((it) => sections.includes(it.section)).slice(0, count);
    const here = new Map((await census("edition")).map(({ path, copy }) => [path, revisionOf(copy)]));
    const missing = newest.filter(({ path, revision }) => here.get(path) !== revision);
    return { wanted: newest.map(({ path }) => path), missing: missing.map(({ path }) => path), bytes: sum(missing) };
  },
  // Deletes what is not part of the edition any more.
  async tidy(wanted) {
    const old = (await pages("edition")).filter(({ path }) => !wanted.includes(path));
    await remove("edition", old.map(({ path }) => path));
  },
  usage: async () => Object.fromEntries(await Promise.all(KINDS.map(async (kind) => [kind, sum(await census(kind))]))),
  async free(kind) {
    delete counted[kind];
    await caches.delete(nameOf(kind));
  },
  // Saved articles as one file, a JSON Feed that any feed reader understands.
  async pack(title) {
    const items = (await pages("saved")).flatMap(({ feed }) => feed.items);
    return new Blob([JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title, items })]);
  },
};

// Each message may have a port for its answer.
self.addEventListener("message", (event) => {
  const [name, ...details] = event.data;
  const failure = (error) => ({ failed: error.name === "QuotaExceededError" ? "full" : "network" });
  const answering = (async () => ({ done: await tasks[name](...details) }))().catch(failure);
  event.waitUntil(answering.then((answer) => event.ports[0] && event.ports[0].postMessage(answer)));
});
