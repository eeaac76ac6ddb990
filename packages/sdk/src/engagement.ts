import { on } from './on.ts';
import { flush, push } from './queue.ts';
import { page } from './setup.ts';

/** Milliseconds in which nobody sees anything: a page that comes back is visible just before its view begins. */
const NOTHING_MS = 99;
/** A page beside the window in which somebody works may be read, but not for longer. */
const UNFOCUSED_MS = 60_000;

/** Milliseconds that the page was seen and that were not reported yet. */
let ms: number;
/** Since when it is seen; no number: it is not, or there was no view of it. */
let since: number;
/** At most as many milliseconds count from then on. */
let most: number;
/** In percent. Before the first view, no numbers: there is nothing to be seen. */
let deepest: number;
let reported: number;

/** Looks how far the page is seen now. Routers draw the next page soon, and it is a measure of this one. */
export const measure = (): void => {
  deepest = Math.max(
    deepest,
    Math.min(100, (((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100) | 0),
  );
};

/** Adds the time since the last look. Only a view gives the page a width. */
const addTime = (): void => {
  ms += Math.min(performance.now() - since, most) || 0;
  since = page.w && !document.hidden ? performance.now() : Number.NaN;
  most = document.hasFocus() ? Number.POSITIVE_INFINITY : UNFOCUSED_MS;
};

/** Sends what has been added since the last time. */
export const sendEngagement = (end?: Event): void => {
  addTime();
  if (end) measure();
  if (ms > NOTHING_MS || deepest > reported) push({ k: 'engage', ms, sc: deepest - reported });
  ms = 0;
  reported = deepest;
  flush();
};

/** Ends the view before, if there is one, and starts anew for one that begins now. */
export const beginAnew = (): void => {
  sendEngagement();
  deepest = reported = 0;
};

/**
 * Measures the time the document is visible, and the deepest point that the window showed, in percent of the
 * document's height; a page that scrolls inside an element of its own shows all of it.
 */
export const watchEngagement = (): void => {
  ms = 0;
  since = deepest = reported = Number.NaN;
  on('focus blur', addTime);
  on('scroll', measure);
};
