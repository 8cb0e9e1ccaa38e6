// Failures, each with the code that the reader's words go by.

/** @typedef {import("../protocol").ErrorCode} ErrorCode */

/** A task cannot be done, for a reason that has a code. */
export class TaskError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} about what was asked for, for the console
   */
  constructor(code, about) {
    super(`${code}: ${about}`);
    this.code = code;
  }
}

/**
 * The code of any error. `fetch` fails with a TypeError where no answer came; IndexedDB and the
 * Cache API name a full storage QuotaExceededError, and fail in other ways where there is none.
 * @param {unknown} error
 * @returns {ErrorCode}
 */
export function codeOf(error) {
  if (error instanceof TaskError) return error.code;
  if (error instanceof TypeError) return "network";
  const name = error instanceof Error ? error.name : "";
  if (name === "QuotaExceededError") return "full";
  return name === "AbortError" ? "network" : "no-store";
}

/**
 * Writes an error into the console, with its code and what it was about.
 * @param {string} about
 * @param {unknown} error
 */
export function report(about, error) {
  console.warn(`${about} (${codeOf(error)}):`, error);
}
