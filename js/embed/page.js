// The script of `/embed/`: shows what was chosen, and the line to copy. Without it the page's examples
// stand as they are.

const form = document.querySelector("form");
const preview = document.querySelector("[data-part=preview]");
const code = document.querySelector("[data-part=code]");
const button = document.querySelector("[data-part=copy]");
const said = document.querySelector("[data-part=said]");

/** @param {string} name */
const field = (name) => {
  const found = form?.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLSelectElement
    ? found
    : undefined;
};

/** @param {string} name */
const chosen = (name) => field(name)?.value.trim() || "";

/** The attributes of the element, by the form. A choice that is the default is left out. */
function attributes() {
  /** @type {[string, string][]} */
  const list = [];
  const article = chosen("kind") === "article";
  if (article) list.push(["article", chosen("article")]);
  if (chosen("kind") === "section") list.push(["section", chosen("section")]);
  if (!article && chosen("count") !== "5") list.push(["count", chosen("count")]);
  if (chosen("theme") !== "auto") list.push(["theme", chosen("theme")]);
  const own = field("own-accent");
  if (own instanceof HTMLInputElement && own.checked) list.push(["accent", chosen("accent")]);
  const compact = field("compact");
  if (compact instanceof HTMLInputElement && compact.checked) list.push(["compact", ""]);
  if (chosen("lang")) list.push(["lang", chosen("lang")]);
  return list;
}

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

function show() {
  if (!form || !preview || !code) return;
  const { element = "", script = "", site = "", title = "" } = form.dataset;
  const shown = document.createElement(element);
  for (const [name, value] of attributes()) shown.setAttribute(name, value);
  shown.textContent = title;
  preview.replaceChildren(shown);
  const words = attributes().map(([name, value]) =>
    value ? ` ${name}="${escaped(value)}"` : ` ${name}`,
  );
  const kind = chosen("kind");
  let path = kind === "section" ? `${chosen("section")}/` : "";
  if (kind === "article") path = chosen("article").replace(form.dataset.base || "/", "");
  const href = URL.canParse(path, site) ? new URL(path, site).href : site;
  code.textContent = `<script async src="${script}"></script>
<${element}${words.join("")}><a href="${escaped(href)}">${escaped(title)}</a></${element}>`;
  for (const part of form.querySelectorAll("[data-for]")) {
    const kinds = part.getAttribute("data-for")?.split(" ") || [];
    part.toggleAttribute("hidden", !kinds.includes(kind));
  }
  if (said) said.textContent = "";
}

/** Fills the form from the address: `?article=/…/`, `?section=…`. */
function choose() {
  const asked = new URLSearchParams(location.search);
  for (const kind of ["article", "section"]) {
    const value = asked.get(kind);
    const [input, which] = [field(kind), field("kind")];
    if (!value || !input || !which) continue;
    input.value = value;
    which.value = kind;
  }
}

if (form) {
  choose();
  show();
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  button?.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code?.textContent || "");
      if (said) said.textContent = said.getAttribute("data-done");
    } catch {
      // The browser allows no copy: the code is selected, to be copied by hand.
      if (code) getSelection()?.selectAllChildren(code);
    }
  });
}
