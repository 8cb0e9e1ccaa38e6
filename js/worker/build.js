// This build of the site: what the press writes into the bundle (press/src/site/worker.rs).

/**
 * A file that every page of this build needs: its path, and the first 16 hexadecimal digits of the
 * SHA-256 of its bytes.
 * @typedef {{ path: string, hash: string }} ShellFile
 */

/**
 * What the press knows of the build: its name; the base path; the absolute URL of the site; hashed
 * files; pages that are the same for every reader, their data and the banner; the word before the
 * number of a list.
 * @type {{ build: string, base: string, site: string, assets: ShellFile[], files: ShellFile[], page: string }}
 */
const shell = PRESS_SHELL;

export const { build, base, site, assets, files } = shell;
/** The word before the number of a list, "Trang ". */
export const pageWord = shell.page;
