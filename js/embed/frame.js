// The script of an embed page: takes the choices from the address, and reports the page's height to the page
// around it. Without it the page reads, with the default choices.

import { countOf } from "./count.js";

const root = document.documentElement;
const framed = parent !== window;
const items = [...document.querySelectorAll("li")];
/** @type {HTMLElement | null} */
const picture = document.querySelector(".article__picture");

/** The choices: query and fragment. WordPress appends its own fragment, `#?secret=`, to any other. */
const choices = () => new URLSearchParams((location.search + location.hash).replace(/[?#]+/g, "&"));

/**
 * The relative luminance of a colour (WCAG 2, "relative luminance"), with one power in place of the two parts
 * of the sRGB curve: less than 0.01 beside it.
 * @param {number[]} rgb 0 to 255
 */
function luminance(rgb) {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => (value / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Sets the accent colour, mixed with black or white until text in it has a contrast of 4.5 on the
 * page: the luminance of the papers asks for at most 0.165 and at least 0.225.
 * @param {string} name
 * @param {number[]} rgb
 * @param {number} toward 0 for black, 255 for white
 */
function setAccent(name, rgb, toward) {
  const wrong = () => (toward ? luminance(rgb) < 0.225 : luminance(rgb) > 0.165);
  for (let step = 0; step < 40 && wrong(); step++) {
    rgb = rgb.map((value) => Math.round(value + (toward - value) / 12));
  }
  root.style.setProperty(name, `rgb(${rgb})`);
}

function apply() {
  const chosen = choices();
  for (const name of ["theme", "lang"]) root.dataset[name] = chosen.get(name) || "";
  root.toggleAttribute("data-compact", chosen.has("compact"));
  const count = countOf(chosen.get("count"));
  root.dataset.count = `${count}`;
  items.forEach((item, place) => {
    item.hidden = place >= count;
  });
  const accent = /^#?([\da-f]{6})$/i.exec(chosen.get("accent") || "")?.[1];
  if (accent) {
    const rgb = [0, 2, 4].map((at) => Number.parseInt(accent.slice(at, at + 2), 16));
    setAccent("--accent-light", rgb, 0);
    setAccent("--accent-dark", rgb, 255);
  }
}

/** WordPress knows its frames by a secret (wp-includes/js/wp-embed.js). */
const secret = () => /^\w{1,40}$/.exec(choices().get("secret") || "")?.[0];

/** @param {string} message @param {string | number} value */
function tellWordPress(message, value) {
  if (secret()) parent.postMessage({ message, value, secret: secret() }, "*");
}

/**
 * Tells what the page needs: the border and its parts, without what a picture was given beyond its share. A frame may
 * begin before it has a size, and each word would be a line: it tells 0 then, and what it needs when it has one.
 */
function report() {
  const heights = [...document.body.children].map((it) => it.getBoundingClientRect().height);
  const extra = picture && innerWidth < 480 ? picture.offsetHeight - innerWidth * 0.5625 : 0;
  const needed = Math.ceil(heights.reduce((sum, it) => sum + it, 2) - Math.max(extra, 0));
  const height = innerWidth && needed;
  parent.postMessage({ type: "broadsheet:height", height }, "*");
  if (height) tellWordPress("height", height);
}

/** The origin of the page around, in the address of a link, where the newspaper asks for it. */
function markLinks() {
  const source = document.referrer && new URL(document.referrer).host;
  for (const link of document.links) {
    if (source) link.search = `?utm_source=${source}`;
  }
}

apply();
if (root.hasAttribute("data-referrer")) markLinks();
addEventListener("hashchange", () => {
  apply();
  if (framed) report();
});
if (framed) {
  // A frame that is not shown yet is not painted, and an observer waits for that.
  report();
  const observer = new ResizeObserver(report);
  for (const part of document.body.children) observer.observe(part);
  addEventListener("resize", report);
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.message === "ready" && data.secret === secret()) report();
  });
  // The frame of WordPress opens no windows: its page follows the link.
  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link || !secret()) return;
    event.preventDefault();
    tellWordPress("link", link.href);
  });
}
