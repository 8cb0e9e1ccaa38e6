// Builds the peers: each in a folder of its own below target/peers, from its sources here, its lock file and one JSON
// file with all articles; and makes their sites alike in what a host decides.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const HERE = import.meta.dirname;
/** The Node.js that runs this, with the npm that came with it, whatever else is on the path. */
const NODE = dirname(process.execPath);
const NPM = [process.execPath, join(NODE, '../lib/node_modules/npm/bin/npm-cli.js')];

/** How each is built, where it has its style sheet and what it copies, where its site is, and which files are named by their hash. */
export const PEERS = {
  hugo: {
    build: [process.env.PEERS_HUGO ?? 'hugo', 'build', '--minify'],
    style: 'assets/style.css',
    data: 'data/articles.json',
    copied: 'static',
    out: 'public',
    hashed: '/style.*',
  },
  astro: {
    build: ['node_modules/.bin/astro', 'build'],
    style: 'src/style.css',
    copied: 'public',
    out: 'dist',
    hashed: '/_astro/*',
  },
  sveltekit: {
    build: ['node_modules/.bin/vite', 'build'],
    style: 'src/lib/style.css',
    copied: 'static',
    out: 'build',
    hashed: '/_app/immutable/*',
  },
  next: {
    build: ['node_modules/.bin/next', 'build'],
    style: 'app/style.css',
    copied: 'public',
    out: 'out',
    hashed: '/_next/static/*',
  },
};

const PICTURES = /\.(?:avif|gif|jpe?g|png|svg|webp)$/;
const COMPRESSIBLE = /\.(?:css|html|js|json|mjs|svg|txt|wasm|xml)$/;

/** Runs a program; what it says is shown if it fails. */
export function run(command, folder, env = {}, fine = [0]) {
  const [program, ...rest] = command;
  const environment = { ...process.env, PATH: `${NODE}:${process.env.PATH}`, ...env };
  const done = spawnSync(program, rest, { cwd: folder, env: environment, encoding: 'utf8' });
  if (fine.includes(done.status)) return done.stdout;
  const why = done.error?.message ?? `exit code ${done.status}`;
  throw new Error(`${command.join(' ')}: ${why}\n${done.stdout ?? ''}${done.stderr ?? ''}`);
}

/** Installs what the lock file of a folder here pins into its folder below target/peers. */
export function install(name, work, say) {
  const source = join(HERE, name);
  const lock = 'package-lock.json';
  if (!existsSync(join(source, lock))) return;
  const installed = join(work, 'installed-lock.json');
  const wanted = readFileSync(join(source, lock));
  if (existsSync(installed) && wanted.equals(readFileSync(installed))) return;
  mkdirSync(work, { recursive: true });
  for (const file of ['package.json', lock]) cpSync(join(source, file), join(work, file));
  say(`Installing ${name}, pinned by its lock file (up to a minute, once)`);
  try {
    run([...NPM, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], work);
  } catch (error) {
    throw new Error(`${name} cannot be installed: is the package registry reachable?\n${error.message}`);
  }
  writeFileSync(installed, wanted);
}

function files(folder) {
  return readdirSync(folder, { recursive: true }).filter((it) => statSync(join(folder, it)).isFile());
}

/** As `press build --precompress` does it, so that all sites are sent alike. */
function precompress(folder) {
  for (const file of files(folder).filter((it) => COMPRESSIBLE.test(it))) {
    const bytes = readFileSync(join(folder, file));
    if (bytes.length < 1000) continue;
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const small = brotliCompressSync(bytes, { params });
    if (small.length < bytes.length) writeFileSync(join(folder, `${file}.br`), small);
  }
}

/** Builds a peer. `ours` is the site of the press: the pictures are the same files. */
export function build(name, { work, articles, ours, out, say }) {
  const { build: command, style, data = 'articles.json', copied, out: built, hashed } = PEERS[name];
  mkdirSync(work, { recursive: true });
  install(name, work, say);
  cpSync(join(HERE, name), work, { recursive: true });
  for (const [from, to] of [[join(HERE, 'style.css'), style], [articles, data]]) {
    mkdirSync(dirname(join(work, to)), { recursive: true });
    cpSync(from, join(work, to));
  }
  rmSync(join(work, built), { recursive: true, force: true });
  rmSync(join(work, copied), { recursive: true, force: true });
  for (const file of files(ours).filter((it) => PICTURES.test(it) && !it.startsWith('icons'))) {
    mkdirSync(dirname(join(work, copied, file)), { recursive: true });
    cpSync(join(ours, file), join(work, copied, file));
  }
  say(`Building ${name}`);
  const start = performance.now();
  run(command, work, { ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' });
  say(`Built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  rmSync(out, { recursive: true, force: true });
  cpSync(join(work, built), out, { recursive: true });
  writeFileSync(join(out, '_headers'), `${hashed}\n  Cache-Control: public, max-age=31536000, immutable\n`);
  precompress(out);
}
