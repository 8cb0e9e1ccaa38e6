// A row of the list: a saved article.

import { language, moment, newsroomDay, size } from "./format.js";

/**
 * @param {import("../protocol").SavedEntry} entry
 * @param {HTMLTemplateElement} template
 * @param {() => void} remove
 */
export function rowOf({ item, path, at, bytes }, template, remove) {
  const row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  /**
   * @template {Element} T
   * @param {string} selector
   */
  const find = (selector) => /** @type {T} */ (row.querySelector(selector));
  /** @type {HTMLAnchorElement} */
  const link = find("a");
  link.href = path;
  link.textContent = item.title;
  link.lang = item.language || language;
  const { withdrawn, corrected } = item._broadsheet;
  /** @type {HTMLElement} */
  const note = find(".saved-article__note");
  if (withdrawn !== undefined) note.textContent = note.dataset.withdrawn || "";
  else if (corrected) note.textContent = `${note.dataset.corrected} ${corrected}`;
  else note.remove();
  /** @type {HTMLTimeElement} */
  const time = find("time");
  time.dateTime = item.date_published;
  time.textContent = newsroomDay(item.date_published);
  find("[data-part=kept-at]").append(moment(at));
  find("[data-part=size]").textContent = size(bytes);
  /** @type {HTMLButtonElement} */
  const button = find("button");
  button.setAttribute("aria-label", `${button.textContent?.trim()}: ${item.title}`);
  button.addEventListener("click", remove);
  return row;
}
