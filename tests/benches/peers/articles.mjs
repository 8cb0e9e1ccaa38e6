// What all sites print, as one JSON file: taken from the site that the press printed, so that no generator's own
// Markdown, dates or pictures make a difference.
//
//   node articles.mjs SITE OUT
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORDS = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'" };

/** The text of a piece of HTML that the press wrote. */
function text(html) {
  return html.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot|#39|#x27);/g, (it) => WORDS[it]).trim();
}

function attribute(tag, name) {
  return text(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

/** The first picture of a piece of HTML: its sources and its image, or null. */
function picture(page) {
  const html = between(page, '<picture', '</picture>') || page;
  const image = /<img [^>]*>/.exec(html)?.[0];
  if (!image) return null;
  const sources = (html.match(/<source [^>]*>/g) ?? []).map((it) => ({
    type: attribute(it, 'type'),
    srcset: attribute(it, 'srcset'),
    sizes: attribute(it, 'sizes'),
  }));
  const [src, alt] = [attribute(image, 'src'), attribute(image, 'alt')];
  const [srcset, sizes] = [attribute(image, 'srcset'), attribute(image, 'sizes')];
  return { sources, src, srcset, sizes, alt, width: +attribute(image, 'width'), height: +attribute(image, 'height') };
}

/** The cards of a page: what a list and the related news consist of. */
function cards(html) {
  return html.split('<li class="card').slice(1).map((card) => {
    const [, url, title] = /class="card__title"><a href="([^"]*)"[^>]*>(.*?)<\/a>/s.exec(card) ?? [];
    const [, moment, date] = /<time datetime="([^"]*)"[^>]*>(.*?)<\/time>/s.exec(card) ?? [];
    const lede = /<p class="card__lede"[^>]*>(.*?)<\/p>/s.exec(card)?.[1] ?? '';
    return { url, title: text(title ?? ''), lede: text(lede), moment, date: text(date ?? ''), picture: picture(card) };
  });
}

function between(html, from, to) {
  const start = html.indexOf(from);
  return start < 0 ? '' : html.slice(start, html.indexOf(to, start));
}

/** All articles of a site, its front page and its sections. */
export function read(folder) {
  const json = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const page = (url) => readFileSync(join(folder, url, 'index.html'), 'utf8');
  const { title, tagline, language, sections } = json('site.json');
  const list = (url) => ({ url, cards: cards(between(page(url), '<main', '</main>')) });

  /** @type {Set<string>} The addresses of all articles, from the lists of all sections. */
  const urls = new Set();
  for (const { slug } of sections) {
    for (let next = `/${slug}/`; next; ) {
      const feed = json(`${next}index.json`);
      for (const item of feed.items) urls.add(new URL(item.url).pathname);
      next = feed.next_url && new URL(feed.next_url, 'http://site').pathname;
    }
  }
  const articles = [...urls].sort().map((url) => {
    const [item] = json(`${url}index.json`).items;
    const html = page(url);
    const facts = between(html, 'class="byline"', '</ul>').match(/<li>.*?<\/li>/gs) ?? [];
    const [, moment, date] = facts.map((it) => /<time datetime="([^"]*)"[^>]*>(.*?)<\/time>/s.exec(it)).find((it) => it) ?? [];
    return {
      url,
      section: url.split('/')[1],
      slug: url.split('/')[2],
      title: item.title,
      lede: item.summary ?? '',
      byline: facts.filter((it) => !it.includes('<time')).map(text),
      moment,
      date: text(date ?? ''),
      tags: item.tags ?? [],
      picture: picture(between(html, '<figure class="article__picture"', '</figure>')),
      caption: text(between(html, '<figcaption', '</figcaption>')),
      body: item.content_html ?? '',
      related: cards(between(html, '<aside', '</aside>')),
    };
  });
  return {
    site: { title, tagline, language, sections: sections.map((it) => ({ ...it, url: `/${it.slug}/` })) },
    front: list('/'),
    sections: sections.map((it) => ({ title: it.title, slug: it.slug, ...list(`/${it.slug}/`) })),
    articles,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(process.argv[3], JSON.stringify(read(process.argv[2]), null, 1));
}
