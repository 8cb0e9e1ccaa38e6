// Remembers how many articles were saved, outside the worker's stores, so that the reader can be
// told when the browser deleted those. Two newspapers of one origin count apart.

/** The path of the newspaper: this script is in `assets/` below it. */
const base = new URL("..", import.meta.url).pathname;
const KEY = `broadsheet:saved:${base}`;

/** @param {number} count */
export function remember(count) {
  try {
    localStorage.setItem(KEY, String(count));
  } catch {
    // Forbidden or full: then nobody says what the browser deleted.
  }
}

/**
 * How many articles fewer there are than the last time. Remembers the new number.
 * @param {number} count
 */
export function lostSince(count) {
  try {
    const before = Number(localStorage.getItem(KEY));
    remember(count);
    return before - count;
  } catch {
    return 0;
  }
}
