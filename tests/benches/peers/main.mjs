// Measures this project beside its peers: the same articles, the same host, the same browser, sites taking turns.
// `make bench-peers` says by environment with what; see tests/README.md.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { Chromium } from './chromium.mjs';
import { click, watch } from './clicks.mjs';
import { simulate } from './lighthouse.mjs';
import { load, opensAgain } from './loads.mjs';
import { WITHOUT_SCRIPTS, choose, prepare } from './sites.mjs';
import { report } from './table.mjs';

const { PRESS, CHROMIUM, PEERS_EDITION, PEERS_WORK } = process.env;
const RUNS = Number(process.env.PEERS_RUNS || 5);
const CLICKED = Number(process.env.PEERS_CLICKED || 9);
const SLOWER = 4;
/** How a link is clicked, and how much slower the processor is. */
const CLICKS = [['hover', SLOWER], ['no hover', SLOWER], ['touch', SLOWER], ['hover', 1]];

const say = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Does something in a browser that knows nothing of the site: no cache, no service worker. */
async function fresh(browser, work) {
  const context = await browser.context();
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** Clicks one link after the other in a page that was just opened. */
function clicks(browser, host, from, articles, input, slower) {
  return fresh(browser, async (context) => {
    const page = await context.page();
    await watch(page);
    await page.slow(slower);
    await page.goto(host.origin + from);
    const times = [];
    for (const article of articles) {
      await page.rest();
      times.push(await click(page, article, input));
    }
    await page.close();
    return times;
  });
}

/** Takes all figures of one run, by site; calls `keep` after each part. */
async function measure(browser, hosts, { pairs, chain }, results, keep) {
  const note = (name, what, values) => (results[name][what] ??= []).push(...values);
  const [{ from: article }] = pairs;
  const apps = hosts.filter(([name]) => name !== WITHOUT_SCRIPTS);

  say(`Opening pages ${RUNS} times`);
  for (let turn = 0; turn < RUNS; turn++) {
    for (const [what, path] of [['front', '/'], ['article', article.url]]) {
      for (const [name, host] of hosts) {
        note(name, `load ${what}`, [await fresh(browser, (context) => load(context, host.origin + path, SLOWER))]);
      }
    }
  }
  keep();
  say('Opening a page without its server');
  for (const [name, host] of apps) {
    const read = { url: host.origin + article.url, title: article.title };
    results[name].again = await fresh(browser, (context) => opensAgain(context, read, () => host.stop()));
    await host.start();
  }
  say(`${chain.length} clicks in one page`);
  for (const [name, host] of apps) {
    const [first, ...warm] = await clicks(browser, host, '/', chain, 'hover', SLOWER);
    note(name, 'chain first', [first]);
    note(name, 'chain warm', warm);
  }
  keep();
  for (const [input, slower] of CLICKS) {
    say(`First clicks, processor slowed ${slower} times: ${input}`);
    for (const { from, to } of pairs) {
      for (const [name, host] of apps) {
        note(name, `front ${input} ${slower}`, await clicks(browser, host, '/', [from], input, slower));
        note(name, `article ${input} ${slower}`, await clicks(browser, host, from.url, [to], input, slower));
      }
    }
    keep();
  }
}

async function main() {
  const { all, hosts } = await prepare({ press: PRESS, edition: PEERS_EDITION, work: PEERS_WORK, say });
  const chosen = choose(all, CLICKED);
  const browser = new Chromium(CHROMIUM);
  const { product } = await browser.send('Browser.getVersion');
  const started = new Date().toISOString();
  const results = Object.fromEntries(hosts.map(([name]) => [name, {}]));
  const about = { product, slower: SLOWER, articles: all.articles.length, clicked: chosen.pairs.length, date: started.slice(0, 16) };
  const file = join(PEERS_WORK, `results-${started.replace(/[:.]/g, '-')}.json`);
  const keep = () => writeFileSync(file, JSON.stringify({ about: { ...about, load: loadavg()[2] }, results }));
  try {
    await Promise.all(hosts.map(([, host]) => host.start()));
    await measure(browser, hosts, chosen, results, keep);
    await browser.close();
    say(`Lighthouse, ${RUNS} times`);
    const pages = hosts.map(([, host]) => host.origin + chosen.pairs[0].from.url);
    const simulated = simulate(pages, { work: PEERS_WORK, chromium: CHROMIUM, runs: RUNS, say });
    hosts.forEach(([name], at) => (results[name].simulated = simulated[at]));
    keep();
  } finally {
    await Promise.all([browser.close(), ...hosts.map(([, host]) => host.stop())]);
  }
  console.log(report([{ about: { ...about, load: loadavg()[2] }, results }]));
  say(`Kept as ${file}; table.mjs makes one table of several`);
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
