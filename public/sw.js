// The service worker: the paper is there without a network.
//
// Two stores that never share a fate. The SHELL of a build (style sheet, glue, app, the page for
// what cannot be fetched) is fetched as a whole and lives as long as a tab uses it. The CONTENT
// (pages, their data, pictures) is what the reader has read; no deploy touches it.

const SHELL = /*press:shell*/;

const { build, base, assets } = SHELL;
const shellStore = `broadsheet-shell:${base}:${build}`;
const shellPrefix = `broadsheet-shell:${base}:`;
// The app opens the same store, src/browser/offline.rs.
const contentStore = `broadsheet-content-v1:${base}`;
const standIn = `${base}offline/`;
// How long the network has before a copy is shown, in milliseconds.
const PATIENCE = 3000;
// How many answers the content store keeps.
const KEPT = 600;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const store = await caches.open(shellStore);
    const wanted = [...assets, standIn, `${standIn}index.json`];
    // Past the HTTP cache, so that two builds never mix. One file that fails does not keep the
    // others out: it is fetched when it is needed.
    await Promise.allSettled(wanted.map((url) => store.add(new Request(url, { cache: "reload" }))));
  })());
});

self.addEventListener("activate", (event) => {
  // No tab uses an older worker now. Its shell goes.
  event.waitUntil((async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(shellPrefix) && name !== shellStore);
    await Promise.all(old.map((name) => caches.delete(name)));
    if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(base)) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event));
  } else if (url.pathname.startsWith(`${base}assets/`)) {
    event.respondWith(asset(request, url.pathname));
  } else if (url.pathname.endsWith("/index.json")) {
    event.respondWith(data(event));
  } else if (request.destination === "image") {
    event.respondWith(picture(event));
  }
});

// The page that a tab showed before this worker was there: its data, and what it had loaded.
self.addEventListener("message", (event) => {
  const [kind, dataUrl, json, ...urls] = event.data;
  if (kind !== "keep") return;
  event.waitUntil((async () => {
    const store = await caches.open(contentStore);
    const headers = { "content-type": "application/json" };
    await store.put(dataUrl, new Response(json, { headers }));
    await Promise.allSettled(urls.map(async (url) => {
      if (new URL(url, location).origin !== location.origin || await store.match(url)) return;
      // The HTTP cache has it, so this costs no traffic.
      const answer = await fetch(url, { cache: "force-cache" });
      if (answer.ok && !answer.redirected) await store.put(url, answer);
    }));
  })());
});

// Keeps an answer, and makes room when there are too many. Full storage keeps what it has.
async function keep(request, answer) {
  try {
    const store = await caches.open(contentStore);
    await store.put(request, answer);
    const keys = await store.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - KEPT)).map((key) => store.delete(key)));
  } catch (error) {
    console.warn("Not kept for reading offline:", error);
  }
}

async function kept(request) {
  const store = await caches.open(contentStore);
  return store.match(request, { ignoreSearch: true, ignoreVary: true });
}

// The answer, or nothing after PATIENCE, or if there is no network.
function within(answer) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return Promise.race([answer, late]).catch(() => undefined);
}

// The network's answer, kept if it is a whole page of the right type. A captive portal answers
// everything with its own HTML, and 200.
async function fromNetwork(event, answering, type) {
  const answer = await answering;
  const rightType = (answer.headers.get("content-type") || "").includes(type);
  if (answer.ok && !answer.redirected && rightType) {
    const copy = answer.clone();
    event.waitUntil(keep(new URL(event.request.url).pathname, copy));
  }
  return answer;
}

// A server in trouble is as good as none, if there is a copy.
const well = (answer) => answer && answer.status < 500;

// Pages: the network first, then the copy, then the page that says what can be read.
async function page(event) {
  const load = async () => (await event.preloadResponse) || fetch(event.request);
  const answering = fromNetwork(event, load(), "text/html");
  event.waitUntil(answering.catch(() => {}));
  const answer = await within(answering);
  if (well(answer)) return answer;
  return (await copyOfPage(event.request)) || answer || (await caches.match(standIn)) || answering;
}

// A copy that an older build printed names files that may be gone. Where its data is kept too, the
// stand-in shows the same article with this build.
async function copyOfPage(request) {
  const copy = await kept(request);
  if (!copy || (await copy.clone().text()).includes(`data-build="${build}"`)) return copy;
  const path = new URL(request.url).pathname;
  return ((await kept(`${path}index.json`)) && (await caches.match(standIn))) || copy;
}

// Data: the network first, then the copy. 504 tells the app that there was no network.
async function data(event) {
  const answering = fromNetwork(event, fetch(event.request), "json");
  event.waitUntil(answering.catch(() => {}));
  const answer = await within(answering);
  if (well(answer) && (answer.headers.get("content-type") || "").includes("json")) return answer;
  const copy = (await kept(event.request)) || (await caches.match(event.request));
  return copy || answer || answering.catch(() => new Response(null, { status: 504 }));
}

// Hashed files: the copy first. A page kept from an older build may name files that are gone; the
// file of the same kind from this build is the best there is.
async function asset(request, path) {
  const copy = await caches.match(request);
  if (copy) return copy;
  try {
    const answer = await fetch(request);
    if (answer.ok) {
      const store = await caches.open(shellStore);
      if (assets.includes(path)) store.put(request, answer.clone()).catch(() => {});
      return answer;
    }
  } catch { /* no network */ }
  const extension = path.slice(path.lastIndexOf("."));
  const same = assets.find((it) => it.endsWith(extension));
  return (await caches.match(same)) || Response.error();
}

// Pictures: the copy first.
async function picture(event) {
  const copy = await kept(event.request);
  if (copy) return copy;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(keep(event.request, answer.clone()));
  return answer;
}
