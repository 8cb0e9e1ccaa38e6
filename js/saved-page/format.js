// Sizes, dates and times in the language of the newspaper.

/** The language of the newspaper; that of the document is still the last article's when a page is opened by a click. */
export const language = document.getElementById("app-root")?.lang || document.documentElement.lang;

/** "640 kB" or "1,4 MB". @param {number} bytes */
export function size(bytes) {
  const [unit, value] =
    bytes < 1e6 ? ["kilobyte", Math.ceil(bytes / 1e3)] : ["megabyte", bytes / 1e6];
  const options = { style: /** @type {const} */ ("unit"), unit, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, options).format(value);
}

/**
 * "22/11/2026" or "22 November 2026".
 * @param {Date} date
 * @param {string} [timeZone] that of the device if none is named
 */
function day(date, timeZone) {
  if (!language.startsWith("vi")) {
    return date.toLocaleDateString("en-GB", { dateStyle: "long", timeZone });
  }
  const options = /** @type {const} */ ({ day: "2-digit", month: "2-digit", year: "numeric" });
  return date.toLocaleDateString("vi", { ...options, timeZone });
}

/**
 * The day of a timestamp of the newspaper, as its newsroom's calendar has it: the date that is
 * written there, wherever the reader is.
 * @param {string} timestamp RFC 3339
 */
export function newsroomDay(timestamp) {
  const date = new Date(`${timestamp.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? "" : day(date, "UTC");
}

/**
 * "14:32", or "14:32, 22/11/2026" where that is not today: when something happened on this device.
 * @param {string} timestamp
 */
export function moment(timestamp) {
  const date = new Date(timestamp);
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return date.toDateString() === new Date().toDateString() ? time : `${time}, ${day(date)}`;
}
