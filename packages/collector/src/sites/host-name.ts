import { domainToUnicode } from 'node:url';
import { hostPart, isClearWord } from '../lib/host-text.ts';

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

const WWW = 'www.';

/** The name that a host is mostly called by, too. @example otherName('www.example.com') === 'example.com' */
export const otherName = (host: string): string => (host.startsWith(WWW) ? host.slice(WWW.length) : WWW + host);

/**
 * A host as people read it: in its own letters where all of each word are of one kind, and no word looks Latin without
 * being it; else as browsers write it.
 * @example shownHost('xn--bcher-kva.example') === 'bücher.example'
 */
export const shownHost = (host: string): string => {
  if (!/(?:^|\.)xn--/.test(host)) return host;
  const shown = domainToUnicode(host);
  return shown !== '' && shown.split('.').every(isClearWord) ? shown : host;
};
