// Messages: a page asks for a task, and hears how it goes on.

import { codeOf, report } from "./errors.js";
import { formerTasks, tasks } from "./tasks.js";

/** @typedef {import("../protocol").Answer} Answer */

/** How often a page is told that its task goes on, in milliseconds. Silence means a dead worker. */
const BEAT = 5000;

/** @param {ExtendableMessageEvent} event */
export function receive(event) {
  const [asked, ...details] = event.data;
  const [port] = event.ports;
  /** @param {Answer} answer */
  const tell = (answer) => port?.postMessage(answer);
  event.waitUntil(answer(asked, details, tell));
}

/**
 * @param {string} asked
 * @param {unknown[]} details
 * @param {(answer: Answer) => void} tell
 */
async function answer(asked, details, tell) {
  /** @type {Record<string, (...details: any[]) => Promise<unknown>>} */
  const known = { ...formerTasks, ...tasks };
  const task = known[asked];
  const beat = setInterval(() => tell({ working: true }), BEAT);
  try {
    if (!task) throw new Error(`there is no task ${asked}`);
    tell({ done: await task(...details) });
  } catch (error) {
    report(`The task ${asked} failed`, error);
    tell({ failed: codeOf(error) });
  } finally {
    clearInterval(beat);
  }
}
