// The network: requests whose failure has a code.

import { TaskError } from "./errors.js";

/**
 * The answer to a request, whatever its status.
 * @param {RequestInfo} request
 * @param {RequestInit} [options]
 */
export async function ask(request, options) {
  const answer = await fetch(request, options).catch((error) => {
    throw new TaskError("network", `${about(request)}: ${error}`);
  });
  // Firefox answers a navigation with an error, where others fail.
  if (answer.type === "error") throw new TaskError("network", about(request));
  return answer;
}

/**
 * Gives up an answer that nobody reads: its connection is busy until then, and a browser has six to a host.
 * @param {Response} answer
 */
export const drop = (answer) => void answer.body?.cancel().catch(() => {});

/** @param {RequestInfo} request */
const about = (request) => (typeof request === "string" ? request : request.url);

/**
 * The newspaper's answer to a navigation: the one that the browser asked for while the worker
 * started (navigation preload), else one that is asked for now.
 * @param {FetchEvent} event
 */
export async function askForDocument(event) {
  const early = await Promise.resolve(event.preloadResponse).catch(() => undefined);
  return early && early.type !== "error" ? /** @type {Response} */ (early) : ask(event.request);
}

/**
 * The value of a promise if it comes in time, else undefined. A promise that fails in time fails.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} time in milliseconds
 * @returns {Promise<T | undefined>}
 */
export function within(promise, time) {
  return Promise.race([
    promise,
    new Promise((resolve) => setTimeout(() => resolve(undefined), time)),
  ]);
}
