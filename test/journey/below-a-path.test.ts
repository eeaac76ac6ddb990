import { createServer, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { type ServedCollector, serveCollector } from '../support/served-collector.ts';
import { DOMAIN, PATIENCE_MS } from './stage.ts';

const BASE = '/stats';
const EMAIL = 'owner@shop.example';
const PASSWORD = 'a long enough password';
/** A page of the site whose host the collector is on. */
const SHOP = `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><script defer src="${BASE}/p.js" data-site="${DOMAIN}" data-local></script>`;

describe('below a path of another site', () => {
  let served: ServedCollector;
  let ticking: NodeJS.Timeout;
  let browser: Browser;
  let origin: string;
  /** Whether the proxy hands a request on without the path. */
  let takesAway = false;
  /** Requests that met the site in place of the collector. */
  let strays: string[] = [];

  const listener: RequestListener = (incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    if (url.startsWith(`${BASE}/`)) {
      const path = takesAway ? url.slice(BASE.length) : url;
      const handedOn = request(
        served.url + path,
        { method, headers: { ...headers, 'x-forwarded-for': '203.0.113.7' } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      handedOn.on('error', () => outgoing.destroy());
      outgoing.on('close', () => handedOn.destroy());
      incoming.pipe(handedOn);
    } else if (url === '/shop') outgoing.writeHead(200, { 'content-type': 'text/html' }).end(SHOP);
    // Browsers ask every host for it once, on their own.
    else if (url === '/favicon.ico') outgoing.writeHead(204).end();
    else {
      strays.push(url);
      outgoing.writeHead(404).end();
    }
  };
  const site = createServer(listener);

  beforeAll(async () => {
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(site.address() as AddressInfo).port}`;
    served = await serveCollector({ settings: { publicUrl: { origin, base: BASE } } });
    // As `serve` does: by this those who watch are told what has come.
    ticking = setInterval(() => void served.collector.collector.tick(), 1000);
    for (const domain of [DOMAIN, 'demo']) await served.collector.api('POST', '/api/sites', { domain });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    site.closeAllConnections();
    await new Promise((resolve) => site.close(resolve));
    clearInterval(ticking);
    await served.stop();
  });
  beforeEach(() => {
    strays = [];
  });

  /** A page of somebody with a browser of their own, and what went wrong in it. */
  const somebody = async (): Promise<{ page: Page; wrong: string[] }> => {
    const context = await personsContext(browser, { locale: 'en-GB', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => {
      // A browser says by itself that nobody is signed in yet.
      if (message.type() === 'error' && !message.text().includes('401')) wrong.push(message.text());
    });
    return { page, wrong };
  };
  const enter = async (page: Page, button: string): Promise<void> => {
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('link', { name: DOMAIN }).waitFor();
  };
  const pathOf = (page: Page): string => new URL(page.url()).pathname;
  /** Where the links of a page lead on this host. */
  const linksOf = (page: Page): Promise<string[]> =>
    page.locator('a[href]').evaluateAll((links) =>
      links
        .map((link) => new URL((link as HTMLAnchorElement).getAttribute('href') ?? '', document.baseURI))
        .filter((url) => url.origin === location.origin)
        .map((url) => url.pathname),
    );

  test('the one-time link makes an account there', async () => {
    const { page, wrong } = await somebody();
    await page.goto(`${origin}${BASE}/setup#token=${served.collector.collector.accounts.setupToken}`);
    await enter(page, 'Create account');
    expect([pathOf(page), wrong, strays]).toEqual([`${BASE}/`, [], []]);
    await page.context().close();
  });

  describe.each([
    ['passes it on', false],
    ['takes it away', true],
  ])('by a proxy that %s', (_, away) => {
    let page: Page;
    let wrong: string[];
    beforeAll(async () => {
      takesAway = away;
      ({ page, wrong } = await somebody());
      await page.goto(`${origin}${BASE}/login`);
      await enter(page, 'Sign in');
    });
    afterAll(() => page.context().close());

    test('the session is of the path alone', async () => {
      const cookies = await page.context().cookies(`${origin}${BASE}/`);
      expect(cookies.map(({ name, path }) => [name, path])).toEqual([['passerby', BASE]]);
      expect(await page.context().cookies(`${origin}/shop`)).toEqual([]);
      expect(await page.context().cookies(`${origin}/statistics`)).toEqual([]);
    });

    test('the script reports a view, and the live screen shows it', async () => {
      await page.getByRole('link', { name: DOMAIN }).click();
      await page.locator('a[data-metric=visitors]').waitFor();
      await page.locator('a[data-testid=now]').click();
      await page
        .getByRole('heading', { name: /live|now/i })
        .first()
        .waitFor();
      expect(pathOf(page)).toBe(`${BASE}/sites/${DOMAIN}/live`);
      const visitor = await somebody();
      const reported = visitor.page.waitForResponse((answer) => answer.url() === `${origin}${BASE}/in`);
      await visitor.page.goto(`${origin}/shop`);
      expect((await reported).status()).toBe(202);
      await served.collector.flush();
      await page.getByRole('link', { name: '/shop', exact: true }).waitFor();
      await visitor.page.context().close();
      expect([visitor.wrong, wrong]).toEqual([[], []]);
    });

    test.each([
      '',
      'new',
      'account',
      'accounts',
      'system',
      ...['', '/live', '/logs', '/install', '/settings'].map((part) => `sites/${DOMAIN}${part}`),
    ])('the screen "%s" opens by its address, again too, and links to nothing outside', async (path) => {
      await page.goto(`${origin}${BASE}/${path}`);
      await page.locator('main h1, main h2, main [data-metric]').first().waitFor();
      await page.reload();
      await page.locator('main h1, main h2, main [data-metric]').first().waitFor();
      const links = await linksOf(page);
      expect(links.length).toBeGreaterThan(1);
      expect(links.filter((link) => !link.startsWith(`${BASE}/`))).toEqual([]);
      expect([pathOf(page), wrong, strays]).toEqual([`${BASE}/${path}`, [], []]);
    });

    test('what is saved and copied is of this place', async () => {
      await page.goto(`${origin}${BASE}/sites/${DOMAIN}`);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('button', { name: /as CSV/ })
          .first()
          .click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/\.csv$/);
      await page.goto(`${origin}${BASE}/account`);
      const [own] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
      expect(own.url()).toBe(`${origin}${BASE}/api/account/export`);
      await page.goto(`${origin}${BASE}/sites/${DOMAIN}/install`);
      await page.getByText(`src="${origin}${BASE}/p.js"`).first().waitFor();
      await page.goto(`${origin}${BASE}/api/reference`);
      await page.getByRole('link', { name: 'OpenAPI' }).waitFor();
      expect([wrong, strays]).toEqual([[], []]);
    });

    test('the demo is there, and what it reports', async () => {
      const visitor = await somebody();
      const reported = visitor.page.waitForResponse((answer) => answer.url() === `${origin}${BASE}/in`);
      await visitor.page.goto(`${origin}${BASE}/demo/`);
      await visitor.page.getByRole('link', { name: 'Bread' }).first().click();
      await visitor.page.waitForURL(`${origin}${BASE}/demo/bread.html*`);
      await reported;
      await visitor.page.context().close();
      expect([visitor.wrong, strays]).toEqual([[], []]);
    });

    test('signing out ends at the sign-in, and takes the cookie away', async () => {
      await page.goto(`${origin}${BASE}/account`);
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await page.waitForURL(`${origin}${BASE}/login`);
      expect(await page.context().cookies(`${origin}${BASE}/`)).toEqual([]);
      expect([wrong, strays]).toEqual([[], []]);
    });
  });

  test('who opens it directly on its machine is led to the same place', async () => {
    const { page, wrong } = await somebody();
    await page.goto(`${served.url}/login`);
    await enter(page, 'Sign in');
    await page.getByRole('link', { name: DOMAIN }).click();
    await page.locator('a[data-metric=visitors]').waitFor();
    expect([pathOf(page), wrong]).toEqual([`${BASE}/sites/${DOMAIN}`, []]);
    await page.context().close();
  });
});
