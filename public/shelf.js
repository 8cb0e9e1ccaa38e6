// The page of saved articles: fills in what the press printed (src/components/shelf.rs) with what the
// service worker answers, and does what its controls say. It loads when that page opens, and works
// without the app.

// How long the worker has to be there, and to answer, in milliseconds.
const READY = 10000;
const PATIENCE = 60000;
// How many articles are fetched at a time. Each step is a question of its own, so that it can be
// stopped, and so that a worker that was killed loses nothing.
const STEP = 4;
// The name of the number of saved articles, which tells whether the browser deleted some.
const COUNT = "broadsheet:saved";

const language = document.documentElement.lang;
const after = (time, why) => new Promise((_, reject) => setTimeout(reject, time, why));

// Asks the worker (`tasks` in sw.js). Fails with the name of the sentence that says why.
async function ask(name, ...details) {
  const container = navigator.serviceWorker;
  if (!container) throw "noStore";
  const { active } = await Promise.race([container.ready, after(READY, "noStore")]);
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve, reject) => {
    port1.onmessage = ({ data: { done, failed } }) => (failed ? reject(failed) : resolve(done));
    active.postMessage([name, ...details], [port2]);
  });
  return Promise.race([answer, after(PATIENCE, "network")]);
}

// "640 kB" or "1,4 MB".
function size(bytes) {
  const [unit, value] = bytes < 1e6 ? ["kilobyte", Math.ceil(bytes / 1e3)] : ["megabyte", bytes / 1e6];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

function day(date) {
  if (!language.startsWith("vi")) return date.toLocaleDateString("en-GB", { dateStyle: "long" });
  return date.toLocaleDateString("vi", { day: "2-digit", month: "2-digit", year: "numeric" });
}

// "14:32", or "14:32, 22/11/2026" where that is not today.
function moment(timestamp) {
  const date = new Date(timestamp);
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return date.toDateString() === new Date().toDateString() ? time : `${time}, ${day(date)}`;
}

// The promise of the browser's storage, false where it has none.
const storage = async (name) => !!(await navigator.storage?.[name]?.());

function remember(count) {
  try {
    const before = Number(localStorage.getItem(COUNT));
    localStorage.setItem(COUNT, count);
    return before;
  } catch {
    return count; // Forbidden: then nobody says what the browser deleted.
  }
}

// Brings the page to life. Called each time it opens.
export function show() {
  const shelf = document.getElementById("shelf");
  if (!shelf || shelf.classList.contains("shelf--live")) return;
  shelf.classList.add("shelf--live");
  const controls = shelf.querySelector(".needs-app");
  const part = (name) => shelf.querySelector(`[data-part="${name}"]`);
  const control = (name) => shelf.querySelector(`[name="${name}"]`);
  const word = (text) => { shelf.querySelector(".shelf__word").textContent = text; };
  // Does something, then shows what is kept now, or says why it could not be done.
  const act = (task) => task().catch((why) => word(controls.dataset[why] || String(why))).then(fill);

  function row({ item, path, at, bytes }) {
    const element = shelf.querySelector("template").content.firstElementChild.cloneNode(true);
    const find = (selector) => element.querySelector(selector);
    const link = find("a");
    [link.href, link.textContent, link.lang] = [path, item.title, item.language || language];
    const { withdrawn, corrected } = item._broadsheet;
    const said = find(".kept__word");
    if (withdrawn !== undefined) said.textContent = said.dataset.withdrawn;
    else if (corrected) said.textContent = `${said.dataset.corrected} ${corrected}`;
    else said.remove();
    const time = find("time");
    [time.dateTime, time.textContent] = [item.date_published, day(new Date(item.date_published.slice(0, 10)))];
    find("[data-part=kept-at]").append(moment(at));
    find("[data-part=size]").textContent = size(bytes);
    const button = find("button");
    button.ariaLabel = `${button.textContent.trim()}: ${item.title}`;
    button.addEventListener("click", () => act(async () => {
      remember(0);
      await ask("remove", path);
      document.querySelector("h1").focus();
    }));
    return element;
  }

  async function fill() {
    try {
      const [saved, usage, persisted] = [await ask("list"), await ask("usage"), await storage("persisted")];
      part("saved").replaceChildren(...saved.map(row));
      part("none").hidden = saved.length > 0;
      const gone = remember(saved.length) - saved.length;
      if (gone > 0) word(gone + part("none").dataset.gone);
      for (const cell of shelf.querySelectorAll("[data-kind]")) cell.textContent = size(usage[cell.dataset.kind]);
      for (const button of shelf.querySelectorAll("[name=clear]")) button.disabled = !usage[button.value];
      control("export").disabled = !saved.length;
      control("persist").hidden = persisted;
      if (persisted) part("persisted").textContent = part("persisted").dataset.yes;
    } catch (why) {
      word(controls.dataset[why] || String(why));
    }
  }

  control("export").addEventListener("click", () => act(async () => {
    const url = URL.createObjectURL(await ask("pack", document.querySelector("h1").textContent));
    Object.assign(document.createElement("a"), { href: url, download: "saved-articles.json" }).click();
    URL.revokeObjectURL(url);
  }));

  // The file says which articles; their text comes from the newspaper, because nobody vouches for a
  // file.
  control("import").addEventListener("change", ({ target }) => act(async () => {
    const items = await target.files[0].text().then((text) => JSON.parse(text).items.map(({ url, title }) => ({ url, title })))
      .catch(() => { throw "wrongFile"; });
    target.value = "";
    const left = [];
    for (const { url, title } of items) await ask("save", url).catch(() => left.push(title));
    word(left.length ? target.parentElement.dataset.left + left.join(", ") : "");
  }));

  for (const button of shelf.querySelectorAll("[name=clear]")) {
    button.addEventListener("click", () => act(() => ask("free", button.value)).then(plan));
  }
  control("persist").addEventListener("click", () => act(() => storage("persist")));

  const form = shelf.querySelector("form");
  const progress = form.querySelector("progress");
  const take = control("take");
  const words = part("plan").dataset;
  const label = take.textContent;
  const tell = (text) => { part("plan").textContent = text; };
  let running = false;

  // Shows what the choice would fetch.
  async function plan() {
    const choice = new FormData(form);
    try {
      const planned = await ask("plan", choice.getAll("section"), Number(choice.get("count")));
      const { length } = planned.missing;
      tell(length ? length + words.toFetch + size(planned.bytes) : words.allHere);
      take.disabled = !length;
      return planned;
    } catch {
      tell(""); // Without a network there is nothing to plan.
      take.disabled = true;
      return undefined;
    }
  }
  form.addEventListener("change", () => running || plan());

  take.addEventListener("click", () => act(async () => {
    if (running) {
      running = false; // Stops after the step that is under way.
      return;
    }
    const planned = await plan();
    if (!planned) throw "network";
    const { missing, wanted } = planned;
    running = true;
    take.textContent = take.dataset.stop;
    Object.assign(progress, { max: missing.length, value: 0, hidden: false });
    try {
      while (running && progress.value < missing.length) {
        await ask("take", missing.slice(progress.value, progress.value + STEP));
        progress.value += STEP;
        tell(progress.value + words.fetched + missing.length);
      }
      if (running) await ask("tidy", wanted);
    } finally {
      running = false;
      progress.hidden = true;
      take.textContent = label;
      await plan();
    }
  }));

  fill();
  plan();
}
