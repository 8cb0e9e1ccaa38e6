// Downloads: the newest articles are fetched ahead, in steps that can be stopped.

import { ask } from "./ask.js";
import { size } from "./format.js";

/**
 * How many articles are fetched at a time. Each step is a question of its own, so that a worker that
 * was killed loses no more than that.
 */
const STEP = 4;

/**
 * Brings the form to life.
 * @param {HTMLElement} page
 * @param {(task: () => Promise<unknown>) => Promise<unknown>} act does something and says why not
 */
export function fillDownloads(page, act) {
  const form = /** @type {HTMLFormElement} */ (page.querySelector("form"));
  const progress = /** @type {HTMLProgressElement} */ (form.querySelector("progress"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[name=download]"));
  const planned = /** @type {HTMLElement} */ (form.querySelector("[data-part=plan]"));
  const words = planned.dataset;
  const label = button.textContent;
  let running = false;

  /** @param {string} text */
  const tell = (text) => {
    planned.textContent = text;
  };

  /** Shows what the choice would fetch. Without a network there is nothing to plan. */
  async function plan() {
    const choice = new FormData(form);
    try {
      const sections = choice.getAll("section").map(String);
      const plan = await ask("plan", sections, Number(choice.get("count")));
      const { length } = plan.missing;
      tell(length ? length + (words.toFetch || "") + size(plan.bytes) : words.allHere || "");
      button.disabled = !length;
      return plan;
    } catch (error) {
      console.warn(error);
      tell("");
      button.disabled = true;
      return undefined;
    }
  }

  /** Fetches what is missing. An article that cannot be had is counted and stops nothing. */
  async function download() {
    const choice = await plan();
    if (!choice) throw "network";
    const { missing, wanted } = choice;
    let gone = 0;
    start(missing.length);
    try {
      while (running && progress.value < missing.length) {
        const step = missing.slice(progress.value, progress.value + STEP);
        for (const { code } of await ask("download", step)) {
          if (code === "network" || code === "full" || code === "no-store") throw code;
          gone += 1;
        }
        progress.value += step.length;
        tell(progress.value + (words.fetched || "") + missing.length);
      }
      if (running) await ask("prune", wanted);
    } finally {
      stop();
      await plan();
      if (gone) tell(`${planned.textContent} ${gone}${words.gone || ""}`.trim());
    }
  }

  /** @param {number} count */
  function start(count) {
    running = true;
    button.textContent = button.dataset.stop || "";
    Object.assign(progress, { max: count, value: 0, hidden: false });
  }

  function stop() {
    running = false;
    progress.hidden = true;
    button.textContent = label;
  }

  form.addEventListener("change", () => running || plan());
  button.addEventListener("click", (event) => {
    // The browser must not send the form. Enter in one of its fields is a click as well.
    event.preventDefault();
    // A second click stops after the step that is under way.
    if (running) running = false;
    else act(download);
  });
  return { plan };
}
