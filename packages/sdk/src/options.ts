import type { Page } from './queue.ts';
import type { Item, Properties } from './wire.ts';

/** How the SDK is set up. */
export interface Options {
  /**
   * The site, by its domain as registered or another of its names; several with commas between them: each is sent the
   * same. Missing: the hostname of the page.
   */
  site?: string | undefined;
  /**
   * Address of the collector's intake, absolute or relative to the page: `https://stats.example.com/in`; several with
   * commas between them.
   */
  to: string;
  /** Count also on localhost and in files, and browsers that are driven by a program. */
  local?: boolean | undefined;
  /** The site routes by hash: what follows `#/` or `#!/` is part of the path. */
  hash?: boolean | undefined;
  /** Release of the site's own software; stands beside its logs and errors. */
  release?: string | undefined;
  /** No view is reported but those that the page itself reports by `view`. */
  manual?: boolean | undefined;
  /** Properties of the page, until `page` sets others: `{ author: 'Ann' }`, also as JSON in a text. */
  props?: Properties | string | undefined;
  /** Paths of pages of which nothing is reported, with commas between them; `*` stands for anything: `/admin/*,/draft`. */
  exclude?: string | undefined;
  /** Which events are reported by themselves, of `outbound,downloads,forms,404`. Missing: the first three; empty: none. */
  auto?: string | undefined;
  /**
   * Asked about each item just before it is sent, with what the items of its page share; may change both.
   * @returns the item to send; null: it is not sent, nor is one about which this throws
   * @example (item, page) => (page.u?.includes('/preview/') ? null : item)
   */
  beforeSend?: ((item: Item, page: Page) => Item | null | undefined) | undefined;
}
