import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { read } from './parse.ts';

/** How Zod itself begins. */
const RAW = /^(?:Invalid|Too (?:big|small)|Unrecognized|Expected|Required)|\b(?:expected|received)\b/;

const said = (shape: z.ZodType, value: unknown): string => {
  try {
    read(shape, value);
  } catch (error) {
    return (error as Error).message;
  }
  return 'is taken';
};

/** Each kind of issue that Zod knows, and each variant of it. */
const CASES: readonly (readonly [z.ZodType, unknown, string])[] = [
  [z.string(), 1, 'must be text'],
  [z.string(), null, 'must be text'],
  [z.string(), undefined, 'must be given'],
  [z.number(), '1', 'must be a number'],
  [z.number(), Number.NaN, 'must be a number'],
  [z.number(), Number.POSITIVE_INFINITY, 'must be a number'],
  [z.int(), 1.5, 'must be a whole number'],
  [z.bigint(), 1, 'must be a whole number'],
  [z.boolean(), 0, 'must be true or false'],
  [z.array(z.string()), 'a', 'must be a list'],
  [z.tuple([z.string()]), 'a', 'must be a list'],
  [z.tuple([z.string()]), ['a', 'b'], 'must have at most 1 entry'],
  [z.tuple([z.string(), z.string()]), ['a'], 'must have at least 2 entries'],
  [z.object({}), [], 'must be an object'],
  [z.strictObject({}), null, 'must be an object'],
  [z.record(z.string(), z.string()), 1, 'must be an object'],
  [z.map(z.string(), z.string()), 1, 'must be an object'],
  [z.set(z.string()), 1, 'must be a list'],
  [z.null(), 1, 'must be null'],
  [z.undefined(), 1, 'must not be given'],
  [z.never(), 1, 'must not be given'],
  [z.void(), 1, 'must not be given'],
  [z.date(), 1, 'must be a date'],
  [z.date(), new Date(Number.NaN), 'must be a date'],
  [z.symbol(), 1, 'must be of another kind'],
  [z.instanceof(Map), 1, 'must be of another kind'],
  [z.nan(), 1, 'must be of another kind'],
  [z.nonoptional(z.string().optional()), undefined, 'must be given'],
  [z.literal('a'), 'b', 'must be "a"'],
  [z.literal([1, true, null]), 'b', 'must be one of 1, true, null'],
  [z.enum(['a', 'b']), 'c', 'must be one of "a", "b"'],
  [z.enum(['a', 'b']), undefined, 'must be given'],
  [z.string().min(1), '', 'must have at least 1 character'],
  [z.string().min(2), '', 'must have at least 2 characters'],
  [z.string().max(1), 'ab', 'must have at most 1 character'],
  [z.string().length(3), 'ab', 'must have exactly 3 characters'],
  [z.array(z.string()).min(2), [], 'must have at least 2 entries'],
  [z.array(z.string()).max(1), ['', ''], 'must have at most 1 entry'],
  [z.array(z.string()).length(1), [], 'must have exactly 1 entry'],
  [z.set(z.string()).min(1), new Set(), 'must have at least 1 entry'],
  [z.set(z.string()).max(1), new Set(['a', 'b']), 'must have at most 1 entry'],
  [z.map(z.string(), z.string()).min(1), new Map(), 'must have at least 1 entry'],
  [z.number().min(1), 0, 'must be at least 1'],
  [z.number().gt(1), 1, 'must be more than 1'],
  [z.number().max(1), 2, 'must be at most 1'],
  [z.number().lt(1), 1, 'must be less than 1'],
  [z.int().min(1), 0, 'must be at least 1'],
  [z.bigint().min(1n), 0n, 'must be at least 1'],
  [z.number().multipleOf(5), 3, 'must be a multiple of 5'],
  [z.email(), 'x', 'must be an e-mail address'],
  [z.url(), 'x', 'must be an address such as https://example.com/'],
  [z.iso.date(), '2026-02-30', 'must be a day such as 2026-01-31'],
  [z.iso.datetime(), 'x', 'must be a time such as 2026-01-31T12:00:00+01:00'],
  [z.iso.time(), 'x', 'must be a time of day such as 12:00:00'],
  [z.iso.duration(), 'x', 'must be a duration such as P1D'],
  [z.ipv4(), 'x', 'must be an IPv4 address'],
  [z.ipv6(), 'x', 'must be an IPv6 address'],
  [z.cidrv4(), 'x', 'must be a network of IPv4'],
  [z.cidrv6(), 'x', 'must be a network of IPv6'],
  ...[
    z.string().regex(/^a$/),
    z.string().startsWith('a'),
    z.string().endsWith('a'),
    z.string().includes('a'),
    z.string().lowercase(),
    z.uuid(),
    z.nanoid(),
    z.cuid(),
    z.cuid2(),
    z.ulid(),
    z.xid(),
    z.ksuid(),
    z.guid(),
    z.emoji(),
    z.base64(),
    z.base64url(),
    z.e164(),
    z.jwt(),
    z.templateLiteral(['a', z.number()]),
  ].map((shape) => [shape, 'X!', 'must be written in another way'] as const),
  [z.templateLiteral(['a', z.number()]), 1, 'must be text'],
  [z.strictObject({}), { a: 1 }, 'must not be given: there is no such field'],
  [z.union([z.string(), z.number()]), true, 'must have one of the forms that it may have'],
  [z.union([z.string(), z.number()]), undefined, 'must be given'],
  [z.xor([z.string(), z.string()]), 'a', 'must have one of the forms that it may have'],
  [
    z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
    { kind: 'c' },
    'must be one of "a", "b"',
  ],
  [z.record(z.string().max(1), z.string()), { ab: '' }, 'must not have such a name in it'],
  [z.map(z.object({}), z.string()), new Map([[{}, 1]]), 'must not have such an entry'],
  [z.string().refine(() => false), 'a', 'must be something else'],
  [z.string().refine(() => false, 'a sentence of its own'), 'a', 'a sentence of its own'],
  [z.string('a sentence of its own'), 1, 'a sentence of its own'],
];

test.each(CASES)('case %#', (shape, value, sentence) => {
  expect(said(shape, value)).toBe(sentence);
  expect(sentence).not.toMatch(RAW);
});

describe('within a field that is named', () => {
  const shape = z.strictObject({ list: z.array(z.strictObject({ name: z.string() })) });
  it.each([
    [{}, 'list', 'must be given'],
    [{ list: [{}] }, 'list[0].name', 'must be given'],
    [{ list: [{ name: 1 }] }, 'list[0].name', 'must be text'],
    [{ list: [{ name: '', more: 1 }] }, 'list[0].more', 'must not be given: there is no such field'],
    [[], 'body', 'must be an object'],
  ])('%j', (value, field, message) => {
    expect(() => read(shape, value)).toThrow(expect.objectContaining({ field, message }));
  });
});
