// The kill switch. Put in the place of sw.js it makes every installed worker go: this one takes its
// place at once, deletes the shell stores, and unregisters. What readers saved stays, and is there
// again when a worker is.

const base = new URL(registration.scope).pathname;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const shells = (await caches.keys()).filter((name) => name.startsWith(`broadsheet-shell:${base}:`));
  await Promise.all(shells.map((name) => caches.delete(name)));
  await registration.unregister();
})()));
