// Answers to requests of pages: documents, data, pictures.
//
// A copy may step in after PATIENCE. Where there is none the network is waited for as long as the
// browser would, and only its failure counts as "no network".

import { keepRead, keepSeenPicture } from "./articles.js";
import { find, findPage, findPicture, keptAt } from "./bodies.js";
import { smallPictures } from "./choices.js";
import { documentOf, OFFLINE_PAGE } from "./documents.js";
import { report } from "./errors.js";
import { entryOf } from "./index.js";
import { ask, askForDocument, within } from "./network.js";
import { inlined, isArticle, isOf, parse, readPage } from "./pages.js";
import { complete, shellFile, tidy } from "./shell.js";
import { touchPicture } from "./store.js";

/** How long the network has before a copy is shown, in milliseconds. */
const PATIENCE = 3000;
/** How exactly it is known when a picture was used, in milliseconds: each time costs a write. */
const RECENT = 3600e3;

/**
 * Keeps the newspaper's answer, however late it comes.
 * @param {FetchEvent} event
 * @param {string} path
 * @param {Promise<Response>} answering
 * @param {"html" | "json"} type
 */
function keepWhenCome(event, path, answering, type) {
  // The copy is taken at once: the answer itself is on its way to the page.
  const copying = answering.then((answer) =>
    answer.type === "basic" ? answer.clone() : undefined,
  );
  const keeping = keepRead(copying.then((copy) => copy && readPage(copy, type, path)));
  event.waitUntil(keeping.catch((error) => report(`${path} is not kept`, error)));
}

/**
 * The width that comes where the browser asks for less data (`Save-Data`) or the reader does. Every picture
 * that is a good part wider has it (`WIDTHS` of src/pictures.rs).
 */
const LIGHT = 480;

/**
 * The address of a picture at that width.
 * @param {string} path
 */
const lightOf = (path) =>
  path.replace(/-(\d+)(\.\w{8}\.(?:avif|webp))$/, (name, width, end) =>
    width > LIGHT * 1.125 ? `-${LIGHT}${end}` : name,
  );

/** A server in trouble is as good as none, if there is a copy. @param {Response} answer */
const isTrouble = (answer) => answer.status >= 500;
/** @param {Response} answer */
const isGone = (answer) => answer.status === 404 || answer.status === 410;

/**
 * The newspaper's answer, if it comes before a copy may step in.
 * @param {Promise<Response>} answering
 * @param {Promise<Response | undefined>} finding
 * @returns {Promise<Response | undefined>}
 */
async function firstOf(answering, finding) {
  const answer = await within(answering, PATIENCE);
  return answer || ((await finding) ? undefined : answering);
}

/**
 * A document: the newspaper's, else the copy, else the page that says what can be read. What is
 * saved outlives its address.
 * @param {FetchEvent} event
 * @param {string} path
 */
export async function answerDocument(event, path) {
  event.waitUntil(complete().then(tidy));
  const answering = askForDocument(event);
  keepWhenCome(event, path, answering, "html");
  const finding = findPage(path);
  const inShell = shellFile(path);
  const standingIn = finding.then((body) => body || inShell);
  const answer = await firstOf(answering, standingIn).catch(() => undefined);
  const saved = answer && isGone(answer) && (await find("saved", path));
  if (answer && !isTrouble(answer) && !saved) return answer;
  const body = saved || (await finding);
  const copy = body && (await documentOf(body).catch((error) => report(path, error)));
  return copy || answer || (await inShell) || (await shellFile(OFFLINE_PAGE)) || answering;
}

/**
 * Data: the copy of an article at once, because the app compares it by itself (`no-cache`) when it
 * shows one. Lists come from the newspaper first.
 * @param {FetchEvent} event
 * @param {string} path of the data
 * @param {string} page
 */
export async function answerData(event, path, page) {
  const fromNewspaper = event.request.cache === "no-cache";
  const copy = fromNewspaper ? undefined : await dataCopy(page);
  if (copy?.article) return copy.answer;
  const answering = ask(event.request);
  keepWhenCome(event, page, answering, "json");
  const finding = Promise.resolve(copy?.answer);
  const answer = await firstOf(answering, finding).catch(() => undefined);
  if (answer && !isTrouble(answer) && isOf(answer, "json")) return answer;
  return copy?.answer || (await shellFile(path)) || answer || answering;
}

/**
 * The data of a copy, with the time when it was kept.
 * @param {string} page
 */
async function dataCopy(page) {
  const body = await findPage(page);
  if (!body) return undefined;
  try {
    const text = await body.text();
    const json = isOf(body, "json") ? text : inlined(text) || "";
    const article = isArticle(parse(json, "json"));
    const headers = { "content-type": "application/json", "x-kept": keptAt(body) };
    return { article, answer: new Response(json, { headers }) };
  } catch (error) {
    report(`The copy of ${page} cannot be read`, error);
    return undefined;
  }
}

/**
 * A picture: the copy first; where it cannot be had, the copy at another width.
 * @param {FetchEvent} event
 * @param {string} asked
 */
export async function answerPicture(event, asked) {
  const saves = event.request.headers.get("save-data") === "on" || (await smallPictures());
  const path = saves && !(await caches.match(asked)) ? lightOf(asked) : asked;
  const kept = await caches.match(path);
  if (kept) {
    event.waitUntil(noteUse(path).catch((error) => report(path, error)));
    return kept;
  }
  const answering =
    path === asked
      ? ask(event.request)
      : ask(path).then((answer) => (answer.ok ? answer : ask(event.request)));
  const keeping = keepSeenPicture(
    path,
    answering.then((answer) => {
      const good = answer.ok && answer.type === "basic" && !answer.redirected;
      return good && isOf(answer, "image/") ? answer.clone().blob() : undefined;
    }),
  );
  event.waitUntil(keeping.catch((error) => report(`${path} is not kept`, error)));
  return answering.catch(async (error) => {
    const other = await findPicture(path);
    if (other) return other;
    throw error;
  });
}

/** @param {string} path */
async function noteUse(path) {
  const entry = await entryOf("pictures", path);
  if (entry && Date.now() - entry.used > RECENT) await touchPicture(path);
}
