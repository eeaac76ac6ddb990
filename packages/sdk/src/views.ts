import { address, path } from './address.ts';
import { begin, measure } from './engagement.ts';
import { on } from './on.ts';
import { copyOf, page, push } from './queue.ts';
import type { Item, Properties } from './wire.ts';

/** A view that the page reports itself; what is missing is read from the page. */
export interface View {
  /** Address, absolute or relative to the page. */
  url?: string | undefined;
  title?: string | undefined;
  /** Properties of the page from here on. */
  props?: Properties | undefined;
}

/** Items wait for others as long. */
const BATCH_MS = 1000;

/** Path of the page whose view was reported. Undefined: nobody watches. */
let seen: string | undefined;

/** Reports a view: what follows happens on that page. */
export const view = ({ url = address(), title, props }: View = {}): void => {
  begin();
  // What is no address of a page (`mailto:`) is no page: what is reported is the one that is shown.
  page.u = new URL(url, document.baseURI).href.replace(/^[^h].*/, address).slice(0, 4096);
  page.t = title && `${title}`;
  if (props) page.p = copyOf(props);
  page.w = innerWidth < 640 ? 's' : innerWidth < 1024 ? 'm' : innerWidth < 1440 ? 'l' : 'xl';
  push({ k: 'view' });
};

/** Looks whether the page has become another one. */
const look = (): void => {
  const now = path();
  if (seen && seen !== now) {
    seen = now;
    view();
  }
};

/** Reports anything else, with the page on which it happened. */
export const report = (item: Item): void => {
  look();
  push(item, BATCH_MS);
};

/** Sets the properties of the page; they hold until they are set again. */
export const describe = (props?: Properties): void => {
  look();
  page.p = copyOf(props);
};

/** Routers draw the next page after the call, and correct its address and set its title. */
const lookSoon = (): void => {
  measure();
  setTimeout(look);
};

/**
 * Reports a view for each load, return from the back/forward cache, prerendered page that is shown at last, and change
 * of the path after history calls.
 */
export const watchViews = (): void => {
  seen = path();
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      lookSoon();
    };
  }
  on('popstate', lookSoon);
  on<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && view());
  on('prerenderingchange', () => view());
  if (!document.prerendering) view();
};
