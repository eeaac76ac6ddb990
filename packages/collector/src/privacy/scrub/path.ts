import { cleanLine } from '../../lib/clean-text.ts';
import { pathText } from '../../lib/path-text.ts';
import { cut } from '../../lib/truncate.ts';
import { LONGEST } from '../../store/text-limits.ts';
import { decodingOf } from './decode.ts';
import { startOf } from './scrub-to-length.ts';
import { isSecretStep, isVersionStep, mayAnnounce } from './steps.ts';
import { scrubText } from './text.ts';

/** Whatever a rule can find in a path has one of these. */
const SUSPICIOUS = /[^\w/.-]|[a-z\d]{10}|\d\.\d|\d[\d_-]{6}|(?:[\da-f]{2}-){5}/i;

/**
 * The path of a page as it is kept: without query, without secrets and what says who someone is, in its own letters
 * ({@link pathText}); numbers stay (`/news/4711`). A route in the fragment is part of it (`/app#/settings`).
 *
 * @param path path of an address, with its fragment where that is a route
 * @returns at most 2,000 characters, the first of them `/`
 * @example scrubPath('/u/jane%40example.com/') === '/u/[email]/'
 */
export const scrubPath = (path: string): string => {
  if (path.startsWith('/') && path.length <= LONGEST.page && !SUSPICIOUS.test(path) && !mayAnnounce(path)) return path;
  const [before = '', fragment = ''] = splitAt(withoutLong(pathText(path)), '#');
  const route = /^#!?\//.test(fragment) ? fragment : '';
  const kept = [before, route].map((part) => scrubSteps(part.replace(/\?.*/s, ''))).join('');
  return cutPath(pathText(kept.startsWith('/') ? kept : `/${kept}`), LONGEST.page);
};

/** The beginning of a path: what joins it to what was cut off would be unseen at its end. */
export const cutPath = (path: string, length: number): string =>
  path.length <= length ? path : cut(path, length).replace(/[ \u200c\u200d]+$/, '');

/** A host name as it is kept: an address of the internet in its place goes, and so do long random labels. */
export const scrubHost = (host: string): string =>
  cut(scrubText(startOf(host, LONGEST.host).replace(/^\[|\]$/g, '')), LONGEST.host);

/** A user agent up to the end of the path, and who signs in at an address within it: both go over several steps. */
const AGENT = /(?:Mozilla|Opera|Dalvik)\/\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?:%20|[ +]).*$/is;
const USERINFO = /(?<=:\/\/)[^/@]{1,256}@/g;

const withoutLong = (path: string): string => path.replace(AGENT, '[agent]').replace(USERINFO, '');

const splitAt = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
};

const scrubSteps = (path: string): string => path.split('/').map(withoutParameters).map(scrubStep).join('/');

/** Parameters of a step (RFC 3986, 3.3), such as `;jsessionid=…`. */
const withoutParameters = (step: string): string => step.replace(/;[^=/]{0,64}=.*$/s, '');

const scrubStep = (bare: string, index: number, steps: readonly string[]): string => {
  if (bare === '') return bare;
  const read = decodingOf(bare.replace(CONTROL, ''));
  if (isSecretStep(read, steps, index)) return '[token]';
  if (isVersionStep(steps, index)) return bare;
  const scrubbed = scrubText(read);
  return scrubbed === read ? scrubWithin(bare, index, steps) : encodeStep(cleanLine(scrubbed));
};

/** Escaped, and escaped once more. */
const SLASH = /(%(?:25){0,2}2F)/;

/** A slash that is escaped parts a secret from the word before it as well. */
const scrubWithin = (step: string, index: number, steps: readonly string[]): string => {
  // Every other one is a slash.
  const pieces = step.split(SLASH);
  if (pieces.length === 1) return step;
  const all = [...steps.slice(0, index), ...pieces.map((piece, at) => (at % 2 === 0 ? piece : ''))];
  const isSecret = (piece: string, at: number): boolean => isSecretStep(decodingOf(piece), all, index + at);
  return pieces.map((piece, at) => (isSecret(piece, at) ? '[token]' : piece)).join('');
};

/** What was escaped because it would have been read otherwise is so again. */
const encodeStep = (step: string): string => step.replace(/[#%/?\\]/g, encodeURIComponent);

/** Control characters and those that write other text backwards, which stay escaped (see `lib/clean-text.ts`). */
const CONTROL = /%(?:[01][0-9A-F]|7F|C2%[89][0-9A-F]|E2%80%(?:8[EF]|A[89A-E])|E2%81%A[6-9]|D8%9C)/g;
