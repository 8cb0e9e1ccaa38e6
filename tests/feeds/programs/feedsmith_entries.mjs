// Reads feeds with feedsmith and prints their entries as JSON: {file: [entry, ...]}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../js/package.json", import.meta.url));
const { parseFeed } = require("feedsmith");

const rss = (it) => ({
  id: it.guid?.value,
  link: it.link,
  title: it.title,
  html: it.content?.encoded,
  authors: it.dc?.creators ?? [],
  tags: (it.categories ?? []).map((category) => category.name),
  published: it.pubDate,
  updated: it.atom?.updated,
  enclosures: (it.enclosures ?? []).map((file) => [file.url, file.type, file.length]),
});

const links = (it, rel) => (it.links ?? []).filter((link) => link.rel === rel);

const atom = (it) => ({
  id: it.id,
  link: links(it, "alternate")[0]?.href,
  title: it.title?.value,
  html: it.content?.value,
  authors: (it.authors ?? []).map((author) => author.name),
  tags: (it.categories ?? []).map((category) => category.label ?? category.term),
  published: it.published,
  updated: it.updated,
  enclosures: links(it, "enclosure").map((file) => [file.href, file.type, file.length]),
});

const read = (file) => {
  const { format, feed } = parseFeed(readFileSync(file, "utf8"));
  return format === "rss" ? (feed.items ?? []).map(rss) : (feed.entries ?? []).map(atom);
};

console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((file) => [file, read(file)]))));
