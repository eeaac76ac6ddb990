import { findBrowser } from '../support/browser.ts';

/** Before the first test in a browser: finds one, which may have to be unpacked, once for all of them. */
export default async (): Promise<void> => {
  process.env.CHROMIUM_PATH = await findBrowser();
};
