// Paths: the one place that takes addresses of pages apart. The rules are those of src/urls.rs.

import { base, site } from "./build.js";
import { worker } from "./scope.js";

const DATA = "index.json";

/**
 * The canonical path of a page: `index.html` cut off, a slash at the end. Undefined for a file, and
 * for what lies outside the site. A host may take the slash away, a link may lack it.
 * @param {string} path without query
 */
export function canonical(path) {
  const short = path.replace(/(?<=\/)index\.html$/, "");
  if (`${short}/` === base) return base;
  if (!short.startsWith(base)) return undefined;
  const last = short.slice(short.lastIndexOf("/") + 1);
  if (!last) return short;
  return last.includes(".") ? undefined : `${short}/`;
}

/**
 * The page whose data is at this path, if it is that of data.
 * @param {string} path
 */
export function pageOfData(path) {
  return path.startsWith(base) && path.endsWith(`/${DATA}`)
    ? path.slice(0, -DATA.length)
    : undefined;
}

/**
 * The path of a page or file of this newspaper: from an absolute URL below the address that it is
 * published at, or from one of the origin that serves it (a mirror, a preview). Undefined for what
 * belongs to somebody else.
 * @param {string} url
 */
export function localPath(url) {
  const local = url.startsWith(site) ? base + url.slice(site.length) : url;
  const parsed = URL.canParse(local, worker.location.href)
    ? new URL(local, worker.location.href)
    : undefined;
  const ours = parsed?.origin === worker.location.origin && parsed.pathname.startsWith(base);
  return ours ? parsed.pathname : undefined;
}

/**
 * The canonical path of a page, from a URL. Undefined where it is no page of this newspaper.
 * @param {string} url
 */
export function localPage(url) {
  const path = localPath(url);
  return path && canonical(path);
}
