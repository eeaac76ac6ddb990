import type { Engagement } from './engagement.ts';
import type { Options } from './options.ts';
import type { Queue } from './queue.ts';
import type { WidthClass } from './wire.ts';

/**
 * Reports a view for each load, return from the back/forward cache, prerendered page that is shown at last, and change
 * of the path after history calls. Returns a function that looks for such a change right now: whoever reports
 * something else calls it first, so that it is reported with the page on which it happened.
 */
export const watchViews = (
  { site = location.hostname, release, hash }: Options,
  queue: Queue,
  engagement: Engagement,
): (() => void) => {
  let shown: string | undefined;

  /** A hash is part of the path by the sign that the collector knows too. */
  const address = (search = '') =>
    location.origin + location.pathname + search + (hash && /^#!?\//.test(location.hash) ? location.hash : '');
  const hasMoved = () => shown && shown !== address();
  const view = () => {
    queue.turn({
      s: site,
      u: address(location.search).slice(0, 4096),
      // Only the first view of a load was led to by it.
      r: shown ? undefined : document.referrer,
      w: widthClass(innerWidth),
      rel: release,
    });
    shown = address();
    queue.push({ k: 'view' }, 0);
    engagement.begin();
  };
  const look = () => {
    if (hasMoved()) view();
  };
  /** Routers draw the next page after the call, and correct its address and set its title. */
  const lookSoon = () => {
    if (hasMoved()) engagement.report();
    setTimeout(look);
  };

  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      lookSoon();
    };
  }
  addEventListener('popstate', lookSoon);
  addEventListener('pageshow', ({ persisted }) => persisted && view());
  document.addEventListener('prerenderingchange', view);
  if (!(document as Document & { prerendering?: boolean }).prerendering) view();
  return look;
};

const widthClass = (width: number): WidthClass => (width < 640 ? 's' : width < 1024 ? 'm' : width < 1440 ? 'l' : 'xl');
