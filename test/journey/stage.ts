import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Metric } from '../../packages/collector/src/query/stats/query.ts';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { type CollectorProcess, startCollectorProcess } from '../support/collector-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Longest wait for anything in a page. */
export const PATIENCE_MS = 20_000;

/** The site of the journey. */
export const DOMAIN = 'shop.example';

/** A collector, and its owner in front of the dashboard. */
export interface Stage {
  readonly collector: CollectorProcess;
  readonly browser: Browser;
  readonly owner: BrowserContext;
  readonly dashboard: Page;
  /** Opens a screen of the site, with a query of its address. */
  readonly open: (search?: string, screen?: '' | '/logs') => Promise<void>;
  /** A figure as the dashboard shows it. */
  readonly figure: (metric: Metric) => Promise<string | null>;
  /** Makes the owner's account by the one-time link. */
  readonly setUp: () => Promise<void>;
  /** Ends everything; resolves to the collector's exit code. */
  readonly stop: () => Promise<number | null>;
}

export const setStage = async (): Promise<Stage> => {
  const folder = temporaryFolder();
  const collector = await startCollectorProcess(folder.path, { TRUSTED_PROXIES: '127.0.0.1/32' });
  await collector.api('POST', '/api/sites', { domain: DOMAIN });
  const browser = await launchBrowser();
  const owner = await personsContext(browser);
  const dashboard = await owner.newPage();
  dashboard.setDefaultTimeout(PATIENCE_MS);
  return {
    collector,
    browser,
    owner,
    dashboard,
    async open(search = '?period=7d', screen = '') {
      await dashboard.goto(`${collector.url}/sites/${DOMAIN}${screen}${search}`);
    },
    figure: (metric) =>
      dashboard.locator(`[data-metric=${metric}] .metric-value[data-value]`).getAttribute('data-value'),
    async setUp() {
      await dashboard.goto(`${collector.url}/setup?token=${collector.setupToken}`);
      await dashboard.getByLabel('E-mail').fill('owner@shop.example');
      await dashboard.getByLabel('Password').fill('a long enough password');
      await dashboard.getByRole('button', { name: 'Create account' }).click();
      await dashboard.getByRole('link', { name: DOMAIN }).waitFor();
    },
    async stop() {
      await browser.close();
      const code = await collector.end();
      folder.remove();
      return code;
    },
  };
};
