// Paints and blocking time as Lighthouse simulates them for a phone, whose processor and network are slow.
import { join } from 'node:path';
import { install, run } from './build.mjs';
import { median } from './table.mjs';

const AUDITS = { first: 'first-contentful-paint', largest: 'largest-contentful-paint', blocking: 'total-blocking-time' };
const FLAGS = '--headless=new --no-sandbox --disable-background-networking --disable-component-update';

/** Measures some pages in turns, and answers the medians of each. */
export function simulate(pages, { work, chromium, runs, say }) {
  const folder = join(work, 'lighthouse');
  install('lighthouse', folder, say);
  const all = pages.map(() => []);
  for (let turn = 0; turn < runs; turn++) {
    pages.forEach((url, at) => {
      const program = [process.execPath, 'node_modules/lighthouse/cli/index.js', url];
      const options = ['--quiet', '--no-enable-error-reporting', '--output=json', `--chrome-flags=${FLAGS}`];
      const only = `--only-audits=${Object.values(AUDITS).join(',')}`;
      const { audits } = JSON.parse(run([...program, ...options, only], folder, { CHROME_PATH: chromium }));
      all[at].push(audits);
    });
  }
  const value = (audits, audit) => audits[audit].numericValue;
  return all.map((runs) =>
    Object.fromEntries(
      Object.entries(AUDITS).map(([name, audit]) => [name, median(runs.map((audits) => value(audits, audit)))]),
    ),
  );
}
