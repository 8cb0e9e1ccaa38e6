// Address: the embed page that an element asks for, and the choices in its fragment.

/**
 * The path of the embed page, relative to the newspaper. Undefined for an article or a section that cannot
 * be one of the newspaper: then the words inside the element stay.
 * @param {Element} element
 * @param {string} base the base path of the newspaper
 */
export function address(element, base) {
  const article = element.getAttribute("article");
  const section = element.getAttribute("section");
  if (article !== null) {
    if (!URL.canParse(article, "https://a")) return undefined;
    const { pathname } = new URL(article, "https://a");
    const path = pathname.startsWith(base) ? pathname.slice(base.length) : pathname.slice(1);
    const [, of, slug] = /^([\w-]+)\/([\w-]+)\/?(?:index\.html)?$/.exec(path) || [];
    // Hosts give an `index.html` the headers of a page, which may not be framed.
    return slug && `embed/article/${of}/${slug === "index" ? "_index" : slug}.html`;
  }
  if (section === null) return "embed/front.html";
  return /^[\w-]+$/.test(section) ? `embed/section/${section}.html` : undefined;
}

/**
 * The choices as the fragment of the page's address: one file for all of them in every cache.
 * @param {Element} element
 */
export function fragment(element) {
  const chosen = new URLSearchParams();
  for (const name of ["count", "theme", "accent", "lang"]) {
    const value = element.getAttribute(name);
    if (value) chosen.set(name, value);
  }
  if (element.hasAttribute("compact")) chosen.set("compact", "1");
  return `${chosen}`;
}
