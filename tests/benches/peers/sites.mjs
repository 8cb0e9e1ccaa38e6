// What is compared: the sites, each with its host, and which links are clicked in them.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { read } from './articles.mjs';
import { PEERS, build, run } from './build.mjs';
import { made } from './made.mjs';

const IN_ONE_PAGE = 21;
/** Letters of HTML. An article that is shorter is little more than a link. */
const WORTH_READING = 3000;

export const OURS = 'Broadsheet';
/** The same pages without what runs: what the app costs when a page is opened is the difference. */
export const WITHOUT_SCRIPTS = 'without scripts';

/** A folder that is served by a process of its own. */
export class Host {
  constructor(folder, port, options) {
    this.folder = folder;
    this.options = options;
    this.port = port;
    this.origin = `http://localhost:${port}`;
  }

  async start() {
    const program = join(import.meta.dirname, 'host.mjs');
    const command = [program, this.folder, String(this.port), ...this.options];
    this.process = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] });
    while (!(await fetch(this.origin).then((it) => it.ok, () => false))) {
      if (this.process.exitCode !== null) throw new Error(`the host of ${this.folder} ended`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async stop() {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((done) => this.process.once('exit', done));
    this.process.kill('SIGKILL');
    await gone;
  }
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Prints the edition with the press, builds the peers from what it printed, and answers the articles and the hosts. */
export async function prepare({ press, edition, work, say }) {
  const folder = join(work, 'sites');
  const ours = join(folder, OURS);
  const articles = join(work, 'articles.json');
  mkdirSync(folder, { recursive: true });
  if (!edition) made(join(work, 'made'));
  say('Printing with the press');
  // Code 1: printed without the articles that it names, which then no other site has either.
  run([press, 'build', edition || join(work, 'made'), '--out', ours, '--precompress', '--keep-going'], '.', {}, [0, 1]);
  const all = read(ours);
  writeFileSync(articles, JSON.stringify(all, null, 1));
  const hosts = [[OURS, new Host(ours, await freePort(), [])]];
  for (const name of Object.keys(PEERS)) {
    build(name, { work: join(work, name), articles, ours, out: join(folder, name), say });
    hosts.push([name, new Host(join(folder, name), await freePort(), [])]);
  }
  hosts.push([WITHOUT_SCRIPTS, new Host(ours, await freePort(), ['--without-scripts'])]);
  return { all, hosts };
}

/** Which links are clicked: from the front page, from an article to one of its related news, and one after the other. */
export function choose({ front, articles }, clicked) {
  const of = new Map(articles.map((it) => [it.url, it]));
  const worth = (it) => it.body.length >= WORTH_READING;
  // Those worth reading come first; both parts keep their order.
  const found = (cards) => {
    const found = cards.map((it) => of.get(it.url)).filter((it) => it);
    return [...found.filter(worth), ...found.filter((it) => !worth(it))];
  };
  const pairs = found(front.cards)
    .slice(0, clicked)
    .map((from) => ({ from, to: found(from.related)[0] }))
    .filter(({ to }) => to);
  if (pairs.length === 0) throw new Error('the front page has no article with related news: nothing can be clicked');
  const chain = [pairs[0].from];
  while (chain.length < IN_ONE_PAGE) {
    const next = found(chain.at(-1).related).find((it) => !chain.includes(it));
    if (!next) break;
    chain.push(next);
  }
  return { pairs, chain };
}
