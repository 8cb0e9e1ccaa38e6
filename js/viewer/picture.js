// A picture of the page, as the viewer shows it: the same files, chosen for another width; its words.

/**
 * @typedef {object} Picture
 * @property {HTMLElement} shown a `<picture>` or an `<img>`
 * @property {HTMLImageElement} image
 * @property {number} width of the widest file, in pixels
 * @property {number} ratio of width to height
 * @property {string} caption
 * @property {string} credit
 * @property {HTMLElement | null} language the element that says in which language the words are
 */

/**
 * The widest candidate of a `srcset`: its address and its width.
 * @param {string} set
 */
function widest(set) {
  const [src = "", width = ""] = (set.split(", ").at(-1) || "").split(" ");
  return { src, width: parseInt(width, 10) || 0 };
}

/** @param {HTMLAnchorElement} link */
export function pictureOf(link) {
  const small = link.querySelector("img");
  const known = Number(small?.getAttribute("width")) || small?.naturalWidth || 1;
  const ratio = known / (Number(small?.getAttribute("height")) || small?.naturalHeight || 1);
  const image = document.createElement("img");
  image.alt = small?.alt || "";
  image.draggable = false;
  const tint = small?.dataset.tint;
  if (tint) image.dataset.tint = tint;
  const sources = [...link.querySelectorAll("source")];
  // An author's own link may lead to another picture.
  const same = sources.some((source) => widest(source.srcset).src === link.getAttribute("href"));
  const files = same ? sources.map((it) => /** @type {HTMLSourceElement} */ (it.cloneNode())) : [];
  const shown = files.length ? document.createElement("picture") : image;
  if (files.length) shown.append(...files, image);
  const { caption, credit } = wordsOf(link);
  // Without a network the worker has one width of what was saved; else what is seen already.
  const stages = [link.href, small?.currentSrc || ""].filter((it) => it);
  if (files.length) stages.shift();
  image.addEventListener("error", () => {
    const next = stages.shift();
    for (const file of files.splice(0)) file.remove();
    if (next) image.src = next;
  });
  image.src = (files.length ? small?.src : stages.shift()) || link.href;
  const svg = /\.svg$/.test(link.pathname);
  const width = svg ? 1e4 : Math.max(known, ...files.map((it) => widest(it.srcset).width));
  /** @type {HTMLElement | null} */
  const language = link.closest("[lang]");
  return { shown, image, width, ratio, caption, credit, language };
}

/**
 * The caption and the credit, which is the small print in it. A picture of a gallery without words of its own has
 * those of the gallery.
 * @param {HTMLAnchorElement} link
 */
function wordsOf(link) {
  for (let figure = link.closest("figure"); figure; ) {
    const words = figure.querySelector(":scope > figcaption");
    if (words?.textContent?.trim()) {
      const copy = /** @type {Element} */ (words.cloneNode(true));
      const credits = [...copy.querySelectorAll("small, .credit")];
      const credit = credits.map((it) => it.textContent?.trim()).join(" ");
      for (const it of [...credits, ...copy.querySelectorAll("[role=doc-noteref]")]) it.remove();
      return { caption: copy.textContent?.trim() || "", credit };
    }
    figure = figure.parentElement?.closest("figure") || null;
  }
  return { caption: "", credit: "" };
}
