import { browserHost } from '../lib/browser-host.ts';
import { partSpellings, pathSpellings } from '../lib/path-spellings.ts';
import { pathText, unescapedPath } from '../lib/path-text.ts';
import type { Bindings } from '../store/bindings.ts';
import { propertyOf } from '../store/dimensions.ts';
import { shownHost } from './host-name.ts';

/*
 * How values of dimensions are written: as people do where they are shown, and in whichever way where they are asked for.
 * Hosts lie in the store as browsers write them, so that the rule of which can be shown otherwise may change. Paths lie
 * there as they are shown, but for those of up to version 0.2, which have the escapes they came with.
 */

/** What the values of a dimension are; null: neither. An address is a host and a path, or one of both. */
const KINDS: Readonly<Record<string, 'path' | 'host' | 'address'>> = {
  'event:page': 'path',
  'visit:entry_page': 'path',
  'visit:exit_page': 'path',
  'event:hostname': 'host',
  'visit:source': 'host',
  'visit:referrer': 'address',
};

const kindOf = (dimension: string): 'path' | 'host' | 'address' | 'property' | null =>
  KINDS[dimension] ?? (propertyOf(dimension) === null ? null : 'property');

/** A property that is nothing but an address or a path, such as where a link leads. */
const IS_ADDRESS = /^(?:https?:\/\/|\/)/i;
/** Where a host begins, and where it ends. */
const HOST = /^(https?:\/\/)?([^/?#:\s]+)/i;

const withHost = (address: string, written: (host: string) => string): string =>
  address.replace(HOST, (_, scheme: string = '', host: string) => scheme + written(host));

/**
 * A value as people read it.
 * @example shownValue('visit:referrer', 'xn--bcher-kva.example/%C3%BC') === 'bücher.example/ü'
 */
export const shownValue = (dimension: string, value: string): string => {
  switch (kindOf(dimension)) {
    case 'path':
      return pathText(value);
    case 'host':
      return shownHost(value);
    case 'address':
      return pathText(withHost(value, shownHost));
    case 'property':
      return IS_ADDRESS.test(value) ? pathText(withHost(value, shownHost)) : value;
    case null:
      return value;
  }
};

/** All spellings in which a value may lie in the store, however it was written. Empty texts stay what they are. */
export const valueSpellings = (dimension: string, value: string): readonly string[] => {
  switch (kindOf(dimension)) {
    case 'path':
      return pathSpellings(value);
    case 'host':
      return each([value, browserHost(value)]);
    case 'address':
      return each([value, withHost(value, browserHost)].flatMap(pathSpellings));
    case 'property':
      return IS_ADDRESS.test(value) ? each([value, withHost(value, browserHost)].flatMap(pathSpellings)) : [value];
    case null:
      return [value];
  }
};

/** The same of a part of a value, to be looked for with case ignored. Parts of hosts: see {@link hasHosts}. */
export const valuePartSpellings = (dimension: string, part: string): readonly string[] => {
  const kind = kindOf(dimension);
  return kind === null || kind === 'host' ? [part] : each([part, ...partSpellings(part)]);
};

/** Values of the dimension have hosts in them: what is written in its own letters is no part of them as they are stored. */
export const hasHosts = (dimension: string): boolean =>
  ['host', 'address', 'property'].includes(kindOf(dimension) ?? '');

const each = (texts: readonly string[]): string[] => [...new Set(texts)];

/**
 * An expression that has one value for all spellings of one path, as `unescapedPath` has; null: the dimension has no paths.
 * Escapes that are no UTF-8 leave a value as it is.
 */
export const oneSpelling = (dimension: string, expression: string): string | null => {
  switch (kindOf(dimension)) {
    case 'path':
    case 'address':
      return unescaped(expression);
    case 'property':
      return `if(match(${expression}, '^(https?://|/)'), ${unescaped(expression)}, ${expression})`;
    default:
      return null;
  }
};

/** The condition that an expression has a value, in any spelling. Slower than to look for {@link valueSpellings}, and complete. */
export const hasValue = (dimension: string, expression: string, value: string, bind: Bindings['bind']): string => {
  const one = oneSpelling(dimension, expression);
  const isPath = kindOf(dimension) !== 'property' || IS_ADDRESS.test(value);
  const spellings = valueSpellings(dimension, value);
  const wanted = one === null || !isPath ? spellings : each(spellings.map(unescapedPath));
  return `has(${bind(wanted, 'Array(String)')}, ${one ?? expression})`;
};

const unescaped = (path: string): string => {
  const read = `if(position(${path}, '?') = 0, ${decoded(path, '2[35F]|3F|5C')}, ${decoded(path, '2[356BF]|3[DF]|5C')})`;
  return `if(position(${path}, '%') = 0, ${path}, if(isValidUTF8(${read}), normalizeUTF8NFC(${read}), ${path}))`;
};

/** What stays escaped is escaped once more before. */
const decoded = (path: string, stays: string): string =>
  `decodeURLComponent(replaceRegexpAll(${inCapitals(path)}, '%(${stays})', '%25\\\\1'))`;

const inCapitals = (path: string): string =>
  ['2b', '2f', '3d', '3f', '5c'].reduce(
    (text, digits) => `replaceAll(${text}, '%${digits}', '%${digits.toUpperCase()}')`,
    path,
  );
