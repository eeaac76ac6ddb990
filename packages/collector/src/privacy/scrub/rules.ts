import { isIPv6 } from 'node:net';
import { hasIbanChecksum, hasLuhnChecksum } from './checksums.ts';
import { SECRET_KEY } from './keys.ts';
import { looksRandom, SHORTEST_RANDOM } from './random.ts';
import { TOKENS } from './tokens.ts';

/**
 * One kind of text that must not be kept. Patterns find candidates, and each is linear in the length of the text: its
 * repetitions are bounded, or begin at a literal, or take all they meet.
 */
interface Rule {
  /** Cheap: false where the rule can find nothing. */
  readonly hint: RegExp;
  readonly pattern: RegExp;
  /** What stands in the candidate's place: a kind in brackets, or the candidate itself if it is none. */
  readonly replace: (found: string, ...groups: string[]) => string;
}

const always = (kind: string) => (): string => kind;
const when =
  (kind: string, holds: (found: string) => boolean) =>
  (found: string): string =>
    holds(found) ? kind : found;

/** A list or an object, with those in it: up to their end, or as far as one is looked at. */
const NESTED = String.raw`\[(?:[^[\]]|\[[^[\]]{0,200}\]){0,500}\]?|\{(?:[^{}]|\{[^{}]{0,200}\}){0,500}\}?`;
/** A quoted text, or what stands until the next space or bracket; a mark that a rule before has left is one whole. */
const VALUE = String.raw`(?:\[[a-z]+\]|${NESTED}|\\"[^"\\\r\n]*|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|[^\s,;&"'<>)}\]]+)`;
/** Some write the zeros that C's `inet_addr` takes for octal. */
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|[01]?\d?\d)`;
const IPV4 = String.raw`(?:${OCTET}\.){3}${OCTET}`;

/** What stands behind the `@`: a name of any depth, this machine, or an address. */
const MAIL_HOST = String.raw`(?:(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,126}\p{L}[\p{L}\p{M}\p{N}-]{1,62}|localhost(?![\p{L}\p{N}-])|\[[\p{L}\d.:]{2,60}\]|${IPV4}(?![\d.]))`;

/** Of four numbers between hyphens: as a name of a machine has them. Dates and versions have no number of three digits. */
const holdsOctet = (found: string): boolean => /^ip/i.test(found) || /(?<!\d)[12]\d\d(?!\d)/.test(found);

const SCRIPT = /^(?:\.[\w-]{1,20}){0,2}\.(?:[cm]?js|css|wasm|map)\b/;

/** The rules in their order: what one has replaced the next ones do not see. */
export const RULES: readonly Rule[] = [
  {
    hint: /-----BEGIN/,
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]{0,30}-----)?/g,
    replace: always('[key]'),
  },
  {
    // Headers, up to the end of the line or of the quotes they stand in.
    hint: /cookie|authorization/i,
    pattern:
      /\b((?:set-|proxy-)?(?:cookie|authorization)(?:\\?["'])?\s{0,3}[:=]\s{0,3})(?:"[^"\r\n]*"?|'[^'\r\n]*'?|[^\r\n]+)/gi,
    replace: (_, name = '') => `${name}[removed]`,
  },
  {
    // User agents, with what apps append to theirs, and written into an address.
    hint: /(?:Mozilla|Opera|Dalvik)(?:\/|%2F)/i,
    pattern:
      /(?:Mozilla|Opera|Dalvik)(?:\/\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?: \([^)]{0,400}(?:\)|$)| \[[^\]]{0,400}\]| [\w.]{1,40}\/[\w.+-]{1,40}| Mobile| like Gecko| Instagram [\d.]{3,30}| Android)*|%2F[\w.%+()-]{0,800})/gi,
    replace: always('[agent]'),
  },
  {
    // The query and the fragment of an address go, and so does who signs in; line and column in a stack stay.
    hint: /:\/\//,
    pattern: /\b(?:https?|wss?|ftp):\/\/[^\s"'<>]+/gi,
    replace: (found) => {
      const end = found.search(/[?#]/);
      const position = end < 0 ? '' : (/(?::\d{1,9}){1,2}\)?$/.exec(found)?.[0] ?? '');
      const address = end < 0 ? found : found.slice(0, end) + position;
      return address.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
    },
  },
  {
    // Userinfo of other schemes: postgres://user:password@host.
    hint: /:\/\//,
    pattern: /:\/\/[^\s/@?#"'<>]{1,256}@/g,
    replace: always('://'),
  },
  {
    // The query of an address without a host.
    hint: /\?/,
    pattern: /(?<=[\w/.-])\?[\w.%[\]-]{1,64}=[^\s"'<>)]*/g,
    replace: always(''),
  },
  {
    hint: /[:=]|%3[ad]/i,
    pattern: new RegExp(
      String.raw`(${SECRET_KEY}(?:\]|%5d|\\?["'])?(?:\[[\w-]{0,32}\]){0,3}\s{0,3}(?:=(?:={0,2}|>)|:=?|%3[ad])\s{0,3})${VALUE}`,
      'giu',
    ),
    replace: (_, name = '') => `${name}[removed]`,
  },
  {
    hint: /<\w/,
    pattern: new RegExp(`(<${SECRET_KEY}>)[^<>]+`, 'gi'),
    replace: (_, tag = '') => `${tag}[removed]`,
  },
  {
    // What follows has a digit, or a capital inside, as no word does: `Basic authentication` stays.
    hint: /bearer|basic/i,
    pattern: /\b([Bb]earer|[Bb]asic|BEARER|BASIC) +(?=[\w.~+/-]{0,200}(?:[\d=]|[a-z][A-Z]))[\w.~+/-]{8,}=*/g,
    replace: (_, scheme = '') => `${scheme} [token]`,
  },
  {
    hint: /eyJ/,
    pattern: /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{2,}(?:\.[\w-]*){0,3}/g,
    replace: always('[token]'),
  },
  {
    hint: /(?<![\w-])[\w-]{16}|SG\.|ya29/,
    pattern: TOKENS,
    replace: always('[token]'),
  },
  {
    hint: /-[0-9a-f]{4}-/i,
    pattern: /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/gi,
    replace: always('[id]'),
  },
  {
    hint: /@|%40/,
    pattern: new RegExp(
      String.raw`(?:\\?"[^"\r\n]{1,64}"|(?<![\p{L}\p{M}\p{N}._%+'-])[\p{L}\p{M}\p{N}._%+'-]+)(?:@|%40)${MAIL_HOST}`,
      'gu',
    ),
    replace: always('[email]'),
  },
  {
    // Names of people in the paths of their own machines.
    hint: /users|home/i,
    pattern: /(\b(?:file:\/\/\/(?:[a-z]:\/)?(?:users|home)\/|[a-z]:[\\/]{1,2}users[\\/]{1,2}))[^\\/\s"':]+/gi,
    replace: (_, folder = '') => `${folder}[user]`,
  },
  {
    hint: /[0-9a-f]{2}[:-][0-9a-f]{2}[:-]/i,
    pattern: /(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])/gi,
    replace: always('[mac]'),
  },
  {
    hint: /:[0-9a-f]{0,4}:/i,
    pattern: new RegExp(
      `(?<![0-9a-z])(?:[0-9a-f]{1,4}:|:(?=:))(?:[0-9a-f]{0,4}:){1,7}(?:${IPV4}|[0-9a-f]{1,4})?(?![0-9a-z])`,
      'gi',
    ),
    replace: when('[ip]', isIPv6),
  },
  {
    // Names under which the domain name system and Windows know addresses.
    hint: /\.ip6\.|ipv6-literal/i,
    pattern: /(?<![\w-])(?:(?:[0-9a-f]\.){1,32}(?=ip6\.(?:arpa|int)\b)|[0-9a-f-]{2,45}(?=\.ipv6-literal\.net\b))/gi,
    replace: (found) => (found.endsWith('.') ? '[ip].' : '[ip]'),
  },
  {
    hint: /\d\.\d/,
    pattern: new RegExp(String.raw`(?<!\d)${IPV4}(?!\d)`, 'g'),
    replace: always('[ip]'),
  },
  {
    // In octal, hexadecimal, and as one number, which means an address only as the host of one.
    hint: /0x|:\/\/\d|0\d{2,3}\./i,
    pattern:
      /(?<![\w.])(?:0x[0-9a-f]{1,2}(?:\.0x[0-9a-f]{1,2}){3}|0[0-3][0-7]{2}(?:\.0[0-7]{0,3}){3})(?![\w.])|(?<=:\/\/)(?:0x[0-9a-f]{1,8}|\d{8,10})(?=[/:?#\s]|$)/gi,
    replace: always('[ip]'),
  },
  {
    hint: /\d[-_]\d{1,3}[-_]\d{1,3}[-_]\d/,
    pattern: new RegExp(
      String.raw`(?<!\d[-_]?)(?:ip[-_]?)?${OCTET}(?:-${OCTET}){3}(?![-_]?\d)|(?<!\d[-_]?)(?:ip[-_]?)?${OCTET}(?:_${OCTET}){3}(?![-_]?\d)`,
      'gi',
    ),
    replace: when('[ip]', holdsOctet),
  },
  {
    hint: /[a-z]{2}\d{2}/i,
    pattern: /(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?/gi,
    replace: when('[iban]', hasIbanChecksum),
  },
  {
    hint: /\d{4}/,
    pattern: /(?<!\d|\d\.)[2-6](?:[ -]?\d){13,18}(?!\d)/g,
    replace: when('[card]', hasLuhnChecksum),
  },
  {
    // Where other numbers stand beside it, such as how long the card is good: as one number, or in the groups printed on it.
    hint: /\d{4}/,
    pattern:
      /(?<!\d|\d\.)(?:[2-6]\d{13,18}|[2-6]\d{3}(?:(?:[ -]{1,3}|[._])\d{4}){3}|3\d{3}[ ._-]\d{6}[ ._-]\d{4,5})(?!\d)/g,
    replace: when('[card]', hasLuhnChecksum),
  },
  {
    hint: /\+|%2b/i,
    pattern: /(?<!\w)(?:\+|%2b)[1-9](?:[ ()./-]{0,2}\d){7,14}(?!\d)/gi,
    replace: always('[phone]'),
  },
  {
    hint: new RegExp(`(?<![\\w+-])[\\w+-]{${SHORTEST_RANDOM}}`),
    pattern: new RegExp(`(?<![\\w+-])([\\w+-]{${SHORTEST_RANDOM},}={0,2})(?=(.{0,60}))`, 'gs'),
    // The names of built scripts carry a hash of their content, which source maps are found by.
    replace: (found, run = '', after = '') =>
      !SCRIPT.test(after) && looksRandom(run.replace(/=+$/, '')) ? '[token]' : found,
  },
];
