// What a page and the service worker say to each other. The only description of it: the worker, the
// page of saved articles and (through a test that reads this file) the app are typed by it.
//
// A message is an array, the name of a task and its arguments, sent with a MessagePort for the
// answer. Tabs of older builds ask the newest worker, so tasks may be added and never changed.

/** Why a task failed. */
export type ErrorCode =
  /** No answer came. */
  | "network"
  /** The server answered with an error. */
  | "server"
  /** There is no room on the device. */
  | "full"
  /** There is no service worker, or it has no storage. */
  | "no-store"
  /** The server answered 404 or 410. */
  | "gone"
  /** What came is not a page of this newspaper, or not all of it. */
  | "unreadable"
  /** The address is not one of this newspaper. */
  | "foreign";

/** What a port receives: any number of `working` (every 5 s), then one of the others. */
export type Answer<T = unknown> = { working: true } | { done: T } | { failed: ErrorCode };

/** What the worker tells all open tabs by itself: the article at this path was saved or given up. */
export interface Broadcast {
  savedChanged: string;
}

/** Where the worker keeps things: saved articles, downloaded ones, pages read, pictures of those. */
export type StoreName = "saved" | "downloads" | "read" | "pictures";

/** An article as lists have it: an item of JSON Feed 1.1 without its content. */
export interface Item {
  url: string;
  title: string;
  date_published: string;
  language?: string;
  _broadsheet: { section?: string; direction?: string; withdrawn?: string; corrected?: string };
}

/** A saved article. */
export interface SavedEntry {
  path: string;
  item: Item;
  /** When it was kept, ISO 8601. */
  at: string;
  /** Its document or data and its pictures. */
  bytes: number;
  /** How many of its pictures could not be had so far. */
  missing: number;
}

/** Saved articles as a file. */
export interface ExportedFile {
  /** A JSON Feed. */
  file: Blob;
  /** Titles of what could not be read. */
  leftOut: string[];
}

/** Which of the newest articles a download would fetch. Paths; bytes of the missing ones. */
export interface Plan {
  wanted: string[];
  missing: string[];
  bytes: number;
}

/** An article that could not be downloaded. */
export interface Failed {
  path: string;
  code: ErrorCode;
}

/** The tasks of the worker. */
export interface Tasks {
  /** The name of the worker's build. */
  build(): string;
  /** Whether an article is saved. */
  isSaved(path: string): boolean;
  /** Saves an article with its pictures. Done without an error too if it is given up meanwhile. */
  save(url: string): void;
  /** Gives a saved article up, and stops its saving. */
  remove(path: string): void;
  /** Keeps the page that a tab showed before there was a worker, and its pictures (URLs). */
  keep(path: string, pictures: string[]): void;
  /** Keeps the page that a tab opened as data before there was a worker, and its pictures (URLs). */
  keepData(path: string, pictures: string[]): void;
  /** The articles that can be read without a network, newest first. */
  readable(): Item[];
  /** Asks the newspaper what it corrected or withdrew, and says whose copies changed (paths). */
  syncCorrections(): string[];
  /** The saved articles, newest first. */
  entries(): SavedEntry[];
  /** Bytes of each store. */
  usage(): Record<StoreName, number>;
  /** Whether pictures come small; with `small`, from now on. */
  smallPictures(small?: boolean): boolean;
  /** Deletes all of a store. */
  clear(store: StoreName): void;
  /** Saved articles as a file with this title. */
  export(title: string): ExportedFile;
  /** Which of the newest articles of these sections are not downloaded. */
  plan(sections: string[], count: number): Plan;
  /** Downloads articles; those that could not be had. */
  download(paths: string[]): Failed[];
  /** Deletes all downloaded articles but these. */
  prune(paths: string[]): void;
}
