import type { z } from 'zod';

/*
 * What is wrong with a value, in a sentence that begins with its field: `limit must be at least 1`. One for each kind of
 * issue that Zod knows; a shape's own sentence goes before it.
 */

type Issue<C extends z.core.$ZodIssueCode> = Extract<z.core.$ZodRawIssue, { readonly code: C }>;
type Sentences = { readonly [C in z.core.$ZodIssueCode]: (issue: Issue<C>) => string };

/** What a value must be, by the name that Zod has for it. */
const KINDS: Readonly<Partial<Record<string, string>>> = {
  string: 'text',
  template_literal: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  set: 'a list',
  object: 'an object',
  record: 'an object',
  map: 'an object',
  null: 'null',
  date: 'a date',
  nonoptional: 'given',
};
/** What stands for nothing at all. */
const NOTHING: readonly string[] = ['undefined', 'never', 'void'];

const FORMATS: Readonly<Partial<Record<string, string>>> = {
  email: 'an e-mail address',
  url: 'an address such as https://example.com/',
  date: 'a day such as 2026-01-31',
  datetime: 'a time such as 2026-01-31T12:00:00+01:00',
  time: 'a time of day such as 12:00:00',
  duration: 'a duration such as P1D',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  cidrv4: 'a network of IPv4',
  cidrv6: 'a network of IPv6',
  json_string: 'JSON',
};

const MEASURES: Readonly<Partial<Record<string, readonly [verb: string, one: string, many: string]>>> = {
  string: ['have', 'character', 'characters'],
  array: ['have', 'entry', 'entries'],
  tuple: ['have', 'entry', 'entries'],
  set: ['have', 'entry', 'entries'],
  map: ['have', 'entry', 'entries'],
  file: ['have', 'byte', 'bytes'],
};

interface Bound {
  readonly origin: string;
  readonly inclusive?: boolean | undefined;
  readonly exact?: boolean | undefined;
}

const measured = (
  { origin, inclusive, exact }: Bound,
  words: readonly [within: string, beyond: string],
  limit: number | bigint,
): string => {
  const [within, beyond] = words;
  const [verb, one, many] = MEASURES[origin] ?? ['be', '', ''];
  const unit = Number(limit) === 1 ? one : many;
  const bound = exact ? 'exactly' : inclusive === false ? beyond : within;
  return `must ${verb} ${bound} ${limit} ${unit}`.trimEnd();
};

const written = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

const SENTENCES: Sentences = {
  invalid_type: ({ expected, input }) => {
    if (NOTHING.includes(expected)) return 'must not be given';
    if (input === undefined) return MISSING;
    return `must be ${KINDS[expected] ?? 'of another kind'}`;
  },
  invalid_value: ({ values, input }) => {
    if (input === undefined) return MISSING;
    const all = values.map(written).join(', ');
    return values.length === 1 ? `must be ${all}` : `must be one of ${all}`;
  },
  too_small: (issue) => measured(issue, ['at least', 'more than'], issue.minimum),
  too_big: (issue) => measured(issue, ['at most', 'less than'], issue.maximum),
  not_multiple_of: ({ divisor }) => `must be a multiple of ${divisor}`,
  invalid_format: ({ format }) => `must be ${FORMATS[format] ?? 'written in another way'}`,
  unrecognized_keys: () => 'must not be given: there is no such field',
  invalid_union: ({ input, options }) => {
    if (input === undefined) return MISSING;
    return Array.isArray(options) ? `must be one of ${options.map(written).join(', ')}` : FORMLESS;
  },
  invalid_key: () => 'must not have such a name in it',
  invalid_element: () => 'must not have such an entry',
  custom: () => WRONG,
};

const MISSING = 'must be given';
const FORMLESS = 'must have one of the forms that it may have';
const WRONG = 'must be something else';

/** The sentence of an issue for which its shape has none. */
export const sentenceOf = (issue: z.core.$ZodRawIssue): string => {
  const sentence: ((issue: never) => string) | undefined = SENTENCES[issue.code];
  return sentence === undefined ? WRONG : sentence(issue as never);
};
