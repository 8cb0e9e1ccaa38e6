// The table of one run or several, in Markdown: medians, a column for each site.
//
//   node table.mjs RESULTS...
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kB = (bytes) => (bytes > 0 ? (bytes / 1000).toFixed(1) : '–');
const ms = (value) => (Number.isFinite(value) ? value.toFixed(0) : '–');

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Each row: what it is, its value in one run of one site, and how it is written. */
function rows(slower) {
  const rows = [];
  const row = (what, value, write = ms) => rows.push({ what, value, write });
  const sum = ({ bytes }) => Object.values(bytes).reduce((sum, it) => sum + it, 0);
  for (const page of ['front', 'article']) {
    const of = (pick) => (site) => median((site[`load ${page}`] ?? []).map(pick));
    for (const kind of ['html', 'css', 'js', 'wasm', 'data', 'picture']) {
      row(`${page}: ${kind}, kB`, of(({ bytes }) => bytes[kind] ?? 0), kB);
    }
    row(`${page}: all, kB`, of(sum), kB);
    row(`${page}: requests`, of((it) => it.requests));
    row(`${page}: first paint, ms`, of((it) => it.first));
    row(`${page}: largest paint, ms`, of((it) => it.largest));
    row(`${page}: blocking time, ms`, of((it) => it.blocking));
  }
  row('Lighthouse: first paint, ms', (site) => site.simulated?.first);
  row('Lighthouse: largest paint, ms', (site) => site.simulated?.largest);
  row('Lighthouse: blocking time, ms', (site) => site.simulated?.blocking);
  for (const [input, speed, words] of [
    ['hover', slower, 'hovered'],
    ['no hover', slower, 'not hovered'],
    ['touch', slower, 'touched'],
    ['hover', 1, 'hovered, processor not slowed'],
  ]) {
    for (const from of ['front', 'article']) {
      row(`click, ${from} to article, ${words}, ms`, (site) => median(site[`${from} ${input} ${speed}`] ?? []));
    }
  }
  row('clicks in one page: the first, ms', (site) => median(site['chain first'] ?? []));
  row('… the others, median, ms', (site) => median(site['chain warm'] ?? []));
  row('… the others, slowest, ms', (site) => Math.max(...(site['chain warm'] ?? [])));
  row('opens again without its server', (site) => site.again, (value) => ['no', 'yes'][value] ?? '–');
  return rows;
}

/** One table of some runs, each a median already: the median of them. */
export function report(runs) {
  const [{ about, results }] = runs;
  const names = Object.keys(results);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const known = (value) => value !== undefined && !Number.isNaN(value);
  const cell = ({ value, write }, name) => write(median(runs.map((run) => value(run.results[name])).filter(known).map(Number)));
  const dates = runs.map((run) => `${run.about.date} UTC (load ${run.about.load.toFixed(1)})`).join(', ');
  return [
    `${about.product}, 360 pixels wide, processor slowed ${about.slower} times, ${about.articles} articles, ${about.clicked} clicked; ${dates}`,
    '',
    line(['', ...names]),
    line(['---', ...names.map(() => '---:')]),
    ...rows(about.slower).map((row) => line([row.what, ...names.map((name) => cell(row, name))])),
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(report(process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))));
}
