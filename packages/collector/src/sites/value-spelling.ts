import { browserHost } from '../lib/browser-host.ts';
import { pathText, unescapedPath } from '../lib/path-text.ts';
import { IS_ADDRESS, storedAddress, storedProperty, withHost } from '../lib/stored-text.ts';
import { propertyOf } from '../store/dimensions.ts';
import { shownHost } from './host-name.ts';

/*
 * How values of dimensions are written: as people do where they are shown, and in whichever way where they are asked for.
 * Each lies in the store in one way: hosts as browsers write them, so that the rule of which can be shown otherwise may
 * change, and paths as they are shown.
 */

/** What values of a dimension are. A source is a name or a host; an address is a host and a path, or one of both. */
type Kind = 'path' | 'host' | 'source' | 'address';
const KINDS: Readonly<Record<string, Kind>> = {
  'event:page': 'path',
  'visit:entry_page': 'path',
  'visit:exit_page': 'path',
  'event:hostname': 'host',
  'visit:source': 'source',
  'visit:referrer': 'address',
};

/** What the values of a dimension are; null: any text. */
const kindOf = (dimension: string): Kind | 'property' | null =>
  KINDS[dimension] ?? (propertyOf(dimension) === null ? null : 'property');

/**
 * A stored value as people read it. What would not be found again by it stays as it lies in the store.
 * @example shownValue('visit:referrer', 'xn--bcher-kva.example/ü') === 'bücher.example/ü'
 */
export const shownValue = (dimension: string, value: string): string => {
  const shown = inOwnLetters(dimension, value);
  return shown === value || storedValue(dimension, shown) === value ? shown : value;
};

const inOwnLetters = (dimension: string, value: string): string => {
  switch (kindOf(dimension)) {
    case 'host':
    case 'source':
      return shownHost(value);
    case 'address':
      return withHost(value, shownHost);
    case 'property':
      return IS_ADDRESS.test(value) ? withHost(value, shownHost) : value;
    default:
      return value;
  }
};

/**
 * A value as it lies in the store, however somebody wrote it.
 * @example storedValue('event:page', '/caf%c3%a9') === '/café'
 */
export const storedValue = (dimension: string, value: string): string => {
  switch (kindOf(dimension)) {
    case 'path':
      return pathText(value);
    case 'host':
      return hostInAnyCase(value);
    // Names have capital letters, those with a dot too: `Bol.com`.
    case 'source':
      return browserHost(value);
    case 'address':
      return withHost(storedAddress(value), hostInAnyCase);
    case 'property':
      return IS_ADDRESS.test(value) ? withHost(storedProperty(value), hostInAnyCase) : value;
    default:
      return value;
  }
};

/** Browsers write hosts in small letters. What has no dot may be something else. */
const hostInAnyCase = (host: string): string => browserHost(host.includes('.') ? host.toLowerCase() : host);

/** Browsers read a backslash in a path as a slash. */
const inBrowser = (path: string): string => path.replace(/^\/[^?#]+/, (steps) => steps.replaceAll('\\', '/'));

/** The values that somebody may mean: what an answer shows is found by it, also if it is written as none is stored today. */
export const meantValues = (dimension: string, value: string): readonly string[] => [
  ...new Set([
    storedValue(dimension, value),
    ...(kindOf(dimension) === 'path' ? [pathText(inBrowser(value))] : []),
    value,
  ]),
];

/** Read without its spaces: a part of a path with one is no part of a query, where each is a plus sign. */
const inQuery = (part: string): string =>
  part
    .split(/ |%20/)
    .map((text) => unescapedPath(`?${text}`).slice('?'.length))
    .join(' ');

/**
 * A part of a value as it may lie in the middle of one: as it was written, with its marks composed and not, as some say
 * titles and properties; of paths read as a part of one, and as one of a query.
 * What would be unseen at the end of a path may stand in it.
 */
export const partReadings = (dimension: string, part: string): readonly string[] => {
  const kind = kindOf(dimension);
  const texts = [part.normalize(), part, part.normalize('NFD')];
  if (kind === null || kind === 'host' || kind === 'source') return [...new Set(texts)];
  return [...new Set([unescapedPath(part), pathText(part), inQuery(part), ...texts])];
};

/** Values of the dimension have hosts in them: what is written in its own letters is no part of them as they are stored. */
export const hasHosts = (dimension: string): boolean =>
  ['host', 'source', 'address', 'property'].includes(kindOf(dimension) ?? '');
