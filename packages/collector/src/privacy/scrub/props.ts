import { isSeen } from '../../lib/clean-text.ts';
import { storedProperty } from '../../lib/stored-text.ts';
import { cut } from '../../lib/truncate.ts';
import { LONGEST } from '../../store/text-limits.ts';
import { decodingOf } from './decode.ts';
import { isSecretKey } from './keys.ts';
import { scrubPath } from './path.ts';
import { scrubToLength } from './scrub-to-length.ts';
import { scrubText } from './text.ts';

/**
 * Scrubs properties: the values of names that say a secret or a person is in them, whole, and what has a known shape
 * in all other values and in the names themselves. A value that is nothing but an address or a path is read as that.
 * Names and values are cut after that. Of names that have become the same each but the first gets a number.
 *
 * @example scrubProps({ plan: 'pro', client_ip: 'x' }) // → { plan: 'pro', client_ip: '[removed]' }
 */
export const scrubProps = (props: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const kept = new Map<string, string>();
  for (const [given, value] of Object.entries(props)) {
    const name = scrubToLength(given, LONGEST.property);
    if (!isSeen(name)) continue;
    const isSecret = isSecretKey(decodingOf(given));
    kept.set(unused(name, kept), isSecret ? '[removed]' : scrubToLength(value, LONGEST.value, { scrub: scrubValue }));
  }
  return Object.fromEntries(kept);
};

/** A name that no property has yet: `[email]`, `[email] (2)` … */
const unused = (name: string, taken: ReadonlyMap<string, string>): string => {
  if (!taken.has(name)) return name;
  for (let n = 2; ; n += 1) {
    const mark = ` (${n})`;
    const other = cut(name, LONGEST.property - mark.length) + mark;
    if (!taken.has(other)) return other;
  }
};

/** Who is asked, and the path: of what follows nothing is kept. */
const ADDRESS = /^(https?:\/\/[^\s/?#]+|)(\/[^\s?#]*)(?:[?#]\S*)?$/i;

const scrubValue = (value: string): string => {
  const [, origin, path] = ADDRESS.exec(value) ?? [];
  const isWhole = origin !== undefined && path !== undefined;
  // What is not read here would be read where it is stored.
  return storedProperty(isWhole ? scrubText(origin) + scrubPath(path) : scrubText(storedProperty(value)));
};
