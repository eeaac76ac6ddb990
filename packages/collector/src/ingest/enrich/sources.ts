import { AD_NETWORKS, AFFILIATE, AI, DISPLAY, EMAIL, SHOPPING, SITE, VIDEO } from './sources-other.ts';
import { SEARCH } from './sources-search.ts';
import { SOCIAL } from './sources-social.ts';

/** What kind of place a source is. */
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const SOURCE_KINDS = [
  'search',
  'social',
  'video',
  'shopping',
  'ai',
  'email',
  'affiliate',
  'ads',
  'display',
  'site',
] as const;

/**
 * The sources that have a name, by kind; one that is of several kinds, such as a portal with an engine and mail boxes,
 * stands in each. After each name stands what it is known by:
 *
 * - domains, each with its subdomains: `example.com`; one host alone: `=example.com`;
 * - `name.*`, the name under any country's ending, without subdomains; `images.name.*` is one of these;
 * - `com.example.app`, an Android app, with all whose names go on from there;
 * - words without a dot, which are values of `utm_source`; the name itself is such a word too, of the first of its kinds, or
 *   of the one where it is written.
 *
 * `$` before one of them says that only what was paid for has it. Small and capital letters, spaces, dashes, dots and
 * underscores make no difference to words. docs/sources.md shows this table.
 */
export const SOURCES: Readonly<Record<SourceKind, Readonly<Record<string, string>>>> = {
  search: SEARCH,
  social: SOCIAL,
  video: VIDEO,
  shopping: SHOPPING,
  ai: AI,
  email: EMAIL,
  affiliate: AFFILIATE,
  ads: AD_NETWORKS,
  display: DISPLAY,
  site: SITE,
};
