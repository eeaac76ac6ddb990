import { cleanLine } from '../../lib/clean-text.ts';
import { cut } from '../../lib/truncate.ts';
import { LONGEST } from '../../store/text-limits.ts';
import { decodingOf } from './decode.ts';
import { startOf } from './scrub-to-length.ts';
import { isSecretStep, isVersionStep, mayAnnounce } from './steps.ts';
import { scrubText } from './text.ts';

/** Whatever a rule can find in a path has one of these. */
const SUSPICIOUS = /[^\w/.-]|[a-z\d]{10}|\d\.\d|\d[\d_-]{6}|(?:[\da-f]{2}-){5}/i;

/**
 * The path of a page as it is kept: without query, without secrets and what says who someone is; numbers and the
 * escapes of an address stay (`/news/4711`, `/caf%C3%A9`). A route in the fragment is part of it (`/app#/settings`).
 *
 * @param path path of an address, with its fragment where that is a route
 * @returns at most 2,000 characters, the first of them `/`
 * @example scrubPath('/u/jane%40example.com/') === '/u/[email]/'
 */
export const scrubPath = (path: string): string => {
  if (path.startsWith('/') && path.length <= LONGEST.page && !SUSPICIOUS.test(path) && !mayAnnounce(path)) return path;
  const [before = '', fragment = ''] = splitAt(withoutLong(path), '#');
  const route = /^#!?\//.test(fragment) ? fragment : '';
  const kept = [before, route].map((part) => part.replace(/\?.*/s, '').split('/').map(scrubStep).join('/')).join('');
  return cut(kept.startsWith('/') ? kept : `/${kept}`, LONGEST.page);
};

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

const scrubStep = (step: string, index: number, steps: readonly string[]): string => {
  if (step === '') return step;
  // Parameters of a step (RFC 3986, 3.3), such as `;jsessionid=…`, and control characters.
  const bare = step.replace(/;[^=/]{0,64}=.*$/s, '').replace(CONTROL, '');
  const read = decodingOf(bare);
  if (isSecretStep(read, steps, index)) return '[token]';
  if (isVersionStep(steps, index)) return bare;
  const scrubbed = scrubText(read);
  return scrubbed === read ? bare : encodeStep(cleanLine(scrubbed));
};

/** What would begin a query or a fragment is escaped, what stands for what was scrubbed is not. */
const encodeStep = (step: string): string =>
  encodeURI(step)
    .replace(/[?#]/g, encodeURIComponent)
    .replace(/%5B([a-z]+)%5D/g, '[$1]');

/** Control characters and those that write other text backwards, as they are or escaped (see `lib/clean-text.ts`). */
const CONTROL = /\p{Cc}|%(?:[01][0-9a-f]|7f)|%c2%[89][0-9a-f]|%e2%80%(?:8[ef]|a[89a-e])|%e2%81%a[6-9]|%d8%9c/giu;
