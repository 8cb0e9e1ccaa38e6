// Count: how many articles of a list are shown.

/**
 * The number that a partner wrote: 1 to 10, 5 where it is none.
 * @param {string | null} written
 */
export const countOf = (written) =>
  Math.min(Math.max(Number.parseInt(written || "", 10) || 5, 1), 10);
