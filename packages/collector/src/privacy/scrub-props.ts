import { scrubText } from './scrub.ts';
import { isSecretKey } from './scrub-keys.ts';

/**
 * Scrubs properties: the values of names that say a secret or a person is in them, whole, and what has a known shape
 * in all other values and in the names themselves.
 *
 * @example scrubProps({ plan: 'pro', client_ip: 'x' }) // → { plan: 'pro', client_ip: '[removed]' }
 */
export const scrubProps = (props: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(props).map(([name, value]) => [scrubText(name), isSecretKey(name) ? '[removed]' : scrubText(value)]),
  );
