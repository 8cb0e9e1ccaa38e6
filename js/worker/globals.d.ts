import type { ShellFile } from "./build.js";

declare global {
  /** `sw.js` gives it a value. */
  const PRESS_SHELL: {
    build: string;
    base: string;
    site: string;
    assets: ShellFile[];
    files: ShellFile[];
    page: string;
  };
  // The page's `self` is a window for TypeScript unless it is told.
  interface WindowOrWorkerGlobalScope {}
}
