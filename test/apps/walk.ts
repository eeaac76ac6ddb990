import type { Page } from 'playwright-core';
import type { App } from './apps.ts';

const PATIENCE_MS = 20_000;
/** Longer than items wait for others, and shorter. */
const READ_MS = 1300;
const SKIM_MS = 250;

/** A page that was shown. */
export interface Shown {
  readonly path: string;
  readonly title: string;
}

const TITLES: Readonly<Record<string, string>> = {
  '/': 'Home',
  '/a': 'A',
  '/b/1': 'B 1',
  '/b/2': 'B 2',
  '/late': 'Late',
};

/** A way through an application, whose links are on the page, to its end. @returns the pages that are shown on it */
export type Way = (page: Page, app: App) => Promise<Shown[]>;

const enter = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('link', { name, exact: true }).click();
  await page.waitForFunction('window.passerby?.track', undefined, { timeout: PATIENCE_MS });
};

/** By links, back, through a page that is left at once, through one that has moved, and to another query and anchor. */
export const walk: Way = async (page, { byHash }) => {
  const shown: Shown[] = [];
  const within = (path: string): string => (byHash ? `/#${path}` : path);
  const see = async (path: string, place = within(path)): Promise<void> => {
    const title = TITLES[path] ?? '';
    await page.waitForFunction(isShown, [place, title] as const, { timeout: PATIENCE_MS });
    shown.push({ path: place, title });
  };
  const go = async (name: string, path: string, ms: number): Promise<void> => {
    await page.getByRole('link', { name, exact: true }).click();
    await see(path);
    await page.waitForTimeout(ms);
  };

  await enter(page, 'Home');
  await see('/', '/');
  await page.waitForTimeout(READ_MS);
  await go('A', '/a', SKIM_MS);
  await go('B 1', '/b/1', READ_MS);
  await go('B 2', '/b/2', SKIM_MS);
  await page.goBack();
  await see('/b/1');
  await page.waitForTimeout(READ_MS);
  await go('Home', '/', SKIM_MS);
  await go('Late', '/late', READ_MS);
  // The one is seen for a single frame.
  await page.evaluate(passThrough, [within('/b/1'), 'B 1', 'B 2'] as const);
  await page.getByRole('link', { name: 'B 1', exact: true }).click();
  shown.push({ path: within('/b/1'), title: 'B 1' });
  await see('/b/2');
  await page.waitForTimeout(READ_MS);
  await go('Moved', '/a', READ_MS);
  if (!byHash) await stayOnPage(page);
  await page.goto('about:blank');
  return shown;
};

/** By a link to one page, which may lead on to another, and stays there. */
const open =
  (name: string, path: string): Way =>
  async (page, { byHash }) => {
    await enter(page, name);
    const place = byHash && path !== '/' ? `/#${path}` : path;
    const title = TITLES[path] ?? '';
    await page.waitForFunction(isShown, [place, title] as const, { timeout: PATIENCE_MS });
    await page.waitForTimeout(READ_MS);
    await page.goto('about:blank');
    return [{ path: place, title }];
  };

export const openHome = open('Home', '/');
/** The application goes on from there as soon as it has begun. */
export const openMoved = open('Moved', '/a');

/** Changes the query and the anchor: it is the same page. */
const stayOnPage = async (page: Page): Promise<void> => {
  for (const [name, end] of [
    ['Sorted', '?sort=up'],
    ['Part', '#part'],
  ] as const) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.waitForFunction((end) => location.href.endsWith(end), end, { timeout: PATIENCE_MS });
    await page.waitForTimeout(READ_MS);
  }
};

/** In the page: address, title and content agree. */
const isShown = ([path, title]: readonly [string, string]): boolean =>
  location.pathname + location.hash === path &&
  document.title === title &&
  document.querySelector('h1')?.textContent === title;

/** In the page: once that page was painted, follows a link. */
const passThrough = ([path, title, next]: readonly [string, string, string]): void => {
  const look = (): void => {
    const isThere =
      location.pathname + location.hash === path &&
      document.title === title &&
      document.querySelector('h1')?.textContent === title;
    const link = [...document.querySelectorAll('a')].find(({ textContent }) => textContent === next);
    requestAnimationFrame(isThere && link !== undefined ? () => link.click() : look);
  };
  look();
};
