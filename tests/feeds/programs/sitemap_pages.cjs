// Reads sitemaps with the package sitemap, which takes no element that it does not know, and prints what is in them as
// JSON: {file: [page, ...]}. Of an index the pages are the sitemaps.

const { createReadStream, readFileSync } = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const packages = createRequire(path.join(__dirname, "../../../js/package.json"));
const { ErrorLevel, XMLToSitemapItemStream, parseSitemapIndex } = packages("sitemap");

const read = async (file) => {
  if (readFileSync(file, "utf8").includes("<sitemapindex")) {
    return parseSitemapIndex(createReadStream(file));
  }
  const pages = [];
  const parser = new XMLToSitemapItemStream({ level: ErrorLevel.THROW });
  for await (const page of createReadStream(file).pipe(parser)) pages.push(page);
  return pages;
};

const main = async () => {
  const all = {};
  for (const file of process.argv.slice(2)) all[file] = await read(file);
  console.log(JSON.stringify(all));
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
