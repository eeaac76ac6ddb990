import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { REAL_AGENT } from './agent.ts';

export type { Browser, Page } from 'playwright-core';

/** Where distributions and installers put a Chromium. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A quiet browser: it speaks to nobody but the pages of the test. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Finds a Chromium: `CHROMIUM_PATH`, the usual places, Playwright's own, or the one that comes by npm for Linux x64.
 * @throws Error saying what to do if there is none; a test without a browser has failed.
 */
export const findBrowser = async (): Promise<string> => {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
  }
  const usual = [...USUAL_PLACES, chromium.executablePath()].find((path) => existsSync(path));
  if (usual !== undefined) return usual;
  if (process.platform === 'linux' && process.arch === 'x64') return sparticuz.executablePath();
  throw new Error('No Chromium found: install one, set CHROMIUM_PATH, or run `npx playwright-core install chromium`.');
};

/** Starts a headless Chromium. */
export const launchBrowser = async (flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: await findBrowser(), headless: true, args: [...FLAGS, ...flags] });

/** A fresh profile that looks like a person's browser: real agent, no automation flag. */
export const personsContext = async (
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext({ userAgent: REAL_AGENT, ...options });
  // As a text: tsx would have functions call a helper that no page has.
  await context.addInitScript({
    content: "Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })",
  });
  return context;
};
