// What plays in an article: opens the player of a card, and keeps the place in the newspaper's own sound and films. It
// loads at the first click on a card, or when the first sound begins (js/boot.js).

/** What the place in a file is kept under, before its path. A file with other bytes has another path. */
const PLACE = "broadsheet:place:";
/** How far from its begin and end a place is worth keeping, in seconds. */
const NEAR = 10;
/** How often it is written down while something plays, in seconds. */
const OFTEN = 5;
/** How long a page of the newspaper may take before the site itself is opened, in milliseconds. */
const PATIENCE = 8000;

/**
 * Does what a click on a link in a card asks for. Where the player cannot be had, the link leads to the other site.
 * @param {HTMLAnchorElement} link
 */
export async function open(link) {
  /** @type {HTMLElement | null} */
  const card = link.closest(".c-player");
  if (!card) return;
  const { player } = card.dataset;
  if (player && player !== "video") return frame(card, link, player);
  const media = own(card, link);
  const start = /#t=(\d+)$/.exec(link.href)?.[1];
  follow(media, start !== undefined);
  if (start !== undefined) await seek(media, Number(start));
  else if (!media.paused) return media.pause();
  // A browser may want a second click; the controls are there.
  await media.play().catch(console.warn);
}

/**
 * Frames the page of a player. The policy of this page allows no other site; that of the framed page allows the
 * player's alone.
 * @param {HTMLElement} card
 * @param {HTMLAnchorElement} link
 * @param {string} path
 */
async function frame(card, link, path) {
  const answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status} for ${path}`);
  if (card.classList.contains("c-open")) return;
  card.classList.add("c-open");
  const element = document.createElement("iframe");
  element.src = path;
  element.title = link.querySelector("b")?.textContent || "";
  element.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
  link.querySelector("img")?.closest("picture, img")?.remove();
  card.prepend(element);
  element.focus();
}

/**
 * The element that plays a card's own sound or film.
 * @param {HTMLElement} card
 * @param {HTMLAnchorElement} link
 * @returns {HTMLMediaElement}
 */
function own(card, link) {
  /** @type {HTMLMediaElement | null} */
  const there = card.querySelector("audio, video");
  if (there) return there;
  const video = document.createElement("video");
  const main = card.querySelector("a") || link;
  video.controls = true;
  video.playsInline = true;
  video.title = main.querySelector("b")?.textContent || "";
  const poster = main.querySelector("img");
  if (poster) video.poster = poster.currentSrc || poster.src;
  poster?.closest("picture, img")?.remove();
  video.src = main.href;
  card.prepend(video);
  video.focus();
  return video;
}

/** @param {HTMLMediaElement} media @param {number} start in seconds */
async function seek(media, start) {
  if (!media.readyState) {
    media.preload = "metadata";
    await new Promise((next) => {
      media.addEventListener("loadedmetadata", next, { once: true });
      media.addEventListener("error", next, { once: true });
      media.load();
    });
  }
  media.currentTime = start;
}

/** @type {WeakSet<HTMLMediaElement>} */
const followed = new WeakSet();

/**
 * Goes on where the reader stopped, and keeps the place from now on.
 * @param {HTMLMediaElement} media
 * @param {boolean} [chosen] the reader has chosen where to begin
 */
export function follow(media, chosen) {
  if (followed.has(media)) return;
  followed.add(media);
  const key = PLACE + new URL(media.src).pathname;
  const place = chosen ? 0 : Number(kept(key));
  const resume = () => {
    const inside = place > NEAR && place < media.duration - NEAR;
    if (inside && media.currentTime < 1) media.currentTime = place;
  };
  if (media.readyState) resume();
  else media.addEventListener("loadedmetadata", resume, { once: true });

  let written = 0;
  const write = () => {
    written = media.currentTime;
    const inside = written > NEAR && !(written > media.duration - NEAR);
    keep(key, inside ? String(Math.floor(written)) : undefined);
  };
  media.addEventListener("timeupdate", () => {
    if (Math.abs(media.currentTime - written) >= OFTEN) write();
    showChapter(media);
  });
  media.addEventListener("pause", write);
  media.addEventListener("ended", write);
  media.addEventListener("play", () => quiet(media));
  quiet(media);
}

/** Pauses everything else that plays. @param {HTMLMediaElement} media */
function quiet(media) {
  for (const other of document.querySelectorAll("audio, video")) {
    if (other !== media && other instanceof HTMLMediaElement) other.pause();
  }
}

/** Marks the chapter that plays. @param {HTMLMediaElement} media */
function showChapter(media) {
  /** @type {HTMLAnchorElement[]} */
  const links = [...(media.closest(".c-player")?.querySelectorAll(".c-chapters a") || [])].filter(
    (it) => it instanceof HTMLAnchorElement,
  );
  const begun = links.filter((it) => Number(it.hash.slice(3)) <= media.currentTime + 0.5);
  const now = begun.at(-1);
  for (const link of links) {
    if (link === now) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** @param {string} key */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    // The reader has closed the storage: it plays from its begin.
    return null;
  }
}

/** @param {string} key @param {string} [value] */
function keep(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // Closed or full: the place is lost, and nothing else.
  }
}
