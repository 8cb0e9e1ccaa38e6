// What it costs to open a page for the first time: bytes, requests, paints, blocking time; and whether it opens again
// without its server.

const OBSERVE = `(() => {
  const seen = { largest: 0, shift: 0, tasks: [] };
  globalThis.peersSeen = seen;
  const watch = (type, hear) =>
    new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({ type, buffered: true });
  watch('largest-contentful-paint', (it) => { seen.largest = it.startTime; });
  watch('layout-shift', (it) => { seen.shift += it.value; });
  watch('longtask', (it) => { seen.tasks.push([it.startTime, it.duration]); });
})()`;

const KINDS = [
  ['html', /html/],
  ['css', /css/],
  ['js', /javascript/],
  ['wasm', /wasm/],
  ['picture', /^image\//],
  ['data', /./],
];

/** Opens a page in a browser that has nothing of its site. */
export async function load(context, url, slower) {
  const page = await context.page();
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: OBSERVE });
  await page.slow(slower);
  await page.goto(url);
  await page.rest(1000);
  const { largest, shift, tasks } = await page.eval('peersSeen');
  const first = await page.eval("performance.getEntriesByName('first-contentful-paint')[0].startTime");
  const blocking = tasks
    .filter(([start]) => start >= first)
    .reduce((sum, [, duration]) => sum + Math.max(0, duration - 50), 0);
  const bytes = {};
  for (const request of page.requests.values()) {
    const [kind] = KINDS.find(([, type]) => type.test(request.type)) ?? ['data'];
    bytes[kind] = (bytes[kind] ?? 0) + request.bytes;
  }
  const requests = page.requests.size;
  await page.close();
  return { first, largest, blocking, shift, requests, bytes };
}

/** Whether a page that was read opens when the server is gone; `stop` ends it. */
export async function opensAgain(context, { url, title }, stop) {
  const reading = await context.page();
  await reading.goto(url);
  await reading.rest(2000);
  await reading.close();
  await stop();
  const page = await context.page();
  await page.send('Page.navigate', { url });
  const heading = `document.querySelector('main h1')?.textContent.trim() === ${JSON.stringify(title)}`;
  const opened = await page.until(heading, 5000).then(() => true, () => false);
  await page.close();
  return opened;
}
