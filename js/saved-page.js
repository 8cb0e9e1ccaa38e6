// The page of saved articles: fills in what the press printed (src/components/saved_page.rs) with
// what the service worker answers, and does what its controls say. It loads when that page opens,
// and works without the app.

import { ask, codeOf } from "./saved-page/ask.js";
import { fillDownloads } from "./saved-page/downloads.js";
import { size } from "./saved-page/format.js";
import { lostSince, remember } from "./saved-page/memory.js";
import { rowOf } from "./saved-page/row.js";

/** The promise of the browser's storage, false where it has none. */
const persisted = async () => !!(await navigator.storage?.persisted?.());

/** @typedef {import("./protocol").StoreName} StoreName */

/** Brings the page to life. Called each time it opens. */
export function show() {
  const page = document.getElementById("app-saved-page");
  if (!page || page.classList.contains("saved-page--live")) return;
  page.classList.add("saved-page--live");
  /**
   * @template {Element} T
   * @param {string} selector
   */
  const find = (selector) => /** @type {T} */ (page.querySelector(selector));
  /** @type {HTMLElement} */
  const words = find(".needs-app");
  /** @type {HTMLElement} */
  const status = find(".saved-page__status");
  /** @type {HTMLElement} */
  const none = find("[data-part=none]");
  /** @type {HTMLButtonElement} */
  const exporting = find("[name=export]");
  /** @type {HTMLInputElement} */
  const importing = find("[name=import]");
  /** @type {HTMLButtonElement} */
  const persist = find("[name=persist]");
  /** @type {HTMLInputElement} */
  const small = find("[name=small]");
  /** @type {NodeListOf<HTMLButtonElement>} */
  const clearing = page.querySelectorAll("[name=clear]");

  /** @param {string} text */
  const tell = (text) => {
    status.textContent = text;
  };
  // "no-store" is the attribute `data-no-store`.
  /** @param {unknown} error */
  const tellWhy = (error) => {
    console.warn(error);
    tell(words.getAttribute(`data-${codeOf(error)}`) || String(error));
  };
  /** Does something, then shows what is kept now. @param {() => Promise<unknown>} task */
  const act = (task) => task().catch(tellWhy).then(fill);

  /** @param {import("./protocol").SavedEntry} entry */
  const remove = (entry) =>
    act(async () => {
      remember(0);
      await ask("remove", entry.path);
      document.querySelector("h1")?.focus();
    });

  async function fill() {
    try {
      const entries = await ask("entries");
      const template = /** @type {HTMLTemplateElement} */ (find("template"));
      find("[data-part=saved]").replaceChildren(
        ...entries.map((entry) => rowOf(entry, template, () => remove(entry))),
      );
      none.hidden = entries.length > 0;
      exporting.disabled = !entries.length;
      const lost = lostSince(entries.length);
      if (lost > 0) tell(lost + (none.dataset.gone || ""));
      const usage = await ask("usage");
      for (const cell of page?.querySelectorAll("[data-kind]") || []) {
        cell.textContent = size(usage[/** @type {StoreName} */ (cell.getAttribute("data-kind"))]);
      }
      for (const button of clearing) {
        button.disabled = !usage[/** @type {StoreName} */ (button.value)];
      }
      small.checked = await ask("smallPictures");
      persist.hidden = await persisted();
      /** @type {HTMLElement} */
      const promise = find("[data-part=persisted]");
      if (persist.hidden) promise.textContent = promise.dataset.yes || "";
    } catch (error) {
      tellWhy(error);
    }
  }

  // Another tab, or an import that goes on here, saves an article or gives one up.
  const follow = (/** @type {MessageEvent} */ { data }) => {
    if (!page.isConnected) navigator.serviceWorker.removeEventListener("message", follow);
    else if (data?.savedChanged) fill();
  };
  navigator.serviceWorker?.addEventListener("message", follow);
  exporting.addEventListener("click", () =>
    act(async () => {
      const title = document.querySelector("h1")?.textContent || "";
      const { file, leftOut } = await ask("export", title);
      const url = URL.createObjectURL(file);
      const link = { href: url, download: "saved-articles.json" };
      Object.assign(document.createElement("a"), link).click();
      URL.revokeObjectURL(url);
      tell(leftOut.length ? (status.dataset.leftOut || "") + leftOut.join(", ") : "");
    }),
  );

  // The file says which articles; their text comes from the newspaper, because nobody vouches for a
  // file.
  importing.addEventListener("change", () =>
    act(async () => {
      const [file] = importing.files || [];
      /** @type {{ url: string, title: string }[]} */
      const items = await file
        ?.text()
        .then((text) => JSON.parse(text).items.map(itemOf))
        .catch(() => {
          throw "wrong-file";
        });
      importing.value = "";
      /** @type {string[]} */
      const left = [];
      for (const { url, title } of items || []) {
        await ask("save", url).catch((error) => {
          console.warn(url, error);
          left.push(title);
        });
      }
      const label = importing.closest("label");
      tell(left.length ? (label?.dataset.left || "") + left.join(", ") : "");
    }),
  );

  const downloads = fillDownloads(page, act);
  for (const button of clearing) {
    const store = /** @type {StoreName} */ (button.value);
    button.addEventListener("click", () => act(() => ask("clear", store)).then(downloads.plan));
  }
  small.addEventListener("change", () => act(() => ask("smallPictures", small.checked)));
  persist.addEventListener("click", () => act(() => navigator.storage.persist()));
  fill();
  downloads.plan();
}

/**
 * Address and title of an item of a file, which may hold anything.
 * @param {{ url?: unknown, id?: unknown, title?: unknown }} item
 */
function itemOf({ url, id, title }) {
  const address = String(url ?? id ?? "");
  return { url: address, title: String(title ?? address) };
}
