import { on } from './on.ts';
import { flush, push } from './queue.ts';

/** Milliseconds in which nobody sees anything: a page that comes back is visible just before its view begins. */
const NOTHING_MS = 99;
/** A page beside the window in which somebody works may be read, but not for longer. */
const UNFOCUSED_MS = 60_000;

/** Whether there was a view. */
export let hasBegun = false;
/** When the time began that was not reported yet; 0: nobody sees the page, or there was no view of it. */
let since: number;
/** In percent. Before the first view there is nothing to be seen. */
let deepest: number;
let reported: number;
let unfocused: ReturnType<typeof setTimeout> | undefined;

/** Looks how far the page is seen now. Routers draw the next page soon, and it is a measure of this one. */
export const measure = (): void => {
  const depth = (((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100) | 0;
  deepest = Math.min(Math.max(depth, deepest), 100);
};

/** Sends what has been added since the last time. A page that is left hears of it twice, and still counts as visible the first time. */
const sendEngagement = (end?: { type: string }): void => {
  if (end) measure();
  const ms = since && performance.now() - since;
  if (ms > NOTHING_MS || deepest > reported) push({ k: 'engage', ms, sc: deepest - reported });
  reported = deepest;
  since = hasBegun && !document.hidden && end?.type !== 'pagehide' ? performance.now() : 0;
  flush();
};

/** Ends the view before, if there is one, and starts anew for one that begins now. */
export const begin = (): void => {
  hasBegun = true;
  sendEngagement();
  deepest = reported = 0;
};

/** Of the time without the focus no more than a minute counts. */
const noteFocus = (): void => {
  clearTimeout(unfocused);
  if (!document.hasFocus()) unfocused = setTimeout(sendEngagement, UNFOCUSED_MS, { type: 'pagehide' });
  else if (hasBegun) since ||= performance.now();
};

/**
 * Measures the time the document is visible, and the deepest point that the window showed, in percent of the
 * document's height; a page that scrolls inside an element of its own shows all of it. Sent when the page is hidden,
 * which on phones is the last a page hears (https://developer.chrome.com/docs/web-platform/page-lifecycle-api).
 */
export const watchEngagement = (): void => {
  hasBegun = false;
  since = 0;
  deepest = reported = 100;
  on('focus blur', noteFocus);
  on('scroll', measure);
  on('pagehide visibilitychange', sendEngagement);
};
