import { scrubText } from './scrub.ts';
import { isSecretKey } from './scrub-keys.ts';
import { scrubPath } from './scrub-path.ts';

/**
 * Scrubs properties: the values of names that say a secret or a person is in them, whole, and what has a known shape
 * in all other values and in the names themselves. A value that is nothing but an address or a path is read as that.
 *
 * @example scrubProps({ plan: 'pro', client_ip: 'x' }) // → { plan: 'pro', client_ip: '[removed]' }
 */
export const scrubProps = (props: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      scrubText(name),
      isSecretKey(name) ? '[removed]' : scrubValue(value),
    ]),
  );

/** Who is asked, and the path: of what follows nothing is kept. */
const ADDRESS = /^(https?:\/\/[^\s/?#]+|)(\/[^\s?#]*)(?:[?#]\S*)?$/i;

const scrubValue = (value: string): string => {
  const [, origin, path] = ADDRESS.exec(value) ?? [];
  return origin === undefined || path === undefined ? scrubText(value) : scrubText(origin) + scrubPath(path);
};
