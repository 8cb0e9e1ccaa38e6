// Documents made from copies: what a navigation gets where the newspaper cannot be reached.
//
// A document of this build is answered as it was kept. Data, and documents of older builds, are put
// into the frame of this build (the offline page, which has everything but the text), as text that
// can be read before the app prints the page anew.

import * as bodies from "./bodies.js";
import { base, build, pageWord } from "./build.js";
import { isArticle, isOf, inlined, parse } from "./pages.js";
import { localPath } from "./paths.js";
import { shellFile } from "./shell.js";

/** @typedef {import("./pages.js").Feed} Feed */
/** @typedef {import("./pages.js").FeedItem} FeedItem */
/** @typedef {{ title: string, tagline?: string, language: string }} Site */

/** The page that says that there is no network. */
export const OFFLINE_PAGE = `${base}offline/`;

/** @param {string} text */
const escaped = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/**
 * The document of a copy. It says when that was kept (`data-kept`), and whether its HTML is not what
 * the app would print (`data-remade`).
 * @param {Response} body
 */
export async function documentOf(body) {
  const text = await body.text();
  const type = body.headers.get("content-type") || "";
  const kept = ` data-kept="${escaped(bodies.keptAt(body))}"`;
  const ofThisBuild = isOf(body, "html") && text.includes(`data-build="${build}"`);
  if (ofThisBuild) return answer(mark(text, kept));
  const frame = await (await shellFile(OFFLINE_PAGE))?.text();
  /** @type {Feed} */
  let feed;
  try {
    feed = parse(text, type);
  } catch (error) {
    // A document whose data cannot be read can still be read itself.
    if (isOf(body, "html")) return answer(mark(text, kept));
    throw error;
  }
  if (frame) return answer(mark(fill(frame, feed, text, type), `${kept} data-remade`));
  // The shell is not complete: the text without the app.
  const language = escaped(feed.language || "");
  return answer(
    `<!doctype html><html lang="${language}"${kept}><meta charset="utf-8"><title>${escaped(feed.title)}</title>${mainOf(feed)}`,
  );
}

/** @param {string} html @param {string} attributes */
const mark = (html, attributes) => html.replace("<html", () => `<html${attributes}`);

/** @param {string} html */
const answer = (html) =>
  new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });

/**
 * @param {string} frame
 * @param {Feed} feed
 * @param {string} text
 * @param {string} type
 */
function fill(frame, feed, text, type) {
  const json = type.includes("json") ? text.replaceAll("<", "\\u003c") : inlined(text) || "";
  /** @type {Site} */
  const site = JSON.parse(
    / id="app-site-data">([^<]*)</.exec(frame)?.[1] || '{"title":"","language":""}',
  );
  const title = titleOf(feed, site);
  return frame
    .replace(/(<html lang=")[^"]*/, (_, start) => start + escaped(feed.language || site.language))
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(/<meta name="robots"[^>]*>\n?/, "")
    .replace(/( id="app-page-data">)[^<]*/, (_, start) => start + json)
    .replace(/(<main[^>]*>)[\s\S]*?(?=<\/main>)/, (_, start) => start + mainOf(feed));
}

/**
 * The text of `<title>`, as `document_title` in src/app.rs has it.
 * @param {Feed} feed
 * @param {Site} site
 */
function titleOf(feed, site) {
  const { kind, page } = feed._broadsheet;
  const number = page === undefined ? "" : ` – ${pageWord}${page}`;
  if (kind === "front" && page === undefined) {
    return feed.title + (site.tagline ? ` – ${site.tagline}` : "");
  }
  return feed.title + number + (feed.title === site.title ? "" : ` – ${site.title}`);
}

/** What the page says, in the classes of src/components/. @param {Feed} feed */
function mainOf(feed) {
  const [article] = feed.items;
  if (!isArticle(feed) || !article)
    return `<div class="list">${heading(feed.title, "list__heading")}${list(feed.items, "h2")}</div>`;
  const related = feed._broadsheet.related || [];
  return (
    articleOf(article) +
    (related.length ? `<aside class="related">${list(related, "h3")}</aside>` : "")
  );
}

/** @param {string} text @param {string} style */
const heading = (text, style) =>
  `<h1 id="app-heading" class="${style}" tabindex="-1">${escaped(text)}</h1>`;

/** @param {FeedItem} item */
const inLanguage = ({ language, _broadsheet: { direction } }) =>
  (language ? ` lang="${escaped(language)}"` : "") +
  (direction ? ` dir="${escaped(direction)}"` : "");

/** @param {FeedItem} item */
function articleOf(item) {
  const { withdrawn, corrected, picture, picture_in_body: inBody } = item._broadsheet;
  const note = withdrawn ?? corrected;
  const src = item.image && !inBody && picture && localPath(item.image);
  return [
    `<article class="article"${inLanguage(item)}><header class="article__head">`,
    heading(item.title, "article__title"),
    item.summary ? `<p class="article__lede">${escaped(item.summary)}</p>` : "",
    note ? `<p class="article__note">${escaped(note)}</p>` : "",
    "</header>",
    src
      ? `<figure class="article__picture"><img src="${escaped(src)}" width="${picture.width}" height="${picture.height}" alt="${escaped(picture.alt || "")}"></figure>`
      : "",
    // HTML that the sanitizer of the press let through, as the app shows it.
    `<div class="prose">${item.content_html || ""}</div></article>`,
  ].join("");
}

/** @param {FeedItem[]} items @param {string} level */
function list(items, level) {
  const cards = items.map((item) => {
    const { url, title } = item;
    const link = `<a href="${escaped(localPath(url) || url)}">${escaped(title)}</a>`;
    return `<li class="card"${inLanguage(item)}><div class="card__text"><${level} class="card__title">${link}</${level}></div></li>`;
  });
  return `<ul class="cards">${cards.join("")}</ul>`;
}
