// An edition of made articles with pictures, for where no other is named: the same bytes every time.
//
//   node made.mjs FOLDER
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const ARTICLES = 300;
const PICTURES = 12;
const SECTIONS = ['city', 'harbour', 'valley'];
const WORDS = `the a council river of and bridge market to in harvest school on evening ferry for with budget road was after
  before winter teacher doctor engine library station farmer mayor orchard tide storm vote letter garden plan museum
  kitchen field valley harbour train ticket price repair volunteer festival bakery lamp`.split(/\s+/);

/** Numbers from 0 to 1 that look like chance (a linear congruential generator, the constants of Numerical Recipes). */
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function sentence(next, words) {
  const text = Array.from({ length: words }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
  return text[0].toUpperCase() + text.slice(1);
}

const paragraph = (next) =>
  Array.from({ length: 5 }, () => `${sentence(next, 8 + Math.floor(next() * 12))}.`).join(' ');

/** A picture of hills under a sky, as a PNG (PNG specification, third edition: 5.3 and 11). */
function png(seed, width = 1200, height = 675) {
  const next = chance(seed);
  const hills = Array.from({ length: 4 }, () => [next() * 9, 40 + next() * 60, 0.002 + next() * 0.01]);
  const tints = Array.from({ length: 5 }, () => [next() * 200, next() * 200, next() * 200]);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ground = hills.filter(([phase, high, wide], at) => y > 200 + at * 110 + high * Math.sin(phase + x * wide)).length;
      const noise = next() * 12;
      const at = y * (width * 3 + 1) + 1 + x * 3;
      for (let part = 0; part < 3; part++) rows[at + part] = Math.min(255, tints[ground][part] + noise + y / 20);
    }
  }
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** Writes the edition. Every article has one of a few pictures, which take their room on the disk once. */
export function made(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'content'), { recursive: true });
  const pictures = new Map();
  const sections = SECTIONS.map((slug) => `[[sections]]\nslug = "${slug}"\ntitle = "${slug[0].toUpperCase()}${slug.slice(1)}"\n`);
  writeFileSync(
    join(folder, 'site.toml'),
    `title = "The Made Times"\ntagline = "Three hundred articles that nobody wrote"\nlanguage = "en"\ntimezone = "UTC"\nbase_url = "https://made.example/"\n\n${sections.join('\n')}`,
  );
  for (let at = 0; at < ARTICLES; at++) {
    const next = chance(1000 + at);
    const place = join(folder, 'content', SECTIONS[at % SECTIONS.length], `article-${at}`);
    const date = new Date(Date.UTC(2025, 0, 1 + at, 6)).toISOString();
    const tags = [WORDS[at % 7], WORDS[(at * 3) % 11]].map((it) => `"${it}"`).join(', ');
    const body = Array.from({ length: 6 + (at % 10) }, (_, part) =>
      `${part % 3 === 2 ? `## ${sentence(next, 4)}\n\n` : ''}${paragraph(next)}`).join('\n\n');
    mkdirSync(place, { recursive: true });
    const picture = join(place, 'picture.png');
    if (at < PICTURES) writeFileSync(picture, png(at + 1));
    else linkSync(pictures.get(at % PICTURES), picture);
    if (at < PICTURES) pictures.set(at, picture);
    writeFileSync(
      join(place, 'index.md'),
      `---\ntitle: ${sentence(next, 8)} (${at})\ndate: ${date}\nsummary: ${sentence(next, 16)}.\nauthors: ["Reporter ${at % 9}"]\ntags: [${tags}]\nimage:\n  src: picture.png\n  alt: Hills under a sky\n  caption: ${sentence(next, 6)}.\n---\n\n${body}\n`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) made(process.argv[2]);
