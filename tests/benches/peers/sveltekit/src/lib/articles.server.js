import { readFileSync } from 'node:fs';

/** What articles.mjs wrote. It is read while the site is built, never in a browser. */
export const { site, front, sections, articles } = JSON.parse(readFileSync('articles.json', 'utf8'));
