import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { type CollectorProcess, startCollectorProcess } from '../support/collector-process.ts';
import { localTag, startSite, type TestSite } from '../support/site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { watchPage } from './watch.ts';

/** Read so as to be silent where silence is asked for; neither is sent. */
const MAY_BE_READ = ['navigator.globalPrivacyControl', 'navigator.webdriver'];

/** All that a beacon may hold (wire.ts). */
const BEACON_FIELDS = ['v', 'b', 's', 'u', 't', 'r', 'w', 'rel', 'i'];
const ITEM_FIELDS = ['k', 'a', 'n', 'p', 'ms', 'sc', 'vm', 'vs', 'l', 'm', 'st'];

describe('in the browser of a visitor', () => {
  const folder = temporaryFolder();
  let collector: CollectorProcess;
  let site: TestSite;
  let browser: Browser;

  beforeAll(async () => {
    collector = await startCollectorProcess(folder.path);
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
    site = await startSite(localTag(collector.url, 'example.com'));
    browser = await launchBrowser([`--user-agent=${REAL_AGENT}`]);
  });
  afterAll(async () => {
    await browser.close();
    await site.stop();
    await collector.end();
    folder.remove();
  });

  /** What a visitor's browser did: the beacons it sent, and what was touched on its pages. */
  interface Seen {
    readonly beacons: Beacon[];
    readonly touched: Set<string>;
  }

  /** Does everything that the SDK notices, on several pages, and leaves. */
  const lookAround = async (context: BrowserContext): Promise<Seen> => {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.addInitScript(watchPage);
    const beacons: Beacon[] = [];
    page.on('request', (request) => {
      if (request.url() === `${collector.url}/in` && request.method() === 'POST')
        beacons.push(request.postDataJSON() as Beacon);
    });
    const touched = new Set<string>();
    const leave = async (): Promise<void> => {
      // The page is told that it goes away while it can still be asked what it does then.
      const names = await page.evaluate(() => {
        document.dispatchEvent(new Event('visibilitychange'));
        dispatchEvent(new Event('pagehide'));
        return window.touched;
      });
      for (const name of names) touched.add(name);
    };

    await page.goto(`${site.url}/app/`);
    for (const name of ['/app/inbox', '/app/settings']) await page.getByRole('link', { name }).click();
    for (const name of ['Filter', 'Log', 'Fail']) await page.getByRole('button', { name }).click();
    await page.waitForTimeout(1200);
    await leave();
    await page.goto(`${site.url}/pricing.html`);
    await page.getByRole('button', { name: 'Buy' }).click();
    await page.mouse.wheel(0, 2000);
    await page.waitForTimeout(1200);
    await leave();
    await page.goto('about:blank');
    return { beacons, touched };
  };

  const kinds = (beacons: readonly Beacon[]): Set<string> => new Set(beacons.flatMap(({ i }) => i.map(({ k }) => k)));

  test('nothing is stored and nothing is probed, whatever there is to report', async () => {
    const context = await personsContext(browser);
    const { beacons, touched } = await lookAround(context);
    expect(kinds(beacons)).toEqual(new Set(['view', 'event', 'engage', 'log', 'error']));
    expect([...touched].filter((name) => !MAY_BE_READ.includes(name))).toEqual([]);
    expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
    await context.close();
  });

  test('nothing is sent but what the wire lists, and nothing twice that could be a name', async () => {
    const seen: Beacon[][] = [];
    for (let visitor = 0; visitor < 2; visitor++) {
      const context = await personsContext(browser);
      seen.push((await lookAround(context)).beacons);
      await context.close();
    }
    const all = seen.flat();
    const fields = all.flatMap((beacon) => Object.keys(beacon));
    expect(fields.filter((name) => !BEACON_FIELDS.includes(name))).toEqual([]);
    const itemFields = all.flatMap(({ i }) => i.flatMap((item) => Object.keys(item)));
    expect(itemFields.filter((name) => !ITEM_FIELDS.includes(name))).toEqual([]);
    const ids = all.map(({ b }) => b);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the collector sets nothing and is told nothing that was set', async () => {
    const context = await personsContext(browser);
    await context.addCookies([{ name: 'passerby', value: 'planted', url: collector.url }]);
    const page = await context.newPage();
    const sent = page.waitForRequest(`${collector.url}/in`);
    const answered = page.waitForResponse(`${collector.url}/in`);
    await page.goto(site.url);
    expect((await (await sent).allHeaders()).cookie).toBeUndefined();
    const headers = await (await answered).allHeaders();
    for (const name of ['set-cookie', 'etag', 'last-modified', 'clear-site-data', 'accept-ch'])
      expect(headers[name]).toBeUndefined();
    expect((await context.cookies()).map(({ value }) => value)).toEqual(['planted']);
    await context.close();
  });

  test('the script is the same for everyone, and so is its tag in the cache', async () => {
    const ask = async (agent: string): Promise<unknown[]> => {
      const response = await fetch(`${collector.url}/p.js`, { headers: { 'user-agent': agent } });
      expect(response.headers.getSetCookie()).toEqual([]);
      return [response.headers.get('etag'), await response.text()];
    };
    expect(await ask(REAL_AGENT)).toEqual(
      await ask('Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0'),
    );
  });

  test('not one request is made where Global Privacy Control is on, and the page works', async () => {
    const context = await personsContext(browser, { extraHTTPHeaders: { 'sec-gpc': '1' } });
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
    );
    const errors: string[] = [];
    context.on('weberror', (error) => errors.push(error.error().message));
    const { beacons, touched } = await lookAround(context);
    expect(beacons).toEqual([]);
    expect([...touched].filter((name) => !MAY_BE_READ.includes(name))).toEqual([]);
    expect(errors).toEqual([expect.stringContaining('Cannot read properties of null')]);
    await context.close();
  });

  test('the watch would notice', async () => {
    const context = await personsContext(browser);
    const page: Page = await context.newPage();
    await page.addInitScript(watchPage);
    await page.goto(`${site.url}/app.js`);
    const touched = await page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: this is what must be noticed
      document.cookie = 'a=b';
      localStorage.setItem('a', 'b');
      sessionStorage.getItem('a');
      indexedDB.open('a');
      caches.keys();
      document.createElement('canvas').getContext('2d')?.getImageData(0, 0, 1, 1);
      new OffscreenCanvas(1, 1);
      new AudioContext();
      void [navigator.plugins, navigator.userAgent, navigator.languages, screen.width, document.fonts];
      Intl.DateTimeFormat().resolvedOptions();
      matchMedia('(min-width: 1px)');
      return window.touched;
    });
    expect([...new Set(touched)].sort()).toEqual(
      [
        ...[
          'AudioContext',
          'IDBFactory.open',
          'Intl.resolvedOptions',
          'OffscreenCanvas',
          'Storage.getItem',
          'Storage.setItem',
        ],
        ...['caches', 'canvas.getContext', 'context.getImageData', 'document.cookie', 'document.fonts', 'indexedDB'],
        ...['localStorage', 'matchMedia', 'navigator.languages', 'navigator.plugins', 'navigator.userAgent'],
        ...['screen.width', 'sessionStorage'],
      ].sort(),
    );
    expect((await context.storageState()).cookies).toHaveLength(1);
    await context.close();
  });
});
