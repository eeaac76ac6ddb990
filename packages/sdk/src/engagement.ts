import type { Queue } from './queue.ts';

/** Watches how long and how far the page is seen. */
export interface Engagement {
  /** Starts anew, for a view that begins now. */
  begin(): void;
  /** Queues what has been added since the last time. */
  report(): void;
}

/** A day: the collector takes nothing longer for true. */
const MAX_MS = 86_400_000;

/**
 * Measures the time the document is visible, and the deepest point that the window showed, in percent of the
 * document's height; a page that scrolls inside an element of its own shows all of it. Sent when the page is hidden,
 * which on phones is the last a page hears (https://developer.chrome.com/docs/web-platform/page-lifecycle-api).
 */
export const watchEngagement = (queue: Queue): Engagement => {
  /** 0 while hidden. */
  let visibleSince = 0;
  let deepest = 0;
  let reported = 0;

  const start = () => {
    visibleSince = document.hidden ? 0 : performance.now();
  };
  const measure = () => {
    const depth = Math.round(((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100);
    if (depth > deepest) deepest = Math.min(depth, 100);
  };
  const report = () => {
    measure();
    const ms = visibleSince && Math.min(Math.round(performance.now() - visibleSince), MAX_MS);
    const sc = deepest - reported;
    if (ms || sc) queue.push({ k: 'engage', ms, sc });
    reported = deepest;
    start();
  };
  /** A page that is left hears of it twice, and still counts as visible the first time. */
  const hide = () => {
    report();
    visibleSince = 0;
    queue.flush();
  };

  addEventListener('scroll', measure);
  addEventListener('pagehide', hide);
  document.addEventListener('visibilitychange', () => (document.hidden ? hide() : start()));
  return {
    begin() {
      deepest = reported = 0;
      start();
    },
    report,
  };
};
