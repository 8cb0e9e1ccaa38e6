// Waits in a page for what `press dev` shows next: loads the page again when it has become another one, and shows what
// is wrong. Sent by the server of `press dev` alone.

(() => {
  const script = document.currentScript;
  let path = location.pathname;
  let version = script instanceof HTMLScriptElement ? script.dataset.version ?? "" : "";
  /** @type {EventSource | undefined} */
  let source;
  /** @type {HTMLElement | undefined} */
  let panel;

  function listen() {
    source?.close();
    source = new EventSource(`/.press-dev/events?${new URLSearchParams({ page: path, version })}`);
    source.addEventListener("changed", () => location.reload());
    source.addEventListener("problems", (event) => show(JSON.parse(event.data)));
  }

  /**
   * An element with a text, in another element.
   * @param {Node} parent
   * @param {string} name
   * @param {string} text
   */
  function add(parent, name, text) {
    const element = document.createElement(name);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  /**
   * @param {{ language: string, heading: string, fix: string, close: string,
   *   problems: { place: string, message: string, fix: string }[] }} told
   */
  function show(told) {
    panel?.remove();
    panel = undefined;
    if (told.problems.length === 0) return;
    const host = document.createElement("press-dev");
    host.lang = told.language;
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/.press-dev/page.css";
    const box = document.createElement("aside");
    box.setAttribute("aria-label", told.heading);
    // Long lists are scrolled by keyboard, too.
    box.tabIndex = 0;
    const news = document.createElement("div");
    news.setAttribute("role", "alert");
    add(news, "h2", told.heading);
    const list = add(news, "ul", "");
    for (const problem of told.problems) {
      const item = add(list, "li", "");
      if (problem.place) add(add(item, "p", ""), "code", problem.place);
      add(item, "p", problem.message).lang = "en";
      if (problem.fix) {
        const fix = add(item, "p", "");
        add(fix, "b", told.fix);
        fix.append(" ");
        add(fix, "span", problem.fix).lang = "en";
      }
    }
    const close = add(box, "button", told.close);
    close.addEventListener("click", () => host.remove());
    box.prepend(news);
    root.append(style, box);
    document.body.append(host);
    panel = host;
  }

  // A browser keeps few connections to one host: pages that nobody looks at give theirs up.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) source?.close();
    else listen();
  });
  // The app goes to other pages by itself, and then gives the document another title.
  new MutationObserver(() => {
    if (location.pathname === path) return;
    path = location.pathname;
    version = "new";
    listen();
  }).observe(document.head, { childList: true, characterData: true, subtree: true });
  // Who listens is shown: until then the site is not printed, which would take the processor from the browser.
  if (!document.hidden) requestAnimationFrame(() => setTimeout(listen));
})();
