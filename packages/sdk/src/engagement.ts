import { on } from './on.ts';
import { flush, push } from './queue.ts';

/** Milliseconds in which nobody sees anything: a page that comes back is visible just before its view begins. */
const NOTHING_MS = 99;

let hasBegun = false;
/** 0 while hidden, and before the first view. */
let visibleSince = 0;
/** In percent. Before the first view there is nothing to be seen. */
let deepest = 100;
let reported = 100;

/** Looks how far the page is seen now. Routers draw the next page soon, and it is a measure of this one. */
export const measure = (): void => {
  const depth = (((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100) | 0;
  deepest = Math.min(Math.max(depth, deepest), 100);
};

/** Sends what has been added since the last time. A page that is left hears of it twice, and still counts as visible the first time. */
const sendEngagement = (event?: Event): void => {
  const ms = visibleSince && performance.now() - visibleSince;
  if (ms > NOTHING_MS || deepest > reported) push({ k: 'engage', ms, sc: deepest - reported });
  reported = deepest;
  visibleSince = !hasBegun || document.hidden || event?.type === 'pagehide' ? 0 : performance.now();
  flush();
};

/** Ends the view before, if there is one, and starts anew for one that begins now. */
export const begin = (): void => {
  hasBegun = true;
  sendEngagement();
  deepest = reported = 0;
};

/**
 * Measures the time the document is visible, and the deepest point that the window showed, in percent of the
 * document's height; a page that scrolls inside an element of its own shows all of it. Sent when the page is hidden,
 * which on phones is the last a page hears (https://developer.chrome.com/docs/web-platform/page-lifecycle-api).
 */
export const watchEngagement = (): void => {
  on('scroll pagehide visibilitychange', measure);
  on('pagehide visibilitychange', sendEngagement);
};
