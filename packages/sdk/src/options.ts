import type { List } from './lists.ts';
import type { Page } from './setup.ts';
import type { Item, Properties } from './wire.ts';

/** Events that are reported by themselves. */
export type Automatic = 'outbound' | 'downloads' | 'forms' | '404';

/** How the SDK is set up. */
export interface Options {
  /**
   * The site, by its domain as registered or another of its names; of several each is sent the same. Missing: the hostname
   * of the page. Links to it and to what is below it are not outbound.
   */
  site?: List | undefined;
  /** Address of the collector's intake, absolute or relative to the page: `https://stats.example.com/in`; or several. */
  to: List;
  /** Count also on localhost and in files, and browsers that are driven by a program. */
  local?: boolean | undefined;
  /** The site routes by hash: what follows `#/` or `#!/` is part of the path. */
  hash?: boolean | undefined;
  /** Parameters of the query that are part of the page, as in the site's settings: another value is another view. */
  query?: List | undefined;
  /** Release of the site's own software; stands beside its logs and errors. */
  release?: string | undefined;
  /** No view is reported but those that the page itself reports by `view`. */
  manual?: boolean | undefined;
  /** Properties of the page, until `page` sets others: `{ author: 'Ann' }`, also as JSON in a text. */
  props?: Properties | string | undefined;
  /** Paths of the only pages that are reported; `*` stands for anything. Missing: all. */
  include?: List | undefined;
  /**
   * Paths of pages of which nothing is reported: `['/admin/*', '/draft']`. In any spelling (`/über`, `/%C3%BCber`), with a
   * slash at the end or without.
   */
  exclude?: List | undefined;
  /** Which events are reported by themselves. Missing: all but `404`; empty: none. */
  auto?: readonly Automatic[] | undefined;
  /** Endings that are files too: `['blend', 'stl']`. */
  downloads?: List | undefined;
  /**
   * Asked about each item just before it is sent, with what the items of its page share; may change both.
   * @returns the item to send; null: it is not sent, nor is one about which this throws
   * @example (item, page) => (page.u?.includes('/preview/') ? null : item)
   */
  beforeSend?: ((item: Item, page: Page) => Item | null | undefined) | undefined;
}
