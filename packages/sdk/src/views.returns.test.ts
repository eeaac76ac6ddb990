import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../../test/support/browser.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { openStage, paper, SHOP, type Stage, soon, tag } from './testing/stage.ts';

/** Playwright turns the back/forward cache off unless it is told not to. */
const launchWithCache = async () =>
  chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ launch: launchWithCache, isUnhurried: true });
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/**
 * Leaves and comes back. Chromium's headless shell keeps no page in a back/forward cache, whatever it is told
 * (`WebContentsDelegate::IsBackForwardCacheSupported`); there the two events of such a return are dispatched instead.
 * @returns what is reported meanwhile
 */
const comeBack = async (page: Page, keepsPages: boolean): Promise<string[]> => {
  if (!keepsPages) {
    await page.evaluate(() => {
      for (const type of ['pagehide', 'pageshow']) dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
    });
    return ['engage', 'view'];
  }
  await page.goto(`${SHOP}/two`);
  await soon(() => stage.kinds().sort()).toEqual(['engage', 'view', 'view']);
  await page.evaluate(() => history.back());
  await soon(() => stage.kinds().length).toBe(5);
  expect(await page.evaluate('window.persisted')).toBe(true);
  return ['engage', 'view', 'engage', 'view'];
};

/** Whether the browser shows a page again as it was left. */
const keepsPagesIn = async (page: Page): Promise<boolean> => {
  for (const path of ['/plain', '/else']) stage.papers.set(SHOP + path, { html: `<p>${path}</p>` });
  await page.goto(`${SHOP}/plain`);
  await page.evaluate('window.left = true');
  await page.goto(`${SHOP}/else`);
  await page.evaluate(() => {
    setTimeout(() => history.back());
  });
  let found = '';
  await soon(async () => {
    // On the way there is no page to ask.
    found = await page.evaluate<string>('location.pathname + " " + window.left').catch(() => '');
    return found;
  }).toContain('/plain');
  return found === '/plain true';
};

test('a return from the back/forward cache is a view without a referrer', async () => {
  const keepsPages = await keepsPagesIn(await stage.tab());
  const page = await stage.tab();
  await page.addInitScript(`addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted })`);
  await page.goto(`${SHOP}/one`, { referer: 'https://news.example/' });
  await soon(stage.kinds).toEqual(['view']);
  const reported = ['view', ...(await comeBack(page, keepsPages))];
  // What the page left behind says at its end and what the page shown again says come from two pages: either may be first.
  await soon(() => stage.kinds().sort()).toEqual(reported.sort());
  const { beacon } = stage.arrivals.filter(({ beacon: { i } }) => i[0]?.k === 'view').at(-1) ?? {};
  expect(beacon).toMatchObject({ u: `${SHOP}/one`, i: [{ k: 'view' }] });
  expect(beacon).not.toHaveProperty('r');

  // Seen anew: the time and the depth of the first view are not told again.
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    location.href = 'about:blank';
  });
  await soon(() => stage.kinds().length).toBe(reported.length + 1);
  const last = stage.items().at(-1);
  expect(last).toMatchObject({ k: 'engage', sc: 100, ms: expect.any(Number) });
});

test('a prerendered page is a view once it is shown, and silent until then', async () => {
  const rules = JSON.stringify({ prerender: [{ urls: ['/next'], eagerness: 'immediate' }] });
  const pages = {
    '/': `<script type="speculationrules">${rules}</script><script>setTimeout(() => { location = '/next' }, 3000)</script>`,
    '/next': `<script>
      const state = document.prerendering;
      document.addEventListener('DOMContentLoaded', () => passerby.track('drawn', { prerendering: state }));
    </script>`,
  };
  for (const [path, body] of Object.entries(pages))
    stage.papers.set(SHOP + path, { html: paper(body, tag('data-local')) });
  const close = await openAlone(`${SHOP}/`);
  try {
    const ofNext = () =>
      stage.arrivals.filter(({ beacon }) => beacon.u === `${SHOP}/next`).flatMap(({ beacon }) => beacon.i);
    // They go in two beacons, of which either may be first.
    const inOrder = () => ofNext().sort((one, other) => one.k.localeCompare(other.k));
    await soon(inOrder).toMatchObject([{ k: 'event', p: { prerendering: 'true' } }, { k: 'view' }]);
    const [event, view] = inOrder();
    // Drawn long before it was shown.
    expect((event?.a ?? 0) - (view?.a ?? 0)).toBeGreaterThan(1000);
  } finally {
    await close();
  }
});

/**
 * Opens an address in a browser that nobody drives: Chromium shows no prerendered page while a debugger is attached.
 * Returns what closes it.
 */
const openAlone = async (address: string): Promise<() => Promise<void>> => {
  const { path: profile, remove } = temporaryFolder();
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = spawn(
    await findBrowser(),
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      ...quiet,
      `--user-data-dir=${profile}`,
      `--proxy-server=127.0.0.1:${stage.port}`,
      address,
    ],
    { stdio: 'ignore' },
  );
  return async () => {
    browser.kill();
    await once(browser, 'exit');
    remove();
  };
};
