// Asks the service worker (../protocol.d.ts).

/** @typedef {import("../protocol").Tasks} Tasks */
/** @typedef {import("../protocol").ErrorCode} ErrorCode */

/** How long the worker has to be there, in milliseconds. */
const READY = 10000;
/** How long it may be silent while a task goes on, in milliseconds. It says so every 5 seconds. */
const SILENCE = 30000;

/** @param {number} time @param {ErrorCode} code @returns {Promise<never>} */
const failAfter = (time, code) => new Promise((_, reject) => setTimeout(reject, time, code));

/**
 * The name of the words that say why something failed: a code, or the name of a sentence of the page.
 * @param {unknown} error
 */
export const codeOf = (error) => (typeof error === "string" ? error : "no-store");

/**
 * Asks for a task. Fails with an {@link ErrorCode}.
 * @template {keyof Tasks} Name
 * @param {Name} task
 * @param {Parameters<Tasks[Name]>} details
 * @returns {Promise<ReturnType<Tasks[Name]>>}
 */
export async function ask(task, ...details) {
  const container = navigator.serviceWorker;
  if (!container) throw "no-store";
  const { active } = await Promise.race([container.ready, failAfter(READY, "no-store")]);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    // A worker that was killed is silent for ever; the next question starts it again.
    const giveUp = () => setTimeout(reject, SILENCE, "network");
    let waiting = giveUp();
    port1.onmessage = ({ data }) => {
      const answer = /** @type {import("../protocol").Answer<ReturnType<Tasks[Name]>>} */ (data);
      clearTimeout(waiting);
      if ("done" in answer) resolve(answer.done);
      else if ("failed" in answer) reject(answer.failed);
      else waiting = giveUp();
    };
    active?.postMessage([task, ...details], [port2]);
  });
}
