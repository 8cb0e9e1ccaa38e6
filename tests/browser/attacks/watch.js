// Runs in the page, before anything else of it. On the event "attacks:provoke" it does to every element what
// might set off a string of an author, and writes what it found into `data-attacks` of the document.

const MARK = "ran_";
const TRAP = "/attack/";
const ELEMENTS = new Set(
  `a abbr address aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
  figcaption figure footer audio h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rb rp rt rtc ruby s samp section
  small source span strike strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr`.split(/\s+/),
);
const ATTRIBUTES = new Set(
  `abbr alt aria-label cite class colspan controls data-large data-player data-tint datetime decoding dir fetchpriority height href hreflang id lang
  loading open preload rel reversed role rowspan scope sizes span src srcset start tabindex title type value width`.split(/\s+/),
);
const EVENTS = `activate animationend animationiteration animationstart auxclick beforecopy beforeinput
  beforematch beforepaste beforetoggle blur cancel canplay change click close command
  contentvisibilityautostatechange contextmenu copy cut dblclick drag dragend dragenter dragleave dragover
  dragstart drop end begin repeat error finish focus focusin focusout formdata fullscreenchange
  gotpointercapture hashchange input invalid keydown keypress keyup load loadeddata loadstart
  lostpointercapture message mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel
  pageshow paste play pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover
  pointerrawupdate pointerup popstate promptaction location reset resize scroll scrollend scrollsnapchange
  scrollsnapchanging search securitypolicyviolation select selectionchange selectstart show slotchange start
  storage submit toggle touchcancel touchend touchmove touchstart transitionend transitionrun
  transitionstart webkitanimationend webkitanimationiteration webkitanimationstart
  webkitfullscreenchange webkittransitionend wheel`.split(/\s+/);
const HARMLESS = /^(https?:|mailto:|tel:|:)?$/;

const violations = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample, isTrusted }) => {
  if (isTrusted) violations.push(`the policy stopped ${effectiveDirective} ${blockedURI} ${sample}`);
});

const excerpt = (element) => element.outerHTML.slice(0, 300);

function* faultsOf(element) {
  if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") yield "another namespace";
  if (!ELEMENTS.has(element.localName)) yield "an unknown element";
  for (const { name, value } of element.attributes) {
    // The page hides a picture that cannot be had.
    if (name === "style" && value === "visibility: hidden;") continue;
    if (!ATTRIBUTES.has(name)) yield `the attribute ${name}`;
    if (name === "id" && /^app-/i.test(value)) yield "an id of the app";
    if (name === "class" && value.split(" ").some((it) => !it.startsWith("c-"))) yield "a class of the app";
    if (name === "cite" && !/^https?:/.test(value)) yield `the address ${value}`;
  }
  if (element.localName === "a" && !HARMLESS.test(element.protocol)) yield `the address ${element.href}`;
  if (/^(img|audio)$/.test(element.localName) && !element.src.startsWith(`${location.origin}/`)) {
    yield `the picture ${element.src}`;
  }
  const { player } = element.dataset;
  if (player && player !== "video" && !/^\/embed\/player\/[a-z0-9]+-[0-9a-f]{16}\.html$/.test(player)) {
    yield `the player ${player}`;
  }
}

function* faultsOfTheDocument(article, prose) {
  for (const element of document.querySelectorAll("*")) {
    for (const { name } of element.attributes) {
      if (name.startsWith("on")) yield `the attribute ${name} in ${excerpt(element)}`;
    }
  }
  for (const script of document.scripts) {
    if (!/json$/.test(script.type) && script.textContent.includes(MARK)) yield excerpt(script);
  }
  if (document.querySelectorAll("base, meta[http-equiv=refresh], iframe, object, embed, form").length) {
    yield "an element that commands the page";
  }
  for (let own = article.querySelector(".prose") && document; own; own = Object.getPrototypeOf(own)) {
    for (const name of Object.getOwnPropertyNames(own)) {
      const value = document[name];
      if (value instanceof Element && prose.contains(value) && name !== "activeElement") {
        yield `document.${name} is ${excerpt(value)}`;
      }
    }
  }
}

/** A click does what it would do, but leaves no page by a link that only leads elsewhere. */
function stay(event) {
  const link = event.target.closest?.("a");
  if (!link || HARMLESS.test(link.protocol)) event.preventDefault();
}

async function provoke(article) {
  // In WebKit any event of the second type opens a link, too.
  for (const type of ["click", "auxclick"]) addEventListener(type, stay, true);
  for (const element of [article, ...article.querySelectorAll("*")]) {
    if (element.localName === "details") element.open = true;
    if (element.popover) element.showPopover();
    for (const type of EVENTS) {
      const Kind = type === "click" ? MouseEvent : Event;
      element.dispatchEvent(new Kind(type, { cancelable: true }));
    }
  }
  for (const type of ["click", "auxclick"]) removeEventListener(type, stay, true);
  const pictures = [...article.querySelectorAll("img")];
  await Promise.all(
    pictures.map((picture) => {
      picture.loading = "eager";
      return picture.complete || new Promise((next) => {
        picture.addEventListener("load", next);
        picture.addEventListener("error", next);
      });
    }),
  );
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  // An answer of the server: what was asked for before is in its log.
  await fetch(location.href, { cache: "reload" });
}

addEventListener("attacks:provoke", async ({ detail }) => {
  // A list has no article.
  const article = document.querySelector(".article") ?? document.body;
  const prose = article.querySelector(".prose") ?? article;
  const problems = [];
  for (const element of document.querySelectorAll(".prose *")) {
    for (const fault of faultsOf(element)) problems.push(`${fault} in ${excerpt(element)}`);
  }
  problems.push(...faultsOfTheDocument(article, prose));
  try {
    await provoke(article);
  } catch (error) {
    problems.push(String(error));
  }
  const text = prose.textContent;
  for (const name of detail.split(" ")) {
    if (name && !text.includes(`after ${name}.`)) problems.push(`${name} took along what follows it`);
  }
  for (const name of Object.keys(window)) {
    if (!name.startsWith(MARK)) continue;
    problems.push(`${name.slice(MARK.length)} ran`);
    delete window[name];
  }
  problems.push(...violations.splice(0));
  document.documentElement.dataset.attacks = JSON.stringify(problems);
});
