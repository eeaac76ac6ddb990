import { domainToUnicode } from 'node:url';
import { HOST, hostOf } from '../lib/browser-host.ts';
import { hostPart, isClearHost } from '../lib/host-text.ts';

/**
 * The host in what somebody wrote in its place: an address, one with a port or a dot at its end, other letters; null:
 * there is none.
 * @example hostIn(' https://Example.com:8080/shop ') === 'example.com'
 */
export const hostIn = (written: string): string | null => {
  const rest = hostPart(written);
  const small = rest.toLowerCase();
  return HOST.test(small) ? small : hostOf(rest);
};

const WWW = 'www.';

/** The name that a host is mostly called by, too. @example otherName('www.example.com') === 'example.com' */
export const otherName = (host: string): string => (host.startsWith(WWW) ? host.slice(WWW.length) : WWW + host);

const INTERNATIONAL = /(?:^|\.)xn--/;

/**
 * A host as people read it: in its own letters where it cannot be taken for another one ({@link isClearHost}), else as
 * browsers write it. What is no host stays as it is.
 * @example shownHost('xn--bcher-kva.example') === 'bücher.example'
 */
export const shownHost = (host: string): string => {
  if (!INTERNATIONAL.test(host)) return host;
  const shown = domainToUnicode(host);
  return isClearHost(shown) ? shown : host;
};
