import { push } from './queue.ts';
import { quietly } from './quietly.ts';
import { end, page } from './setup.ts';
import { look, type View, view } from './views.ts';
import type { Kept, OnPage } from './window.ts';
import type { Properties, Revenue } from './wire.ts';

/** Names of events and what each is told with, `undefined` for nothing: `{ 'Sign-up': { plan: 'free' | 'pro' } }`. */
export type AnyEvents = Record<string, Properties | null | undefined>;

/** What an event is worth: `[12.5, 'EUR']`, `{ amount: 12.5, currency: 'EUR' }` or a text, as `12.50 EUR`. */
export type Worth = Revenue | { amount: number | string; currency: string } | string;

/** How an event counts. */
export interface EventOptions {
  /** `false`: nobody did anything, as where a page shows something by itself: a visit with it may still be a bounce. */
  interactive?: boolean | undefined;
}

/** What may follow an event's properties. */
type Rest = [revenue?: Worth | null | undefined, options?: EventOptions | null | undefined];

/** What is passed to `track`. */
export type Act<Events extends object = AnyEvents> = {
  [Name in keyof Events & string]: undefined extends Events[Name]
    ? [name: Name, properties?: Events[Name] | null | undefined, ...rest: Rest]
    : [name: Name, properties: Events[Name], ...rest: Rest];
}[keyof Events & string];

/** What a page may call. Nothing here throws or waits. */
export interface Passerby {
  /**
   * Reports that a visitor did something; a load reports at most 1,000. The first is its name, cut after 120 characters;
   * then at most 30 properties, names of at most 64 characters, values kept as text and cut after 500; then what it is
   * worth, below 1,000,000,000; then how it counts.
   * @example track('signup', { plan: 'pro' }, [12.5, 'EUR'])
   * @example track('banner shown', null, null, { interactive: false })
   * @example track<{ signup: { plan: 'free' | 'pro' } }>('signup', { plan: 'pro' })
   */
  track<Events extends object = AnyEvents>(...given: Act<Events>): void;
  /**
   * Reports a view, for pages that know better than their address what they show, and with the option `manual`.
   * @example view({ url: '/checkout/step-2', title: 'Payment', props: { cart: 'full' } })
   */
  view(view?: View): void;
  /**
   * Sets the properties of the page: they stand on its views and events from here on, until they are set again.
   * @example page({ author: 'Ann' })
   */
  page(props: Properties): void;
  /** Ends all of it: from here on nothing leaves the page, not even what waits, until it is set up again. */
  stop(): void;
}

/** What an entry point knows how to do. */
type Calls = Record<string, (...given: never[]) => unknown>;

let left = 1000;

/** The collector cuts what is too long, and leaves out of a text what it cannot read. */
export const track = (name: string, p?: Act[1], revenue?: Act[2], options?: Act[3]): void => {
  if (left-- > 0)
    push({
      k: 'event',
      n: `${name}`,
      p,
      $: revenue ? `${(revenue as { currency?: string }).currency ? Object.values(revenue) : revenue}` : undefined,
      // A tag says it in a text.
      ni: /^f/i.test(options?.interactive as never) ? 1 : undefined,
    });
};

/** The calls of a page. Another entry point adds its own. */
export const calls: Calls = {
  track,
  view,
  page(props: Properties) {
    // As they are now: a page may change its objects before the beacon leaves.
    page.p = { ...props };
  },
  stop() {
    end();
    (window.passerby as OnPage).started = undefined;
  },
};

/** Makes a call, on the page as it is by now. What is none of this entry point is nothing. */
export const take = quietly(([name, ...given]: Kept): void => {
  look();
  (calls[name] as (...given: never[]) => unknown)(...(given as never[]));
});
