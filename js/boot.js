// The one inline script: starts the app after the first paint, when the browser is idle or the
// reader shows an intent. The page can be read already; if the app cannot start, it stays a page.

const script = document.currentScript;
const {
  app = "",
  wasm = "",
  savedPage = "",
  player = "",
  viewer = "",
} = script instanceof HTMLScriptElement ? script.dataset : {};

let started = false;
let failed = false;

/**
 * Keeps events away from an app that stopped halfway: it listens at the window, and would answer
 * with an error. What listens inside the page, the controls of saved articles, goes on; links are
 * the browser's.
 * @param {unknown} error
 */
function giveUp(error) {
  if (failed) return;
  failed = true;
  console.warn("The page stays as it is:", error);
  const root = document.documentElement;
  for (const type of ["click", "pointerover", "pointerdown", "focusin"]) {
    root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  }
  // An entry of the history that the app made is a page that the browser has to load.
  const { pathname } = location;
  const load = (/** @type {Event} */ event) => {
    event.stopImmediatePropagation();
    if (location.pathname !== pathname) location.reload();
    else dispatchEvent(new Event("broadsheet:back"));
  };
  addEventListener("popstate", load, true);
}

/** The page of saved articles has a script of its own, and works without the app. */
function fillSavedPage() {
  import(savedPage).then((module) => module.show()).catch(console.warn);
}

function start() {
  if (started) return;
  // The browser made the page ahead, and the reader has not opened it: nothing is fetched, kept or said before.
  if ("prerendering" in document && document.prerendering) {
    document.addEventListener("prerenderingchange", start, { once: true });
    return;
  }
  started = true;
  if (document.getElementById("app-saved-page")) fillSavedPage();
  if (typeof WebAssembly !== "object") return;
  import(app)
    .then((module) => module.default({ module_or_path: wasm }))
    .then(endRules)
    .catch(giveUp);
}

/** From now on the app fetches ahead: the browser does not fetch the same page as a document, too. */
function endRules() {
  document.querySelector("script[type=speculationrules]")?.remove();
}

// Who saves data is fetched nothing ahead, whether or not the browser knows it of itself.
const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
if (connection?.saveData) endRules();

function afterPaint() {
  // A heading of this name is on the window, too.
  if (typeof requestIdleCallback === "function") requestIdleCallback(start, { timeout: 3000 });
  else setTimeout(start, 200);
}

/**
 * A picture without a text of its own that cannot be had leaves its place empty, in place of the
 * browser's sign for a broken picture. The app may give the element another picture.
 * @param {EventTarget | null} picture
 * @param {boolean} broken
 */
function showPicture(picture, broken) {
  if (!(picture instanceof HTMLImageElement) || picture.alt) return;
  picture.style.visibility = broken ? "hidden" : "";
}
document.addEventListener("error", ({ target }) => showPicture(target, true), true);
document.addEventListener("load", ({ target }) => showPicture(target, false), true);
// Those above this script may have failed already.
for (const picture of document.images) {
  if (picture.complete && !picture.naturalWidth) showPicture(picture, true);
}

/**
 * Whether a click follows a link in the same tab. What opens it elsewhere is the browser's.
 * @param {MouseEvent} event
 */
const isPlain = ({ button, ctrlKey, metaKey, shiftKey, altKey }) =>
  !(button || ctrlKey || metaKey || shiftKey || altKey);

/**
 * The player of a card, after a reader's own click: without script, and where the player cannot be had, the card is a
 * link.
 * @param {MouseEvent} event
 */
function openPlayer(event) {
  const { target, isTrusted } = event;
  const link = target instanceof Element && target.closest(".c-player:not(.c-open) a");
  if (!(link instanceof HTMLAnchorElement) || !isTrusted || !isPlain(event)) return;
  if (link.closest("[data-player^='/']") && navigator.onLine === false) return;
  event.preventDefault();
  event.stopPropagation();
  import(player)
    .then((module) => module.open(link))
    .catch((error) => {
      console.warn(error);
      location.href = link.href;
    });
}
document.addEventListener("click", openPlayer, true);
// A sound that the browser's own controls began.
document.addEventListener(
  "play",
  ({ target, isTrusted }) => {
    if (!isTrusted || !(target instanceof HTMLMediaElement)) return;
    import(player).then((module) => module.follow(target)).catch(console.warn);
  },
  true,
);
// A picture opens in the page, by a script that loads at the first one. Without it the link leads to the picture.
document.addEventListener(
  "click",
  (event) => {
    const { target } = event;
    const link = target instanceof Element && target.closest("a[data-large]");
    if (!(link instanceof HTMLAnchorElement) || !viewer || !isPlain(event)) return;
    event.preventDefault();
    import(viewer)
      .then((module) => module.open(link))
      .catch((error) => {
        console.warn("The picture opens by itself:", error);
        location.href = link.href;
      });
  },
  true,
);

// Whoever shows an intent has seen the page, whether or not the browser reports its first paint.
for (const intent of ["pointerover", "pointerdown", "focusin", "keydown"]) {
  addEventListener(intent, start, { once: true, passive: true });
}
addEventListener("broadsheet:saved-page", fillSavedPage);
addEventListener("error", ({ error }) => {
  if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) giveUp(error);
});
if (
  typeof PerformanceObserver === "function" &&
  (PerformanceObserver.supportedEntryTypes || []).includes("paint")
) {
  new PerformanceObserver((list, observer) => {
    if (!list.getEntriesByName("first-contentful-paint").length) return;
    observer.disconnect();
    afterPaint();
  }).observe({ type: "paint", buffered: true });
} else {
  addEventListener("load", () => setTimeout(afterPaint));
}
