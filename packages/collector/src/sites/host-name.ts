import { domainToUnicode } from 'node:url';
import { hostPart, isClearHost } from '../lib/host-text.ts';

const HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;

/**
 * A host as browsers write it: in small letters, in ASCII; null: it is none.
 * @example hostOf('Bücher.example') === 'xn--bcher-kva.example'
 */
export const hostOf = (written: string): string | null => {
  const address = `http://${written}/`;
  if (!URL.canParse(address)) return null;
  const { hostname } = new URL(address);
  return HOST.test(hostname) && /^[^/\\?#@:]+$/.test(written) ? hostname : null;
};

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

/**
 * A name that is a host in its own letters, as browsers write it; all others as they are.
 * @example browserHost('bücher.example') === 'xn--bcher-kva.example'
 */
export const browserHost = (name: string): string =>
  /[^\0-\x7f]/.test(name) && name.includes('.') ? (hostOf(name) ?? name) : name;

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
