import type { IncomingMessage, RequestListener } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import { REAL_AGENT } from '../../test/support/agent.ts';
import { launchBrowser, personsContext } from '../../test/support/browser.ts';
import { startWeb } from '../../test/support/web.ts';
import type { Script } from './scripts.ts';

/** How deep the element that is clicked lies in the document. */
const DEPTH = 24;
const HOST = 'http://page.example';

/** What a server was sent: requests with their headers and bodies, in bytes of HTTP/1. */
export interface Heard {
  requests: number;
  bytes: number;
}

/** A browser, and a page that takes one of the scripts. */
export interface Stage {
  readonly browserVersion: string;
  /** Opens the page, without a script of `/NAME` but for that of `script`; takes it away again. */
  readonly onPage: <Result>(
    script: Script | null,
    act: (page: Page, heard: Heard) => Promise<Result>,
  ) => Promise<Result>;
  readonly stop: () => Promise<void>;
}

const BODY = `${'<div class="box" data-kind="layout">'.repeat(DEPTH)}<button id="deep" type="button">Deep</button>${'</div>'.repeat(DEPTH)}
<div style="height: 3000px"></div>`;

/** An origin that is isolated has a clock of 5 µs instead of 100. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'credentialless' };

const bytesOf = ({ method = '', url = '', rawHeaders }: IncomingMessage, body: number): number =>
  `${method} ${url} HTTP/1.1\r\n\r\n`.length +
  rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + ': '.length, 0) +
  body;

/** Answers as an intake does, and a preflight. */
const createIntake =
  (heard: Heard): RequestListener =>
  async (request, response) => {
    let body = 0;
    for await (const chunk of request) body += (chunk as Buffer).length;
    heard.requests++;
    heard.bytes += bytesOf(request, body);
    response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', '*');
    response.setHeader('cross-origin-resource-policy', 'cross-origin').setHeader('content-type', 'application/json');
    response.writeHead(request.method === 'OPTIONS' ? 204 : 202).end(request.method === 'OPTIONS' ? '' : '{}');
  };

/** Sets the stage up. */
export const openStage = async (scripts: readonly Script[]): Promise<Stage> => {
  const heard: Heard = { requests: 0, bytes: 0 };
  const web = await startWeb({
    'page.example': (request, response) => {
      const source = scripts.find(({ name }) => request.url?.endsWith(`/${encodeURIComponent(name)}.js`))?.source;
      if (source !== undefined) return response.setHeader('content-type', 'text/javascript').end(source);
      const name = new URL(request.url ?? '', HOST).searchParams.get('script');
      const tag =
        name && `<script defer src="/${encodeURIComponent(name)}.js" data-to="http://stats.example.com/in"></script>`;
      response.writeHead(200, { ...ISOLATED, 'content-type': 'text/html; charset=utf-8' });
      return response.end(`<!doctype html><title>Page</title><link rel="icon" href="data:,">${tag ?? ''}${BODY}`);
    },
    'stats.example.com': createIntake(heard),
  });
  const browser = await launchBrowser([
    `--user-agent=${REAL_AGENT}`,
    `--unsafely-treat-insecure-origin-as-secure=${HOST}`,
  ]);
  const openContext = async (): Promise<BrowserContext> => {
    const context = await personsContext(browser, { proxy: { server: web.proxy } });
    // tsx has functions call this helper, to keep their names.
    await context.addInitScript({ content: 'globalThis.__name = (it) => it' });
    await context.addInitScript(countListeners);
    return context;
  };
  return {
    browserVersion: browser.version(),
    async onPage(script, act) {
      const context = await openContext();
      try {
        Object.assign(heard, { requests: 0, bytes: 0 });
        const page = await context.newPage();
        await page.goto(`${HOST}/${script === null ? '' : `?script=${encodeURIComponent(script.name)}`}`);
        return await act(page, heard);
      } finally {
        await context.close();
      }
    },
    async stop() {
      await browser.close();
      await web.stop();
    },
  };
};

declare global {
  interface Window {
    /** Listeners that were added to the window and the document. */
    listeners: number;
  }
}

/** In the page, before anything else. */
const countListeners = (): void => {
  window.listeners = 0;
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (...given) {
    if (this === window || this === document || this === undefined) window.listeners++;
    return addEventListener.apply(this ?? window, given);
  };
};
