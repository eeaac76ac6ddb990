import { scrubText } from './scrub.ts';

const LONGEST = 2000;

/** Whatever a rule can find in a path has one of these. */
const SUSPICIOUS = /[^\w/.-]|[a-z\d]{10}|\d\.\d|\d[\d-]{7}|(?:[\da-f]{2}-){5}/i;

/** Steps of a path after which a secret of any length may come: `/reset/x7k2m9`. */
const BEFORE_SECRET =
  /^(?:token|reset|(?:reset|forgot)-?password|password-?reset|verify|verification|confirm|confirmation|activate|activation|invite|invitation|unsubscribe|magic(?:-?link)?|otp)$/i;
const SHORT_SECRET = /^(?=.*\d)(?=.*[a-z])[\w-]{6,}$/i;
const HAS_STEP = /(?:token|reset|password|verif|confirm|activat|invit|unsubscribe|magic|otp)/i;

/**
 * The path of a page as it is kept: without query, without secrets and what says who someone is; numbers and the
 * escapes of an address stay (`/news/4711`, `/caf%C3%A9`). A route in the fragment is part of it (`/app#/settings`).
 *
 * @param path path of an address, with its fragment where that is a route
 * @returns at most 2,000 characters, the first of them `/`
 * @example scrubPath('/u/jane%40example.com/') === '/u/[email]/'
 */
export const scrubPath = (path: string): string => {
  if (path.startsWith('/') && path.length <= LONGEST && !SUSPICIOUS.test(path) && !HAS_STEP.test(path)) return path;
  const [before = '', fragment = ''] = splitAt(path, '#');
  const route = /^#!?\//.test(fragment) ? fragment : '';
  const kept = [before, route].map((part) => part.replace(/\?.*/s, '').split('/').map(scrubStep).join('/')).join('');
  return (kept.startsWith('/') ? kept : `/${kept}`).slice(0, LONGEST);
};

/** A host name as it is kept: an address of the internet in its place goes, and so do long random labels. */
export const scrubHost = (host: string): string => scrubText(host.replace(/^\[|\]$/g, ''));

const splitAt = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
};

const scrubStep = (step: string, index: number, steps: readonly string[]): string => {
  if (step === '') return step;
  // Parameters of a step (RFC 3986, 3.3), such as `;jsessionid=…`, and control characters.
  const bare = step.replace(/;[^=/]{0,64}=.*$/s, '').replace(CONTROL, '');
  const read = decode(bare);
  if (SHORT_SECRET.test(read) && BEFORE_SECRET.test(steps[index - 1] ?? '')) return '[token]';
  const scrubbed = scrubText(read);
  return scrubbed === read ? bare : encodeURI(scrubbed).replace(/%5B([a-z]+)%5D/g, '[$1]');
};

const CONTROL = /\p{Cc}|%(?:[01][0-9a-f]|7f)/giu;

/** Most often an escape stands for a character; some programs escape what is escaped. */
const MOST_LAYERS = 3;

const decode = (text: string, layers = MOST_LAYERS): string => {
  if (layers === 0 || !text.includes('%')) return text;
  const once = text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
  return once === text ? text : decode(once, layers - 1);
};

const decodeRun = (escapes: string): string => {
  try {
    return decodeURIComponent(escapes);
  } catch {
    // Escapes of another encoding than UTF-8: nothing that a rule would know.
    return escapes;
  }
};
