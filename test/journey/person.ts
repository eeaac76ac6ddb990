import type { Page } from 'playwright-core';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { startFront } from '../support/front.ts';
import { localTag, startSite } from '../support/site.ts';
import { DOMAIN, PATIENCE_MS } from './stage.ts';

/** Somebody with a browser. */
export interface Person {
  readonly agent: string;
  /** Address, in the country that the owner sees. */
  readonly from: string;
  readonly locale: string;
  /** Width of the window in CSS pixels. */
  readonly width: number;
  /** Where a link led them from. */
  readonly referer?: string;
}

/** What a person does. */
export interface Visit {
  /** Path and query of the first page. */
  readonly path: string;
  readonly act: (page: Page) => Promise<void>;
  /** Resolves when the collector has all of it. */
  readonly arrived: () => Promise<void>;
}

/**
 * Opens a page in a browser of the person's own, lets them do something there, and leaves. What a browser sends while a
 * page goes away has its own agent and language, whatever Playwright says of a context: they are set for all of it.
 */
export const visit = async (collector: string, person: Person, { path, act, arrived }: Visit): Promise<void> => {
  const { agent, from, locale, width, referer } = person;
  const front = await startFront(collector, from);
  const site = await startSite(localTag(front.url, DOMAIN));
  const browser = await launchBrowser([`--user-agent=${agent}`, `--accept-lang=${locale}`]);
  const context = await personsContext(browser, {
    userAgent: agent,
    locale,
    // That of the site decides, not theirs.
    timezoneId: 'Pacific/Auckland',
    viewport: { width, height: 700 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(site.url + path, { waitUntil: 'load', ...(referer === undefined ? {} : { referer }) });
  await act(page);
  await page.goto('about:blank');
  await arrived();
  await browser.close();
  await site.stop();
  await front.stop();
};
