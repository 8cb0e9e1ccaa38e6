// Pages: what the newspaper answers is read, and refused unless it is the page that was asked for.

import { TaskError } from "./errors.js";
import { canonical, localPage, localPath } from "./paths.js";

/**
 * The data of a page, as far as the worker looks into it (src/contract/feed.rs).
 * @typedef {object} Feed
 * @property {string} title
 * @property {string} home_page_url
 * @property {string} [language]
 * @property {FeedItem[]} items
 * @property {{ kind: string, section?: string, page?: number, revision?: string, related?: FeedItem[] }} _broadsheet
 */

/**
 * An article of it.
 * @typedef {import("../protocol").Item & {
 *   summary?: string, content_html?: string, content_text?: string, image?: string,
 *   _broadsheet: { revision?: string, picture?: { width: number, height: number, alt?: string, formats?: string }, picture_in_body?: boolean },
 * }} FeedItem
 */

/**
 * A page as it is kept: its canonical path, its text (a document or data), and what that says.
 * @typedef {{ path: string, text: string, type: string, feed: Feed }} Page
 */

const KINDS = ["front", "section", "article"];

/** @param {Response} answer @param {string} type a part of the content type */
export const isOf = (answer, type) => (answer.headers.get("content-type") || "").includes(type);

/**
 * The data that is inlined in a document, as text. Documents of builds before the ids of the app
 * had a prefix are read too.
 * @param {string} html
 */
export const inlined = (html) => / id="(?:app-)?page-data">([^<]*)</.exec(html)?.[1];

/**
 * The data of a page of either form.
 * @param {string} text
 * @param {string} type its content type
 * @returns {Feed}
 */
export function parse(text, type) {
  try {
    const feed = JSON.parse(type.includes("json") ? text : inlined(text) || "");
    if (feed._broadsheet.kind && Array.isArray(feed.items)) return feed;
  } catch {
    // Not JSON, or of another shape: said below.
  }
  throw new TaskError("unreadable", "no data of a page");
}

/**
 * Reads the newspaper's answer for a page.
 *
 * A captive portal answers everything with its own HTML and 200, a broken connection with half of
 * it, a misconfigured host with the front page: only the page at `path` is taken. An answer that was
 * redirected is the page where the host only took the slash away.
 * @param {Response} answer
 * @param {"html" | "json"} type
 * @param {string} path
 * @returns {Promise<Page>}
 */
export async function readPage(answer, type, path) {
  if (answer.status === 404 || answer.status === 410) throw new TaskError("gone", path);
  if (!answer.ok) throw new TaskError("server", `${answer.status} for ${path}`);
  const moved = answer.redirected && canonical(new URL(answer.url).pathname) !== path;
  if (moved || !isOf(answer, type)) throw new TaskError("unreadable", path);
  const text = await answer.text();
  const page = pageOf(path, text, answer.headers.get("content-type") || "");
  const { kind } = page.feed._broadsheet;
  if (!KINDS.includes(kind) || localPage(page.feed.home_page_url) !== path) {
    throw new TaskError(kind === "missing" ? "gone" : "unreadable", path);
  }
  return page;
}

/**
 * A page from its text.
 * @param {string} path
 * @param {string} text
 * @param {string} type
 * @returns {Page}
 */
export const pageOf = (path, text, type) => ({ path, text, type, feed: parse(text, type) });

/** @param {Feed} feed */
export const isArticle = (feed) => feed._broadsheet.kind === "article" && !!feed.items[0];

/**
 * An article as lists have it.
 * @param {Feed} feed
 * @returns {FeedItem | undefined}
 */
export function listed(feed) {
  const [item] = feed.items;
  return item && { ...item, content_html: undefined };
}

/**
 * The width of a picture that is kept (`KEPT` of src/pictures.rs): one file is there for every screen.
 */
const KEPT = 1000;

/**
 * The paths of an article's own pictures, each at one width.
 * @param {Feed} feed
 */
export function picturesOf({ items: [item] }) {
  const html = item?.content_html || "";
  const found = html.matchAll(/(?:srcset="([^"]+)"[^>]*>)?<img[^>]* src="([^"]+)"/g);
  const sources = [...found].map(([, set, src]) => {
    const all = set?.split(", ").map((it) => it.split(" ")) || [];
    const [path] = all.find(([, width]) => Number.parseInt(width || "", 10) >= KEPT) ||
      all.at(-1) || [src];
    return (path || "").replaceAll("&amp;", "&");
  });
  const { formats, width = 0 } = item?._broadsheet.picture || {};
  const lead = item?.image || "";
  // The widths of src/pictures.rs: those that are an eighth narrower than the widest, and that.
  const kept = width > KEPT * 1.125 ? KEPT : width;
  const image = formats ? lead.replace(/(\.\w+)\.\w+$/, `-${kept}$1.webp`) : lead;
  const paths = [image, ...sources].map((it) => (it && localPath(it)) || "");
  return [...new Set(paths)].filter((it) => it !== "");
}
