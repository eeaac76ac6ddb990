import { address, path } from './address.ts';
import { begin, hasBegun, measure } from './engagement.ts';
import { on } from './on.ts';
import { copyOf, isFresh, page, push } from './queue.ts';
import { life } from './setup.ts';
import type { Item, Properties } from './wire.ts';

/** A view that the page reports itself; what is missing is read from the page. */
export interface View {
  /** Address, absolute or relative to the page. */
  url?: string | undefined;
  title?: string | undefined;
  /** Properties of the page from here on. */
  props?: Properties | undefined;
}

/** Path of the page whose view was reported. Undefined: nobody watches. */
let seen: string | undefined;
/** Path is about to be looked at. */
let due: ReturnType<typeof setTimeout> | 0 = 0;

/** What is no address of a page (`mailto:`) is no page: what is reported is the one that is shown. */
const locate = (url = address()): void => {
  page.u = new URL(url, document.baseURI).href.replace(/^[^h].*/, address).slice(0, 4096);
};

/** Reports a view: what follows happens on that page. */
export const view = ({ url, title, props }: View = {}): void => {
  begin();
  locate(url);
  page.t = title && `${title}`;
  if (props) page.p = copyOf(props);
  page.w = innerWidth < 640 ? 's' : innerWidth < 1024 ? 'm' : innerWidth < 1440 ? 'l' : 'xl';
  push({ k: 'view' });
};

/** Looks whether the page has become another one. */
const look = (): void => {
  due = 0;
  const now = path();
  if (seen && seen !== now) {
    seen = now;
    if (hasBegun) view();
  }
};

/** Reports anything else, with the page on which it happened. */
export const report = (item: Item): void => {
  look();
  push(item);
};

/** Sets the properties of the page; they hold until they are set again. */
export const describe = (props?: Properties): void => {
  look();
  page.p = copyOf(props);
};

/**
 * Routers draw the next page after the call, and may go elsewhere at once. An address that is replaced before its view was
 * sent is corrected: it was never shown.
 */
const lookSoon = ({
  navigationType,
}: Partial<NavigationCurrentEntryChangeEvent> | { navigationType: string }): void => {
  if (path() === seen) return;
  if (navigationType?.[0] === 'r' && !due && isFresh()) {
    seen = path();
    locate();
  } else {
    measure();
    page.t ||= document.title;
    due ||= setTimeout(look);
  }
};

/** A first view, once somebody sees the page. */
const show = (): void => {
  if (!hasBegun && !document.hidden) view();
};

/**
 * Where browsers tell nothing of a new address, the calls that make one do. A router may have taken them before: then the
 * next item or traversal tells.
 */
const watchCalls = (): void => {
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    const watched = function (this: History, ...given: Parameters<History['pushState']>): void {
      original.apply(this, given);
      lookSoon({ navigationType: name });
    };
    history[name] = watched;
    life?.signal.addEventListener('abort', () => {
      if (history[name] === watched) history[name] = original;
    });
  }
  on('popstate', lookSoon);
};

/**
 * Reports a view for each load and prerendered page once it is seen, return from the back/forward cache, and change of the
 * path.
 */
export const watchViews = (): void => {
  seen = path();
  // A page can have an element or a variable of that name: https://html.spec.whatwg.org/#named-access-on-the-window-object
  if (window.navigation?.currentEntry) on('currententrychange', lookSoon, navigation);
  else watchCalls();
  on<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && view());
  on('visibilitychange', show);
  show();
};
