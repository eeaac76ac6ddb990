/** Whatever a text has that could be read otherwise than it is written. */
const READABLE = /%(?:[0-9a-f]{2}|u[0-9a-f]{4})|\\[ux]|&[#a-z]|[\0\u0080-\uffff]/i;

/** Most often an escape stands for a character; some programs escape what is escaped. */
const MOST_LAYERS = 3;

/** A few characters stand for as many as 18: a text that grows so much says nothing that a rule would know. */
const MOST_GROWTH = 2;

/**
 * What a text says, however its characters are spelled: escaped for an address (`%40`), for a program (`\u0040`) or for
 * a page (`&#64;`), up to three times over; in full width (`＠`) or other forms; with invisible characters in between.
 * To be looked through, not to be kept.
 * @example decodingOf('jane%2540example.com') === 'jane@example.com'
 */
export const decodingOf = (text: string): string =>
  READABLE.test(text) ? plain(decode(text, MOST_LAYERS).toWellFormed()) : text;

const decode = (text: string, layers: number): string => {
  if (layers === 0 || !ESCAPE.test(text)) return text;
  const once = text.replace(PERCENT, percentRun).replace(UNICODE, character).replace(ENTITY, entity);
  return once === text ? text : decode(once, layers - 1);
};

const ESCAPE = /%(?:[0-9a-f]{2}|u[0-9a-f]{4})|\\[ux]|&[#a-z]/i;
const PERCENT = /(?:%[0-9a-f]{2})+/gi;

/** By hand: to have an error made for each run that is none took a millisecond for every 600 of them. */
const percentRun = (escapes: string): string => {
  if (escapes.length === 3) return ascii(Number.parseInt(escapes.slice(1), 16)) ?? escapes;
  const decoded = Buffer.from(escapes.replaceAll('%', ''), 'hex').toString();
  // Escapes of another encoding than UTF-8: nothing that a rule would know.
  return decoded.includes('\ufffd') ? escapes : decoded;
};

const ascii = (code: number): string | null => (code < 0x80 ? String.fromCharCode(code) : null);

/** As programs write a character, and as the old `escape` of browsers did. */
const UNICODE = /(?:\\{1,4}|%(?=u[0-9a-f]))(?:u(00[01][0-9a-f]{5}|[0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2}))/gi;

const character = (spelled: string, four?: string, braced?: string, two?: string): string =>
  written(Number.parseInt(four ?? braced ?? two ?? '', 16), spelled);

const written = (code: number, spelled: string): string => (code <= 0x10ffff ? String.fromCodePoint(code) : spelled);

/** What HTML has names for and a rule looks at, or does not see; `&amp;` is what hides the next layer. */
const NAMED: Readonly<Record<string, string>> = {
  commat: '@',
  period: '.',
  amp: '&',
  colon: ':',
  equals: '=',
  percnt: '%',
  lowbar: '_',
  hyphen: '-',
  dash: '-',
  ndash: '-',
  plus: '+',
  num: '#',
  quot: '"',
  apos: "'",
  sol: '/',
  bsol: '\\',
  lpar: '(',
  rpar: ')',
  lsqb: '[',
  rsqb: ']',
  lcub: '{',
  rcub: '}',
  comma: ',',
  newline: '\n',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  shy: '',
  zwj: '',
  zwnj: '',
  nobreak: '',
  zerowidthspace: '',
};

const ENTITY = new RegExp(`&(?:#(\\d{1,7})|#x([0-9a-f]{1,6})|(${Object.keys(NAMED).join('|')}));?`, 'gi');

const entity = (spelled: string, decimal?: string, hex?: string, name?: string): string => {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? spelled;
  return written(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal), spelled);
};

/** Texts in UTF-16 that were read as another encoding have zeros in between. */
const NOT_ASCII = /[\0\u0080-\uffff]/;
/** Characters without a form of their own, such as those of no width, and those that choose one for another. */
const INVISIBLE = /[\0\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const DASH = /[\p{Pd}\u2212]/gu;
/** Digits of all other writing: each has its ten in a row. */
const DIGIT = /\p{Nd}/u;
const OTHER_DIGIT = /(?!\d)\p{Nd}/gu;
/** Stands for a dot where Chinese and Japanese are typed. */
const WIDE_DOT = /(?<=[a-z\d])[\u3002\uff61](?=[a-z\d])/gi;

const plain = (text: string): string => {
  if (!NOT_ASCII.test(text)) return text;
  const composed = text.normalize('NFKC');
  return (composed.length > text.length * MOST_GROWTH ? text : composed)
    .replace(INVISIBLE, '')
    .replace(DASH, '-')
    .replace(OTHER_DIGIT, digitValue)
    .replace(WIDE_DOT, '.');
};

const digitValue = (digit: string): string => {
  const known = DIGIT_VALUES.get(digit);
  if (known !== undefined) return known;
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  DIGIT_VALUES.set(digit, String(value));
  return String(value);
};
/** Of the digits met so far, of which Unicode has some hundreds. */
const DIGIT_VALUES = new Map<string, string>();
