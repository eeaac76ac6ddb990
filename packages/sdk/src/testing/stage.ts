import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'tsup';
import { expect } from 'vitest';
import { launchBrowser, personsContext } from '../../../../test/support/browser.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { script } from '../../tsup.config.ts';
import type { Beacon, Item } from '../wire.ts';

/** Where the pages are, and the collector. The browser reaches both through the stage, which is its proxy. */
export const SHOP = 'http://shop.example';
export const STATS = 'http://stats.example';

/** When the clocks that tests move begin. */
const START = Date.UTC(2026, 0, 1);

/** A beacon as it arrived. */
export interface Arrival {
  at: number;
  /** Where it was sent. */
  to: string;
  headers: IncomingHttpHeaders;
  bytes: number;
  beacon: Beacon;
}

/** What the collector answers. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
}

/** A page that the shop serves. */
export interface Paper {
  html: string;
  headers?: Record<string, string>;
  status?: number;
}

/** A shop, a collector and a browser between them. */
export interface Stage {
  readonly browser: Browser;
  readonly port: number;
  /** Beacons so far, as they came in. */
  readonly arrivals: Arrival[];
  /** What the tabs' pages threw and did not catch. */
  readonly failures: string[];
  /** Pages by their address without query; any other address is served {@link paper} without more. */
  readonly papers: Map<string, Paper>;
  /** Text of a script as it is served. */
  script(file: string): string;
  /** Answers the next beacons; null: the connection breaks. */
  reply: (arrival: Arrival) => Reply | null | Promise<Reply>;
  /** A new profile of a person's browser. */
  profile(options?: Parameters<Browser['newContext']>[0]): Promise<BrowserContext>;
  /** The tab for tests that leave nothing in it but a page: each load begins anew. */
  page(): Promise<Page>;
  /** A new tab in a new profile. */
  tab(options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** Everything reported so far, in order of arrival. */
  items(): Item[];
  /** Kinds of {@link items}. */
  kinds(): string[];
  /** Waits until all that the page has sent is answered, or failed: what has not arrived then was never sent. */
  sent(page: Page): Promise<void>;
  /** Goes to a page whose clock stands still but for what a test lets {@link pass}, and waits until its view was sent. */
  openTimed(page: Page, url?: string): Promise<void>;
  /** Lets the time of such a page pass, in milliseconds, and the network keep up with it. */
  pass(page: Page, ms: number): Promise<void>;
  /** Has the page send what is waiting, as it does when it is left, and waits for {@link sent}. */
  settle(page: Page): Promise<void>;
  /** Goes elsewhere, which sends what is waiting, and waits for the last of it. */
  leave(page: Page): Promise<void>;
  /** Forgets what came in, closes all tabs but {@link page}. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps what the page sends until it is answered, so that a test can wait for the last of it. */
const KEEP_SENDING = `{
  window.sending = new Set();
  const { fetch } = window;
  window.fetch = (...given) => {
    const sent = fetch(...given);
    const done = () => sending.delete(sent);
    sending.add(sent);
    sent.then(done, done);
    return sent;
  };
}`;

/**
 * What waits for company waits a third of its second: most tests ask what is sent, not when, and hundreds of them would
 * wait for it. The script looks each 100 ms (`queue.ts`).
 */
const HURRY = `{
  const { setTimeout: later } = window;
  window.setTimeout = (job, ms, ...given) => later(job, ms === 100 ? 30 : ms, ...given);
}`;

/** The two events of a page that is left, in their order: https://html.spec.whatwg.org/#unload-a-document */
const BE_LEFT = `
  dispatchEvent(new PageTransitionEvent('pagehide'));
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
`;

/** The script tag of the shop. */
export const tag = (attributes = 'data-site="shop.example"', file = 'p.js'): string =>
  `<script defer src="${STATS}/${file}" ${attributes}></script>`;

/** The one that also reports errors and the log. */
export const fullTag = (attributes?: string): string => tag(attributes, 'p.full.js');

/** A page with the script. */
export const paper = (body = '', script = tag()): string =>
  `<!doctype html><html><head><title>Shop</title><link rel="icon" href="data:,">${script}</head><body>${body}</body></html>`;

/** Builds what is shipped, and returns the files by name. */
export const buildFiles = async (config: object): Promise<Map<string, Buffer>> => {
  const { path: outDir, remove } = temporaryFolder();
  try {
    await build({ ...config, config: false, outDir, silent: true });
    const names = await readdir(outDir);
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(outDir, name))] as const)));
  } finally {
    remove();
  }
};

/** How a stage is set. */
export interface StageOptions {
  /** Missing: {@link launchBrowser}. */
  readonly launch?: () => Promise<Browser>;
  /** What the shop serves where nothing else is said. */
  readonly page?: string;
  /** Whether what is put together takes its whole second, as on a page of the shop. */
  readonly isUnhurried?: boolean;
}

/** Sets the stage. */
export const openStage = async ({
  launch = launchBrowser,
  page = paper(),
  isUnhurried = false,
}: StageOptions = {}): Promise<Stage> => {
  const scripts = await buildFiles(script);
  const arrivals: Arrival[] = [];
  const failures: string[] = [];
  const papers = new Map<string, Paper>();

  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const arrival = {
      at: Date.now(),
      to: String(request.url),
      headers: request.headers,
      bytes: body.length,
      beacon: JSON.parse(body.toString()),
    };
    arrivals.push(arrival);
    const reply = await stage.reply(arrival);
    if (!reply) return response.destroy();
    const open = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after, passerby' };
    return response.writeHead(reply.status, { ...open, ...reply.headers }).end();
  };

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const { origin, pathname } = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const code = scripts.get(pathname.slice(1));
    const { html, headers, status = 200 } = papers.get(origin + pathname) ?? { html: page };
    const open = { 'access-control-allow-origin': '*', 'content-type': code ? 'text/javascript' : 'text/html' };
    response.writeHead(status, { ...open, ...headers });
    response.end(code ?? html);
  };
  const server = createServer((request, response) =>
    request.url?.endsWith('.example/in') ? take(request, response) : serve(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await launch();

  let shared: Promise<Page> | undefined;

  const stage: Stage = {
    browser,
    port,
    arrivals,
    failures,
    papers,
    script: (file) => String(scripts.get(file)),
    reply: () => ({ status: 202 }),
    page: () => {
      shared ??= stage.tab();
      return shared;
    },
    async profile(options) {
      const proxy = { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' };
      const context = await personsContext(browser, { proxy, ...options });
      await context.addInitScript(KEEP_SENDING);
      if (!isUnhurried) await context.addInitScript(HURRY);
      return context;
    },
    async tab(options) {
      const page = await (await stage.profile(options)).newPage();
      page.on('pageerror', ({ message }) => failures.push(message));
      return page;
    },
    items: () => arrivals.flatMap(({ beacon }) => beacon.i),
    kinds: () => stage.items().map(({ k }) => k),
    sent: (page) => inFrames(page, 'Promise.allSettled([...sending]).then(() => {})'),
    async openTimed(page, url = SHOP) {
      await page.clock.install({ time: START });
      await page.clock.pauseAt(START + 1000);
      await page.goto(url);
      await stage.pass(page, 1000);
    },
    async pass(page, ms) {
      await page.clock.runFor(ms);
      await stage.sent(page);
    },
    async settle(page) {
      await afterPutOff(page);
      await inFrames(page, BE_LEFT);
      await stage.sent(page);
    },
    async leave(page) {
      const engagements = () => stage.kinds().filter((kind) => kind === 'engage').length;
      const before = engagements();
      await afterPutOff(page);
      await page.goto('about:blank');
      await soon(engagements).toBeGreaterThan(before);
    },
    async clear() {
      const kept = await shared;
      const others = browser.contexts().filter((context) => context !== kept?.context());
      await Promise.all(browser.contexts().map((context) => silence(context)));
      if (kept) await stage.sent(kept);
      await Promise.all(others.map((context) => context.setOffline(true)));
      await Promise.all(others.map((context) => context.close()));
      arrivals.length = failures.length = 0;
      papers.clear();
      stage.reply = () => ({ status: 202 });
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
  return stage;
};

/** Evaluates a script in each frame of a page. */
const inFrames = async (page: Page, code: string): Promise<void> => {
  await Promise.all(page.frames().map((frame) => frame.evaluate(code)));
};

/** After what the page itself has put off to the next moment: timers run in the order in which they are due. */
const afterPutOff = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 10)));

/** Pages that are closed or left would send their engagement into the next test, being offline or not. */
const silence = async (context: BrowserContext): Promise<void> => {
  const silenced = context.pages().map((page) => inFrames(page, 'fetch = () => Promise.reject()').catch(nothing));
  await Promise.all(silenced);
};

/** A page that is gone, or on its way elsewhere, sends nothing more either. */
const nothing = (): void => {};

/** Expects something soon. */
export const soon = <T>(read: () => T): ReturnType<typeof expect.poll<T>> =>
  expect.poll(read, { timeout: 10_000, interval: 10 });
