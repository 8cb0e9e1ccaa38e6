// Opens the pictures of an article in the page, over all of it: js/boot.js loads it at the first one.
//
// The pictures are the links with `data-large`, in their order. A `<dialog>` of the browser keeps the focus and
// gives it back; the way of the history is in `viewer/history`.

import css from "../style/viewer.css";
import { listen } from "./viewer/gestures.js";
import { enter } from "./viewer/history.js";
import { phrasesOf } from "./viewer/phrases.js";
import { pictureOf } from "./viewer/picture.js";
import { Zoom } from "./viewer/zoom.js";

/** One step of the keys that move a large picture, in pixels. */
const STEP = 60;

/** The style sheet is part of this script: nobody who opens no picture pays for it. */
function dress() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

let dressed = false;

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} name of the part
 */
function part(tag, name) {
  const element = document.createElement(tag);
  element.className = `viewer__${name}`;
  return element;
}

/** @param {string} name @param {string} label */
function button(name, label) {
  const element = part("button", name);
  element.type = "button";
  element.setAttribute("aria-label", label);
  return element;
}

/**
 * Opens the picture of a link.
 * @param {HTMLAnchorElement} opener
 */
export function open(opener) {
  if (document.querySelector(".viewer")) return;
  if (!dressed) dress();
  dressed = true;
  const root = document.getElementById("app-root");
  const language = root?.lang || document.documentElement.lang;
  const rtl = getComputedStyle(root || document.body).direction === "rtl";
  const words = phrasesOf(language);
  /** @returns {HTMLAnchorElement[]} */
  const all = () => [...document.querySelectorAll("a[data-large]")].filter(isLink);
  let links = all();
  let index = Math.max(0, links.indexOf(opener));
  const zoom = new Zoom();
  let picture = pictureOf(opener);

  const dialog = document.createElement("dialog");
  dialog.className = "viewer";
  dialog.lang = language;
  const stage = part("div", "stage");
  const close = button("close", words.close);
  const previous = button("previous", words.previous);
  const next = button("next", words.next);
  const larger = button("zoom", words.zoom);
  const place = part("p", "place");
  place.setAttribute("role", "status");
  const caption = part("p", "caption");
  const bar = part("div", "bar");
  bar.append(place, larger, close);
  dialog.append(bar, stage, previous, next, caption);
  previous.hidden = next.hidden = links.length < 2;

  function draw() {
    const { image } = picture;
    image.style.width = `${zoom.width}px`;
    image.style.height = `${zoom.height}px`;
    image.style.transform = `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})`;
    larger.setAttribute("aria-pressed", String(zoom.scale > 1));
    dialog.classList.toggle("viewer--large", zoom.scale > 1);
    // The browser takes the file that is good enough for this size.
    const sizes = `${Math.ceil(zoom.width * zoom.scale)}px`;
    for (const source of picture.shown.querySelectorAll("source")) {
      if (source.sizes !== sizes) source.sizes = sizes;
    }
  }
  function fit() {
    zoom.fit(picture, stage);
    draw();
  }
  function show() {
    const link = links[index] || opener;
    picture = pictureOf(link);
    zoom.reset();
    stage.replaceChildren(picture.shown);
    const credit = document.createElement("small");
    credit.textContent = picture.credit;
    caption.replaceChildren(picture.caption, picture.caption && picture.credit ? " " : "", credit);
    caption.hidden = !(picture.caption || picture.credit);
    caption.lang = picture.language?.lang || language;
    caption.dir = "auto";
    // A caption that is longer than its place is scrolled with the keys.
    caption.tabIndex = -1;
    dialog.setAttribute("aria-label", words.place(index + 1, links.length || 1));
    place.textContent = words.place(index + 1, links.length || 1);
    previous.setAttribute("aria-disabled", String(index <= 0));
    next.setAttribute("aria-disabled", String(index >= links.length - 1));
    fit();
    if (caption.scrollHeight > caption.clientHeight) caption.tabIndex = 0;
  }
  /** @param {number} to */
  function go(to) {
    const bound = Math.min(links.length - 1, Math.max(0, to));
    if (bound === index) return;
    index = bound;
    show();
  }
  /** Towards the right or the left, wherever the next picture is. @param {number} steps */
  const turn = (steps) => go(index + (rtl ? -steps : steps));
  /** @param {number} by @param {{ x: number, y: number }} [at] */
  function scaleBy(by, at = { x: 0, y: 0 }) {
    zoom.to(zoom.scale * by, at);
    draw();
  }
  /** @param {{ x: number, y: number }} [at] */
  function toggle(at = { x: 0, y: 0 }) {
    zoom.toggle(at);
    draw();
  }
  /** @param {number} x @param {number} y */
  function move(x, y) {
    zoom.move(x, y);
    draw();
  }

  const leave = enter(() => {
    removeEventListener("resize", fit);
    dialog.close();
    dialog.remove();
    // The app may have put other elements in the place of those that were there.
    links = all();
    const back = opener.isConnected ? opener : links.find((it) => it.href === opener.href);
    back?.focus({ preventScroll: true });
  });
  let leaving = false;
  function leaveOnce() {
    if (leaving) return;
    leaving = true;
    leave();
  }

  close.addEventListener("click", leaveOnce);
  previous.addEventListener("click", () => go(index - 1));
  next.addEventListener("click", () => go(index + 1));
  larger.addEventListener("click", () => toggle());
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leaveOnce();
  });
  // A second Escape closes a dialog without asking.
  dialog.addEventListener("close", leaveOnce);
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const large = zoom.scale > 1;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => (large ? move(STEP, 0) : turn(-1)),
      ArrowRight: () => (large ? move(-STEP, 0) : turn(1)),
      ArrowUp: () => move(0, STEP),
      ArrowDown: () => move(0, -STEP),
      PageUp: () => go(index - 1),
      PageDown: () => go(index + 1),
      Home: () => go(0),
      End: () => go(links.length - 1),
      "+": () => scaleBy(1.5),
      "=": () => scaleBy(1.5),
      "-": () => scaleBy(1 / 1.5),
      0: () => scaleBy(0),
    };
    const deed = keys[event.key];
    if (!deed || event.target === caption) return;
    event.preventDefault();
    deed();
  });
  listen(stage, { isLarge: () => zoom.scale > 1, scaleBy, toggle, move, turn, leave: leaveOnce });
  addEventListener("resize", fit);

  document.body.append(dialog);
  dialog.showModal();
  close.focus();
  show();
}

/** @param {Element} element @returns {element is HTMLAnchorElement} */
function isLink(element) {
  return element instanceof HTMLAnchorElement;
}
