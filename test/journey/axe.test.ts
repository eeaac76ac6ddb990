import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { type ServedCollector, serveCollector } from '../support/served-collector.ts';
import type { TestCollector } from '../support/test-collector.ts';
import { DOMAIN, PATIENCE_MS } from './stage.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OWNER = { email: 'owner@shop.example', password: 'a long enough password' };
const SITE = `/sites/${DOMAIN}`;

/** Screens, and what is there when they are complete. Those of links that work once are open to anyone. */
const OPEN: readonly [path: string, complete: string][] = [
  ['/login', 'form'],
  ['/setup#token=x', 'h1'],
  ['/reset#token=x', 'form'],
  ['/invite#token=x', 'h1'],
];
const CLOSED: readonly [path: string, complete: string][] = [
  ['/', `a[href="${SITE}"]`],
  ['/new', 'form'],
  ['/account', 'form'],
  ['/account?section=security', '.entries li'],
  ['/account?section=tokens', '.entries li'],
  ['/accounts', '.entries li'],
  ['/system', '.figure'],
  [SITE, '.row'],
  [`${SITE}?list=pages`, 'dialog .row'],
  [`${SITE}?event!=Order`, '.metric-value[data-value=""]'],
  [`${SITE}/live`, 'h1, h2'],
  [`${SITE}/logs`, '.problem, .logs li, main li'],
  [`${SITE}/logs?tab=records`, '.log-list li'],
  [`${SITE}/install`, 'code'],
  [`${SITE}/settings`, 'form'],
  [`${SITE}/settings?section=counting`, 'form'],
  [`${SITE}/settings?section=leftOut`, 'td'],
  [`${SITE}/settings?section=people`, '.entries li'],
  [`${SITE}/settings?section=data`, 'form'],
  ['/nowhere', 'main a'],
];

/** What axe complains of, in few words. */
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** A site with something on every screen. */
const fillCollector = async (collector: TestCollector): Promise<void> => {
  await collector.api('POST', '/api/sites', { domain: DOMAIN });
  const items: Beacon['i'] = [
    { k: 'view' },
    { k: 'event', n: 'buy', p: { plan: 'pro' } },
    { k: 'log', l: 'warn', m: 'slow' },
    { k: 'error', m: 'TypeError: x is null', st: 'at f (https://shop.example/app.js:1:1)' },
  ];
  await collector.send({ s: DOMAIN, u: `https://${DOMAIN}/pricing`, i: items }, { address: '81.2.69.160' });
  await collector.send({ s: DOMAIN, u: `https://${DOMAIN}/`, i: [{ k: 'view' }] }, { agent: 'Googlebot/2.1' });
  await collector.flush();
};

/** A page of somebody whose system is dark, and who reads English. */
const openPage = async (browser: Browser): Promise<Page> => {
  const context = await personsContext(browser, { colorScheme: 'dark', locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
};

/** Chooses a theme as the account screen does. */
const choose = (page: Page, theme: 'light' | 'dark'): Promise<void> =>
  page.evaluate((chosen) => {
    localStorage.setItem('theme', chosen);
    dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
  }, theme);

describe('every screen', () => {
  let served: ServedCollector;
  let browser: Browser;
  let stranger: Page;
  let owner: Page;

  beforeAll(async () => {
    served = await serveCollector();
    const { collector, url } = served;
    await fillCollector(collector);
    browser = await launchBrowser();
    stranger = await openPage(browser);
    owner = await openPage(browser);
    // Where nothing is open, nothing can be chosen.
    await Promise.all([stranger.goto(url), owner.goto(url)]);
    const post = (path: string, data: unknown) => owner.request.post(url + path, { data });
    await post('/api/setup', { token: collector.collector.accounts.setupToken, ...OWNER });
    await post('/api/tokens', { name: 'backup', scope: 'read', sites: null });
    await post('/api/invites', { site: DOMAIN, role: 'editor' });
  });
  afterAll(async () => {
    await browser?.close();
    await served.stop();
  });

  const SCREENS = [
    ...OPEN.map(([path, complete]) => ({ path, complete, reader: () => stranger })),
    ...CLOSED.map(([path, complete]) => ({ path, complete, reader: () => owner })),
  ];

  test.each(SCREENS)('$path passes axe, light and wide, dark and narrow', async ({ path, complete, reader }) => {
    const page = reader();
    for (const [theme, width] of [
      ['light', 1280],
      ['dark', 320],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await choose(page, theme);
      if (theme === 'light') await page.goto(served.url + path);
      await page.locator(complete).first().waitFor();
      expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
      expect({ theme, violations: await violations(page) }).toEqual({ theme, violations: [] });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});
