// Corrections: copies of articles that the newspaper corrected or withdrew are changed too, and what
// could not be had when an article was kept is fetched.

import { fetchArticle, keepRead, repair, updateArticle } from "./articles.js";
import { PAGE_STORES } from "./bodies.js";
import { CORRECTIONS, isWithdrawal, noteCorrections, withdrawnPage } from "./corrections-list.js";
import { report, TaskError } from "./errors.js";
import { locked } from "./locks.js";
import { ask } from "./network.js";
import { parse } from "./pages.js";
import { inspect } from "./store.js";

/** @typedef {import("./corrections-list.js").Correction} Correction */
/** @typedef {import("./index.js").Entry} Entry */

/**
 * Asks the newspaper, and changes every copy that does not hold any more. What fails is reported
 * and stops nothing: the next contact tries it again. The paths whose copies changed.
 */
export const syncCorrections = () =>
  locked("corrections", async () => {
    const answer = await ask(CORRECTIONS, { cache: "no-cache" });
    if (!answer.ok) throw new TaskError("server", `${answer.status} for ${CORRECTIONS}`);
    const corrections = await noteCorrections(parse(await answer.text(), "json"));
    const known = new Map(corrections.map((it) => [it.path, it]));
    /** @type {Set<string>} */
    const changed = new Set();
    for (const store of PAGE_STORES) {
      for (const entry of await inspect(store)) {
        if (entry.kind !== "page") continue;
        try {
          if (await correct(entry, known.get(entry.path))) changed.add(entry.path);
        } catch (error) {
          report(`${entry.path} could not be corrected in ${store}`, error);
        }
      }
    }
    return [...changed];
  });

/**
 * Makes a copy say what the newspaper says. Whether it changed.
 * @param {Entry} entry
 * @param {Correction | undefined} correction
 */
async function correct({ store, path, revision, wanted, had }, correction) {
  const unreadable = store === "saved" && revision === "";
  if (unreadable || (correction && correction.revision !== revision)) {
    const withdrawn = correction && isWithdrawal(correction);
    const fetching = withdrawn ? Promise.resolve(withdrawnPage(correction)) : fetchArticle(path);
    if (store === "read") await keepRead(fetching);
    else await updateArticle(store, await fetching);
    return true;
  }
  if (had.length < wanted.length) await repair(store, path);
  return false;
}
