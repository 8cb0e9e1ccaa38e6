// The service worker: the newspaper is there without a network. This file wires its events.

import { answerData, answerDocument, answerPicture } from "./answers.js";
import { base } from "./build.js";
import { report } from "./errors.js";
import { answerMedia } from "./media.js";
import { receive } from "./messages.js";
import { askForDocument } from "./network.js";
import { canonical, pageOfData } from "./paths.js";
import { worker } from "./scope.js";
import { answerAsset, complete, noteTabs, tidy } from "./shell.js";

// A new worker takes over at once. Open tabs keep their build of the app, whose files it has too.
worker.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([worker.skipWaiting(), complete()]));
});

worker.addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  try {
    await noteTabs();
    await tidy();
  } catch (error) {
    report("The files of older builds stay", error);
  }
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname: path } = new URL(request.url);
  const ours = origin === worker.location.origin && (path.startsWith(base) || `${path}/` === base);
  if (request.method !== "GET") return;
  if (!ours) {
    // The scope of a paper below `/news/` is `/news`, which `/newsletter/` begins with too. Its
    // navigations get what was already asked for (navigation preload), so that nothing is asked twice.
    if (request.mode === "navigate") event.respondWith(askForDocument(event));
    return;
  }
  // Embeds are other sites' pages and keep nothing: the worker has no part in them.
  if (path.startsWith(`${base}embed/`)) return;
  if (request.mode === "navigate") {
    const page = canonical(path);
    if (page) event.respondWith(answerDocument(event, page));
    return;
  }
  const page = pageOfData(path);
  if (path.startsWith(`${base}assets/`)) event.respondWith(answerAsset(event, path));
  else if (page) event.respondWith(answerData(event, path, page));
  else if (request.destination === "image") event.respondWith(answerPicture(event, path));
  else if (/^(audio|video)$/.test(request.destination))
    event.respondWith(answerMedia(request, path));
});

worker.addEventListener("message", receive);
