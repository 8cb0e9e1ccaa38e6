// Sound and films of the newspaper: kept with an article that is saved, and answered in ranges. Nothing else of them is
// ever kept: what is only played may be larger than all the rest.

import { isOf, picturesOf } from "./pages.js";
import { localPath } from "./paths.js";

/** @typedef {import("../protocol").StoreName} StoreName */

/** A larger file is not kept with an article, in bytes. */
export const LARGEST_MEDIA = 50e6;

/** Whether an answer is a part of an article. @param {Response} answer */
export const isPart = (answer) => ["image/", "audio/", "video/"].some((it) => isOf(answer, it));

/**
 * The paths of what belongs to an article in a store.
 * @param {StoreName} store
 * @param {import("./pages.js").Feed} feed
 */
export function partsOf(store, feed) {
  const html = (store === "saved" && feed.items[0]?.content_html) || "";
  const found = html.matchAll(/(?:<audio[^>]* src|data-player="video"><a href)="([^"]+)"/g);
  const paths = [...found].map(([, url = ""]) => localPath(url.replaceAll("&amp;", "&")) || "");
  return [...new Set([...picturesOf(feed), ...paths])].filter((it) => it);
}

/**
 * Sound or a film: of the copy the range that is asked for, else what the newspaper answers.
 * @param {Request} request
 * @param {string} path
 */
export async function answerMedia(request, path) {
  const kept = await caches.match(path);
  return kept ? part(await kept.blob(), request.headers.get("range")) : fetch(request);
}

/**
 * A part of a body (RFC 9110, "Range Requests"). Browsers ask for one range, and play nothing that cannot be asked for so.
 * @param {Blob} body
 * @param {string | null} range
 */
function part(body, range) {
  const { size, type } = body;
  /** @type {Record<string, string>} */
  const headers = { "accept-ranges": "bytes", "content-type": type };
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range || "") || [];
  if (!from && !to) return new Response(body, { headers });
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (start > end) {
    headers["content-range"] = `bytes */${size}`;
    return new Response(null, { status: 416, headers });
  }
  headers["content-range"] = `bytes ${start}-${end}/${size}`;
  headers["content-length"] = String(end - start + 1);
  return new Response(body.slice(start, end + 1, type), { status: 206, headers });
}
