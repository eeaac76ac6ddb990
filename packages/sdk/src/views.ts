import { address, path } from './address.ts';
import { beginAnew, measure, sendEngagement } from './engagement.ts';
import { hear, on } from './on.ts';
import { isSeen, noted, push } from './queue.ts';
import { quietly } from './quietly.ts';
import { page } from './setup.ts';
import type { Item, Properties } from './wire.ts';

/** A view that the page reports itself; what is missing is read from the page. */
export interface View {
  /** Address, absolute or relative to the page. */
  url?: string | undefined;
  title?: string | undefined;
  /** Properties of the page from here on. */
  props?: Properties | undefined;
}

/** Path of the page whose view was reported. Empty: there was none. */
let seen: string;

/** Reports a view: what follows happens on that page. */
export const view = ({ url = address(), title, props }: View = {}): void => {
  page.w = innerWidth < 640 ? 's' : innerWidth < 1024 ? 'm' : innerWidth < 1440 ? 'l' : 'xl';
  beginAnew();
  // What is no address of a page (`mailto:`) is no page: what is reported is the one that is shown.
  page.u = new URL(url, document.baseURI).href.replace(/^[^h].*/, address);
  page.t = title;
  if (props) page.p = { ...props };
  push({ k: 'view' });
};

/** Looks whether the page has become another one, or is seen for the first time. */
export const look = quietly((): void => {
  // biome-ignore lint/suspicious/noAssignInExpressions: asked and noted at once.
  if (isSeen() && seen !== (seen = path())) view();
});

/** Reports anything else, with the page on which it happened. */
export const report = (item: Item): void => {
  look();
  push(item);
};

/**
 * Routers draw the next page after the call, and may go elsewhere at once. An address that is replaced before its view was
 * sent, which is when it gets its title, is corrected: it was never shown.
 */
const lookSoon = quietly(
  ({ navigationType }: Partial<NavigationCurrentEntryChangeEvent> | { navigationType: string }): void => {
    if (!seen || path() === seen) return;
    if (/^r/.test(navigationType as string) && page.t == null) {
      seen = path();
      page.u = address();
    } else {
      measure();
      page.t ??= noted ?? document.title;
      setTimeout(look);
    }
  },
);

/**
 * Where browsers tell nothing of a new address, the calls that make one do. A router may have taken them before: then the
 * next item or traversal tells. What is ended hears of them still, and does nothing.
 */
const watchCalls = (): void => {
  // biome-ignore lint/suspicious/useIterableCallbackReturn: packs smaller than a loop.
  (['pushState', 'replaceState'] as const).map((navigationType) => {
    const original = history[navigationType];
    history[navigationType] = (...given) => {
      original.apply(history, given);
      lookSoon({ navigationType });
    };
  });
};

/**
 * Reports a view for each load and prerendered page once it is seen, return from the back/forward cache, and change of the
 * path. What was seen of a page is sent when it is hidden, which on phones is the last a page hears
 * (https://developer.chrome.com/docs/web-platform/page-lifecycle-api).
 */
export const watchViews = (): void => {
  seen = '';
  on('pagehide visibilitychange', (event) => {
    // Before a first view begins: it has a depth only when it is hidden.
    sendEngagement(event);
    look();
  });
  on<PageTransitionEvent>('pageshow', ({ persisted }) => {
    if (persisted) {
      seen = '';
      look();
    }
  });
  on('currententrychange popstate', lookSoon as (event: Event) => void);
  // A page can have an element or a variable of that name: https://html.spec.whatwg.org/#named-access-on-the-window-object
  if (window.navigation?.currentEntry) navigation.addEventListener('currententrychange', hear);
  else watchCalls();
  look();
};
