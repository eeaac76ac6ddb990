import { pathText } from '../../lib/path-text.ts';
import { cut } from '../../lib/truncate.ts';
import { scrubProps } from '../../privacy/scrub/props.ts';

const LONGEST_VALUE = 100;
const LONGEST_QUERY = 500;

/**
 * The part of a page's address that its owner says belongs to the page: these parameters of the query, by name. Values
 * are scrubbed as properties are; one without a value is none; of one that comes twice the first counts.
 *
 * @returns as `?page=2&q=shoes`; empty: the page has none of them
 * @example pageQuery(new URL('https://example.com/search?q=shoes&x=1').searchParams, ['q']) === '?q=shoes'
 */
export const pageQuery = (query: URLSearchParams, names: readonly string[]): string => {
  const given = names.flatMap((name) => {
    const value = query.get(name)?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  const pairs = Object.entries(scrubProps(Object.fromEntries(given))).sort(byName);
  const written = pairs.map(([name, value]) => `${encode(name)}=${encode(cut(value, LONGEST_VALUE))}`);
  return pairs.length === 0 ? '' : `?${joined(written)}`;
};

/** As many as there is room for: half a parameter would be another one. */
const joined = (pairs: readonly string[]): string =>
  pairs.reduce((query, pair) => {
    const next = query === '' ? pair : `${query}&${pair}`;
    return next.length > LONGEST_QUERY ? query : next;
  }, '');

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : Number(a > b));

/** In its own letters, but for what parts a query and a path. */
const encode = (text: string): string =>
  pathText(`?${text.replace(/[#%&+/=?\\]/g, encodeURIComponent)}`).slice('?'.length);
