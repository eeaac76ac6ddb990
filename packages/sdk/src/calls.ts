import { quietly } from './quietly.ts';
import { describe, report, type View, view } from './views.ts';
import type { Properties, Revenue } from './wire.ts';

/** What a page may call. Nothing here throws or waits. */
export interface Passerby {
  /**
   * Reports that a visitor did something; a load reports at most 1,000.
   * @param name cut after 120 characters
   * @param properties at most 30, names of at most 64 characters; values are kept as text, cut after 500 characters
   * @param revenue what it is worth, below 1,000,000,000, also as a text: `12.50 EUR`
   * @example track('signup', { plan: 'pro' }, [12.5, 'EUR'])
   */
  track(name: string, properties?: Properties | null, revenue?: Revenue | string): void;
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
}

let left = 1000;

/** The collector cuts what is too long, and leaves out of a text what it cannot read. */
export const track: Passerby['track'] = quietly((name, p, revenue) => {
  if (left-- > 0) report({ k: 'event', n: `${name}`, p, $: revenue ? `${revenue}` : undefined });
});

/** The calls of a page. */
export const calls: Passerby = { track, view: quietly(view), page: quietly(describe) };
