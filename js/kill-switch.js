// The kill switch. Put in the place of sw.js it makes every installed worker go: this one takes its
// place at once, deletes the files of the app, and unregisters. What readers saved stays, and is
// there again when a worker is.

const worker = /** @type {any} */ (self);
// The scope of a newspaper below a path may lack the slash at the end.
const base = new URL(worker.registration.scope).pathname.replace(/\/?$/, "/");

worker.addEventListener("install", () => worker.skipWaiting());

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(leave());
});

async function leave() {
  const shells = (await caches.keys()).filter((name) =>
    name.startsWith(`broadsheet-shell:${base}:`),
  );
  await Promise.all(shells.map((name) => caches.delete(name)));
  await worker.registration.unregister();
}
