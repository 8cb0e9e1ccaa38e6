// Tabs: what the worker tells all open pages by itself.

import { worker } from "./scope.js";

/** @typedef {import("../protocol").Broadcast} Broadcast */

/** The open pages of this newspaper, also those that an older worker, or none, answers for. */
export const openTabs = () =>
  worker.clients.matchAll({ type: "window", includeUncontrolled: true });

/** @param {Broadcast} message */
export async function tellTabs(message) {
  for (const tab of await openTabs()) tab.postMessage(message);
}
