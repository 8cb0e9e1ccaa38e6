// A click as a reader makes it, and the time until its heading is painted.
import { pause } from './chromium.mjs';

/** How long a reader holds a button or a finger down, and how long a pointer rests on a link that is going to be clicked. */
const HELD = 60;
const HOVERED = 600;

// In every document: reports clicks by the time of the input, and headings by the end of the frame that painted them.
// The same code sees a new document and a new view in the same one.
const WATCH = `(() => {
  const report = (what, at, text) => globalThis.peersReport(JSON.stringify({ what, at: performance.timeOrigin + at, text }));
  addEventListener('click', (event) => report('click', event.timeStamp, ''), { capture: true });
  let last;
  new MutationObserver(() => {
    const text = document.querySelector('main h1')?.textContent.trim();
    if (text === last) return;
    last = text;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => report('heading', performance.now(), text);
      painted.port2.postMessage(0);
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
})()`;

/** Where the first line of a link is, once it stands in the middle of the window and nothing lies over it, such as a
 * transition of views. */
const PLACE = (url) => `(async () => {
  const link = document.querySelector('main .cards a[href="${url}"]');
  const end = performance.now() + 5000;
  for (;;) {
    link.scrollIntoView({ block: 'center', behavior: 'instant' });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const line = link.getClientRects()[0];
    const [x, y] = [line.x + line.width / 2, line.y + line.height / 2];
    if (link.contains(document.elementFromPoint(x, y))) return { x, y };
    if (performance.now() > end) throw new Error('something lies over the link to ${url}');
  }
})()`;

/** Prepares a page for clicks. */
export async function watch(page) {
  await page.send('Runtime.addBinding', { name: 'peersReport' });
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: WATCH });
}

/** With a pointer that rests on the link before, or comes and presses at once, or with a finger. */
export const INPUTS = {
  async hover(page, place) {
    await move(page, place);
    await pause(HOVERED);
    await press(page, place);
  },
  async 'no hover'(page, place) {
    await move(page, place);
    await press(page, place);
  },
  async touch(page, place) {
    await page.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 });
    await page.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [place] });
    await pause(HELD);
    await page.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  },
};

function mouse(page, type, place, more = {}) {
  return page.send('Input.dispatchMouseEvent', { type, ...place, pointerType: 'mouse', ...more });
}

async function move(page, { x, y }) {
  for (const step of [40, 20, 0]) await mouse(page, 'mouseMoved', { x: x + step, y: y + step });
}

async function press(page, place) {
  const button = { button: 'left', clickCount: 1 };
  await mouse(page, 'mousePressed', place, { ...button, buttons: 1 });
  await pause(HELD);
  await mouse(page, 'mouseReleased', place, button);
}

/** Clicks a link of a page that was prepared, and answers the milliseconds until the heading of its article is painted. */
export async function click(page, { url, title }, input) {
  const place = await page.eval(PLACE(url));
  let started;
  let stop = () => {};
  const painted = new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`the heading of ${url} never came`)), 15000);
    const off = page.browser.on(({ method, params, sessionId }) => {
      if (method !== 'Runtime.bindingCalled' || sessionId !== page.sessionId) return;
      const { what, at, text } = JSON.parse(params.payload);
      if (what === 'click') started = at;
      else if (started && text === title) done(at - started);
    });
    stop = () => {
      clearTimeout(late);
      off();
    };
  });
  try {
    await Promise.all([INPUTS[input](page, place), painted]);
    return await painted;
  } finally {
    stop();
  }
}
