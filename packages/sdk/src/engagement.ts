import { on } from './on.ts';
import { flush, push } from './queue.ts';

/** Milliseconds in which nobody sees anything: a page that comes back is visible just before its view begins. */
const NOTHING_MS = 99;
/** A page beside the window in which somebody works may be read, but not for longer. */
const UNFOCUSED_MS = 60_000;
/** More than a day, which is the most that the collector takes; whole numbers of 32 bits hold it. */
const FOCUSED_MS = 1e9;

/** Milliseconds that the page of the view was seen. Before the first view no number, as {@link deepest}: nothing is to be seen. */
let ms: number;
/** As many of them were reported. */
let told: number;
/** The last look at the clock. */
let since: number;
/** At most as many milliseconds count from then on. */
let most: number;
/** How far it was seen, in percent. */
let deepest: number;
/** As much of it was reported. */
let reported: number;

/** Looks how far the page is seen now. Routers draw the next page soon, and it is a measure of this one. */
export const measure = (): void => {
  deepest = Math.max(
    deepest,
    Math.min(100, (((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100) | 0),
  );
};

/** Adds the time since the last look, in whole milliseconds. */
const addTime = (): void => {
  ms += Math.min(performance.now() - since, most) | 0;
  since = performance.now();
  most = document.hidden ? 0 : document.hasFocus() ? FOCUSED_MS : UNFOCUSED_MS;
};

/** Sends what has been added since the last time. */
export const sendEngagement = (end?: Event): void => {
  addTime();
  if (end) measure();
  if (deepest > reported || ms - told > NOTHING_MS)
    push({ k: 'engage', ms: ms - told, sc: deepest - reported, vm: ms, vs: deepest });
  reported = deepest;
  told = ms;
  flush();
};

/** Ends the view before, if there is one, and starts anew for one that begins now. */
export const beginAnew = (): void => {
  sendEngagement();
  ms = told = deepest = reported = 0;
};

/**
 * Measures the time the document is visible, and the deepest point that the window showed, in percent of the
 * document's height; a page that scrolls inside an element of its own shows all of it.
 */
export const watchEngagement = (): void => {
  ms = deepest = undefined as never;
  on('focus blur', addTime);
  on('scroll', measure);
};
