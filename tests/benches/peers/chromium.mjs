// Chromium without a driver: started here, spoken to by its own protocol (CDP) over a pipe of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLAGS = [
  '--headless=new', '--no-sandbox', '--no-first-run', '--remote-debugging-pipe', '--hide-scrollbars',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
  '--disable-features=Translate,OptimizationHints,MediaRouter', '--window-size=360,740',
];

export class Chromium {
  #process;
  #profile = mkdtempSync(join(tmpdir(), 'peers-'));
  #waiting = new Map();
  #listeners = new Set();
  #last = 0;

  constructor(program) {
    // A file descriptor of its own for each direction: 3 to Chromium, 4 from it.
    const flags = [...FLAGS, `--user-data-dir=${this.#profile}`];
    this.#process = spawn(program, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#process.on('error', (error) => {
      throw new Error(`${program} cannot be started: ${error.message}`);
    });
    let rest = '';
    this.#process.stdio[4].setEncoding('utf8').on('data', (data) => {
      const messages = (rest + data).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) this.#hear(JSON.parse(message));
    });
  }

  #hear(message) {
    const waiting = this.#waiting.get(message.id);
    if (waiting) {
      this.#waiting.delete(message.id);
      if (message.error) waiting.fail(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting.done(message.result);
    } else {
      for (const listener of this.#listeners) listener(message);
    }
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#last;
    this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((done, fail) => this.#waiting.set(id, { method, done, fail }));
  }

  /** Calls back for all events until the answer is called. */
  on(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A page in a context of its own: nothing is cached, no service worker is there. */
  async context() {
    const { browserContextId } = await this.send('Target.createBrowserContext', { disposeOnDetach: true });
    return new Context(this, browserContextId);
  }

  async close() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((done) => this.#process.once('exit', done));
    await this.send('Browser.close').catch(() => {});
    await gone;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Context {
  constructor(browser, id) {
    this.browser = browser;
    this.id = id;
  }

  async page() {
    const { targetId } = await this.browser.send('Target.createTarget', { url: 'about:blank', browserContextId: this.id });
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this.browser, targetId, sessionId);
    await page.prepare();
    return page;
  }

  close() {
    return this.browser.send('Target.disposeBrowserContext', { browserContextId: this.id });
  }
}

export class Page {
  /** What was sent for this page, by request: the type, the bytes with the headers. @type {Map<string, {type: string, bytes: number}>} */
  requests = new Map();
  #lastNetwork = performance.now();
  #hears;

  constructor(browser, targetId, sessionId) {
    this.browser = browser;
    this.targetId = targetId;
    this.sessionId = sessionId;
    /** Sessions of the page and of its workers. */
    this.sessions = new Set([sessionId]);
    this.#hears = browser.on((event) => this.#hear(event));
  }

  async prepare() {
    await this.send('Page.enable');
    await this.send('Runtime.enable');
    await this.send('Network.enable');
    await this.send('Emulation.setDeviceMetricsOverride', { width: 360, height: 740, deviceScaleFactor: 2, mobile: true });
    // Service workers belong to no page: what is attached to them here is what this page registers.
    await this.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  }

  send(method, params) {
    return this.browser.send(method, params, this.sessionId);
  }

  #hear({ method, params, sessionId }) {
    if (!this.sessions.has(sessionId)) return;
    if (method === 'Target.attachedToTarget') {
      this.sessions.add(params.sessionId);
      this.browser.send('Network.enable', {}, params.sessionId).catch(() => {});
      this.browser.send('Runtime.runIfWaitingForDebugger', {}, params.sessionId).catch(() => {});
    } else if (method === 'Network.requestWillBeSent' && params.request.url.startsWith('http')) {
      this.#lastNetwork = performance.now();
    } else if (method === 'Network.responseReceived' && !params.response.fromServiceWorker) {
      const { url, mimeType, fromDiskCache } = params.response;
      if (url.startsWith('http') && !fromDiskCache) this.requests.set(params.requestId, { url, type: mimeType, bytes: 0 });
    } else if (method === 'Network.loadingFinished' || method === 'Network.loadingFailed') {
      this.#lastNetwork = performance.now();
      const request = this.requests.get(params.requestId);
      if (request) request.bytes = params.encodedDataLength ?? 0;
    }
  }

  async eval(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Resolves when the expression is true in the page, also across documents. */
  async until(expression, milliseconds = 10000) {
    const end = performance.now() + milliseconds;
    while (!(await this.eval(`!!(${expression})`).catch(() => false))) {
      if (performance.now() > end) throw new Error(`not within ${milliseconds} ms: ${expression}`);
      await pause(20);
    }
  }

  slow(rate) {
    return this.send('Emulation.setCPUThrottlingRate', { rate });
  }

  async goto(url) {
    const { errorText } = await this.send('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await this.until(`document.readyState === 'complete' && location.href === '${url}'`);
  }

  /** Resolves when nothing was fetched for a while and the page has nothing to do. */
  async rest(quiet = 600) {
    const end = performance.now() + 15000;
    const idle = 'new Promise((done) => requestIdleCallback(() => requestIdleCallback(() => done(1))))';
    for (;;) {
      await this.eval(idle);
      const since = performance.now() - this.#lastNetwork;
      if (since >= quiet || performance.now() > end) return;
      await pause(Math.max(20, quiet - since));
    }
  }

  async close() {
    this.#hears();
    await this.browser.send('Target.closeTarget', { targetId: this.targetId });
  }
}

export function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
