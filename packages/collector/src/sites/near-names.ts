import { isWithin } from '../lib/domain-lookup.ts';
import { otherName } from './host-name.ts';
import type { Site } from './site.ts';
import type { UnknownName } from './unknown-names.ts';

/**
 * The names that were perhaps meant for a site: hosts above, below or beside one of its own, and what differs from one by
 * a slip of the keyboard or two.
 */
export const nearNames = ({ domain, aliases }: Site, names: readonly UnknownName[]): UnknownName[] => {
  const own = [domain, ...aliases];
  return names.filter(({ name }) => own.some((mine) => isRelated(name, mine) || isSlip(name, mine)));
};

const isRelated = (name: string, mine: string): boolean => {
  if (!name.includes('.') || !mine.includes('.')) return false;
  const family = familyOf(name);
  const isAbove = name.split('.').length > 2 && isWithin(mine, new Set([name]));
  return isAbove || isWithin(name, new Set([mine])) || (family !== '' && family === familyOf(mine));
};

/** Shorter words stand before the end of a name, as `co` in `co.uk`. */
const SHORTEST_FAMILY = 4;

/** The last two labels of a host, if they are more than an end that many owners share; empty: they may not be. */
const familyOf = (host: string): string => {
  const [, second = '', top = ''] = /([^.]+)\.([^.]+)$/.exec(host) ?? [];
  return second.length < SHORTEST_FAMILY ? '' : `${second}.${top}`;
};

/** Names that are shorter are one slip away from others' names. */
const SHORT_NAME = 10;
const SHORTEST_NAME = 5;

const isSlip = (name: string, mine: string): boolean => {
  const [a, b] = [withoutWww(name), withoutWww(mine)];
  return b.length >= SHORTEST_NAME && differ(a, b, b.length < SHORT_NAME ? 1 : 2);
};

const withoutWww = (host: string): string => (host.startsWith('www.') ? otherName(host) : host);

/** True if at most so many letters are to be changed, added, left out or swapped to make one word of the other. */
const differ = (a: string, b: string, most: number): boolean => {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const [x, y] = [a.slice(same), b.slice(same)];
  if (x === y) return true;
  if (most === 0 || Math.abs(x.length - y.length) > most) return false;
  const areSwapped = x.length > 1 && x[0] === y[1] && x[1] === y[0];
  return (
    differ(x.slice(1), y.slice(1), most - 1) ||
    differ(x.slice(1), y, most - 1) ||
    differ(x, y.slice(1), most - 1) ||
    (areSwapped && differ(x.slice(2), y.slice(2), most - 1))
  );
};
