import { browserHost } from './browser-host.ts';
import { pathText } from './path-text.ts';

/* How pages, addresses and properties lie in the store, however they were written: each has one spelling there. */

/** Where a host begins, and where it ends. */
const HOST = /^(https?:\/\/)?([^/?#:\s]+)/i;

/** An address with its host, if it has one, written in another way. */
export const withHost = (address: string, written: (host: string) => string): string =>
  address.replace(HOST, (_, scheme: string = '', host: string) => scheme + written(host));

/**
 * A path, a host, or both: the host as browsers write it, the path in its own letters. Once more changes nothing.
 * @example storedAddress('https://bücher.example/gr%C3%B6%C3%9Fe') === 'https://xn--bcher-kva.example/größe'
 */
export const storedAddress = (address: string): string => withHost(pathText(address), browserHost);

/** A property that is an address or a path, such as where a link leads. */
export const IS_ADDRESS = /^(?:https?:\/\/|\/)/i;

/** The value of a property: an address as {@link storedAddress} has it, all others as they are. */
export const storedProperty = (value: string): string => (IS_ADDRESS.test(value) ? storedAddress(value) : value);
