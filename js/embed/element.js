// embed.js: the element with which other sites show an article or a list. A frame of an embed page, in a
// shadow root: styles of the page around do not reach it, and its own touch nothing there.

import { address, fragment } from "./address.js";
import { estimate } from "./size.js";

const { element: name, base, site } = PRESS_EMBED;
const script = document.currentScript;
const home = new URL(base, script instanceof HTMLScriptElement && script.src ? script.src : site);

/** What may be a height, in pixels. */
const LEAST = 40;
const MOST = 4000;

class Embed extends HTMLElement {
  static observedAttributes = ["article", "section", "count", "theme", "accent", "compact", "lang"];

  #place = document.createElement("div");
  #frame = document.createElement("iframe");
  #fallback = document.createElement("slot");
  #sizes = new ResizeObserver(() => this.#resize());
  #width = 0;
  /** What the page needs at this width, as it said. */
  #needed = 0;

  constructor() {
    super();
    const frame = this.#frame;
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.setAttribute("loading", "lazy");
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.style.cssText =
      "position:absolute;inset:0;width:100%;height:100%;border:0;visibility:hidden";
    this.#place.style.cssText = "display:block;position:relative";
    this.#place.append(this.#fallback, frame);
    this.attachShadow({ mode: "open" }).append(this.#place);
  }

  connectedCallback() {
    // An element that is moved loads its frame again.
    this.#show(false);
    if (!this.style.display) this.style.display = "block";
    addEventListener("message", this);
    this.#sizes.observe(this);
    this.#load();
  }

  disconnectedCallback() {
    removeEventListener("message", this);
    this.#sizes.disconnect();
    // A frame that comes back with the element loads the address that it had, and Chromium (156) may then
    // never load the one that it gets: lazy loading waits for the first.
    this.#frame.remove();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#load();
  }

  /** @param {MessageEvent} event */
  handleEvent({ source, origin, data }) {
    const known = source && source === this.#frame.contentWindow;
    if (!known || (origin !== "null" && origin !== home.origin)) return;
    if (data?.type !== "broadsheet:height") return;
    const { height } = data;
    if (Number.isInteger(height) && height >= LEAST && height <= MOST) {
      this.#needed = height;
      this.#resize();
    }
    // Chromium may give a frame that is not shown no layout: all its parts are 0 high, and its observer waits.
    this.#show(true);
  }

  /** @param {boolean} shown whether the frame is shown, and not the words inside the element */
  #show(shown) {
    this.#frame.style.visibility = shown ? "" : "hidden";
    this.#fallback.style.display = shown ? "none" : "";
  }

  #load() {
    const page = address(this, home.pathname);
    this.#place.style.height = "";
    this.#needed = 0;
    this.#width = 0;
    if (!page) {
      this.#frame.remove();
      this.#show(false);
      return;
    }
    const url = new URL(page, home);
    // Another page comes in a new window, so that a late message of the page before is nobody's.
    if (this.#frame.src.split("#")[0] !== url.href) {
      this.#frame.remove();
      this.#show(false);
    }
    url.hash = fragment(this);
    this.#frame.title = this.textContent?.trim() || home.host;
    if (this.#frame.src !== url.href) this.#frame.src = url.href;
    if (!this.#frame.parentNode) this.#place.append(this.#frame);
    this.#resize();
  }

  /**
   * Reserves the room that the page is designed for, at once. What is on the screen grows where the
   * page needs more, and never shrinks, so that nothing of the page around moves; below the screen the
   * height follows exactly.
   */
  #resize() {
    if (!this.#frame.parentNode) return;
    const { top, width } = this.#place.getBoundingClientRect();
    // A scroll bar that comes or goes with the height asks for no other height.
    if (Math.abs(width - this.#width) > 32) {
      this.#needed = 0;
      this.#width = width;
    }
    const reserved = estimate(this, width);
    const hidden = this.#needed && top >= innerHeight;
    const height = hidden ? this.#needed : Math.max(reserved, this.#needed);
    this.#place.style.height = `${height}px`;
  }
}

try {
  if (!customElements.get(name)) customElements.define(name, Embed);
} catch (error) {
  console.warn(`<${name}> is not available:`, error);
}
