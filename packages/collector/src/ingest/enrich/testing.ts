import type { Agent } from './agent.ts';
import { createRecognise } from './browser.ts';
import { NO_HINTS } from './client-hints.ts';

const recognise = createRecognise();

/** What an agent says that came without hints. */
export const read = (agent: string): Agent => recognise(agent, NO_HINTS);

export const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';
export const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
/** Chrome on a phone that says what it is called. */
export const phone = (device: string, rest = 'Mobile Safari/537.36'): string =>
  `Mozilla/5.0 (Linux; Android 13; ${device}) ${BLINK} Chrome/138.0.0.0 ${rest}`;
/** A web view of Android, in which apps show pages. */
export const view = (rest: string, device = 'SM-A546B'): string =>
  `Mozilla/5.0 (Linux; Android 14; ${device} Build/UP1A.231005.007; wv) ${BLINK} Version/4.0 Chrome/139.0.7258.94 Mobile Safari/537.36 ${rest}`;
export const IPHONE = `Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) ${WEBKIT}`;
/** Safari on an iPhone. */
export const safari = (rest: string): string => `${IPHONE} Version/17.6 Mobile/15E148 Safari/604.1 ${rest}`;
/** A web view of iOS. */
export const iosView = (rest: string): string => `${IPHONE} Mobile/15E148 ${rest}`;
/** Chrome on desktops. */
export const windows = (rest: string): string =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Chrome/137.0.0.0 Safari/537.36 ${rest}`;
export const linux = (rest: string): string =>
  `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} Chrome/137.0.0.0 Safari/537.36 ${rest}`;
