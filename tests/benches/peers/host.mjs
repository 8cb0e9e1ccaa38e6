// A host for all sites alike, as a CDN is one: files, compressed ones that lie beside them, entity tags, and the headers
// of the site's `_headers`. `press serve` is none for them: it hides names that begin with `_`, which others print.
//
//   node host.mjs FOLDER PORT [--without-scripts]
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const [, , folder, port, option] = process.argv;

/** Scripts that run, not those that hold data. */
const SCRIPTS = /<script(?![^>]*\bjson")[^>]*>.*?<\/script>/gs;

const TYPES = {
  '.avif': 'image/avif', '.css': 'text/css', '.gif': 'image/gif', '.html': 'text/html; charset=utf-8', '.jpg': 'image/jpeg',
  '.js': 'text/javascript', '.json': 'application/json', '.mjs': 'text/javascript', '.png': 'image/png',
  '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm', '.webp': 'image/webp',
  '.webmanifest': 'application/manifest+json', '.xml': 'application/xml',
};

/** The rules of `_headers` (Netlify and Cloudflare Pages): a pattern of paths, then indented headers. */
function rules() {
  const file = join(folder, '_headers');
  const rules = [];
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const [name, ...value] = line.trim().split(':');
    if (line.startsWith('/')) {
      const pattern = line.trim().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\/:\w+/g, '/[^/]+');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
    } else if (/^\s/.test(line) && value.length > 0) {
      rules.at(-1)?.headers.push([name, value.join(':').trim()]);
    }
  }
  return rules;
}

const RULES = rules();

/** What is sent for a path: its bytes are read once. */
const known = new Map();
function find(path) {
  if (!known.has(path)) {
    let file = join(folder, normalize(path));
    if (path.endsWith('/')) file = join(file, 'index.html');
    if (!existsSync(file) || !statSync(file).isFile()) return null;
    let plain = readFileSync(file);
    let br = existsSync(`${file}.br`) ? readFileSync(`${file}.br`) : null;
    if (option === '--without-scripts' && file.endsWith('.html')) {
      plain = Buffer.from(plain.toString().replace(SCRIPTS, ''));
      br = brotliCompressSync(plain);
    }
    const headers = {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'no-cache',
      ETag: `W/"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"`,
      Vary: 'Accept-Encoding',
    };
    for (const { headers: set } of RULES.filter((it) => it.pattern.test(path))) Object.assign(headers, Object.fromEntries(set));
    known.set(path, { plain, br, headers });
  }
  return known.get(path);
}

createServer((request, response) => {
  const found = find(decodeURIComponent(new URL(request.url, 'http://host').pathname));
  if (!found) {
    response.writeHead(404).end();
  } else if (request.headers['if-none-match'] === found.headers.ETag) {
    response.writeHead(304, found.headers).end();
  } else {
    const small = found.br && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    const body = small ? found.br : found.plain;
    const encoding = small ? { 'Content-Encoding': 'br' } : {};
    response.writeHead(200, { ...found.headers, ...encoding, 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}).listen(Number(port), '127.0.0.1');
