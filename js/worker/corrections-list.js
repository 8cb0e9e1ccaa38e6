// The list of corrections: what the newspaper said last of articles that were wrong. It holds for
// whatever is put into a store afterwards, because an answer that was on its way may be older.

import { base } from "./build.js";
import * as index from "./index.js";
import { localPage } from "./paths.js";

/** @typedef {import("./pages.js").Page} Page */
/** @typedef {import("./pages.js").Feed} Feed */
/** @typedef {import("./pages.js").FeedItem} FeedItem */
/** @typedef {{ path: string, revision: string, item: FeedItem }} Correction */

const NAME = "corrections";

/**
 * Reads the feed of corrections and notes it.
 * @param {Feed} feed
 * @returns {Promise<Correction[]>}
 */
export async function noteCorrections(feed) {
  const corrections = feed.items.flatMap((item) => {
    const path = localPage(item.url);
    return path ? [{ path, revision: item._broadsheet.revision || "", item }] : [];
  });
  await index.setMeta(NAME, corrections);
  return corrections;
}

/** @param {Correction} correction */
export const isWithdrawal = ({ item }) => item._broadsheet.withdrawn !== undefined;

/**
 * The page of an article that was withdrawn, made from what the feed of corrections says, so that
 * the text goes even where the page itself cannot be had.
 * @param {Correction} correction
 * @returns {Page}
 */
export function withdrawnPage({ path, revision, item }) {
  const { revision: _, ...extension } = item._broadsheet;
  /** @type {Feed & Record<string, unknown>} */
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: item.title,
    home_page_url: item.url,
    feed_url: `${item.url}index.json`,
    language: item.language || "",
    items: [{ ...item, _broadsheet: extension }],
    _broadsheet: { kind: "article", section: extension.section, revision },
  };
  return { path, text: JSON.stringify(feed), type: "application/json", feed };
}

/**
 * The page that takes the place of a text which the newspaper is known to have withdrawn.
 * @param {Page} page
 * @returns {Promise<Page | undefined>}
 */
export async function withdrawalOf(page) {
  if (page.feed.items[0]?._broadsheet.withdrawn !== undefined) return undefined;
  if (page.feed._broadsheet.kind !== "article") return undefined;
  /** @type {Correction[]} */
  const corrections = (await index.meta(NAME)) || [];
  const found = corrections.find((it) => it.path === page.path && isWithdrawal(it));
  return found && withdrawnPage(found);
}

/** The path of the feed of corrections. */
export const CORRECTIONS = `${base}corrections.json`;
