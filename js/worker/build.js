// This build of the site: what the press writes into `sw.js`, which loads the bundle (press/src/site/worker.rs).

/**
 * A file that every page of this build needs: its path, the first 16 hexadecimal digits of the
 * SHA-256 of its bytes, and the first 8 of the versions that there is a patch from.
 * @typedef {{ path: string, hash: string, from?: string[] }} ShellFile
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
