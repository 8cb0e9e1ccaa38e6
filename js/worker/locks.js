// Locks: two tasks of a worker interleave at every `await`, so whoever changes a store holds its
// lock. The Web Locks API grants locks of one name in the order of the requests,
// over all tabs and workers of the origin, and frees those of a worker that was killed.
//
// Whoever needs several takes them in this order: corrections, saved, downloads, read,
// pictures. So nobody waits in a circle. That of a patch (patches.js) is held alone.

import { base } from "./build.js";

/**
 * Does something while holding a lock of this newspaper.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export function locked(name, task) {
  return /** @type {Promise<T>} */ (navigator.locks.request(`broadsheet:${base}:${name}`, task));
}
