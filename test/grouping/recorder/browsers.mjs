import { findFirefox, launchFirefox } from '../../firefox/firefox.ts';
import { launchBrowser } from '../../support/browser.ts';
import { launchWebKit } from './webkit.mjs';

/** Firefox does not take its own machine's pages from a proxy. */
const NO_PROXY = 'http://127.0.0.1:9';

const launchChromium = async () => {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  return {
    version: browser.version(),
    go: (url) => page.goto(url),
    click: (selector) => page.click(selector),
    evaluate: (expression) => page.evaluate(expression),
    quit: () => browser.close(),
  };
};

const launchGecko = async () => {
  const path = findFirefox();
  if (path === null) throw new Error('There is no Firefox here (Debian: apt install firefox-esr).');
  return launchFirefox(path, NO_PROXY);
};

/** By engine: a browser with one tab that goes to an address, clicks, and evaluates an expression. */
export const BROWSERS = { chromium: launchChromium, firefox: launchGecko, webkit: launchWebKit };
