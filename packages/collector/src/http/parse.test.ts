import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { coded, read } from './parse.ts';

const shape = z.strictObject({
  text: z.string().min(2).max(4).optional(),
  number: z.int().min(2).max(4).optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  email: z.email().max(20).optional(),
  zone: z
    .string()
    .refine((zone) => zone === 'UTC', { error: 'a zone', params: coded('not_a_time_zone') })
    .optional(),
  day: z.iso.date().optional(),
  choice: z.enum(['a', 'b']).optional(),
  own: z
    .string()
    .refine(() => false, 'a rule without a code')
    .optional(),
  inner: z.strictObject({ name: z.string() }).optional(),
});

describe('a field that is wrong has a code by its kind', () => {
  it.each([
    [{ text: 'a' }, 'text', 'too_short'],
    [{ text: 'abcde' }, 'text', 'too_long'],
    [{ text: 1 }, 'text', 'invalid'],
    [{ text: null }, 'text', 'invalid'],
    [{ number: 1 }, 'number', 'too_small'],
    [{ number: 5 }, 'number', 'too_large'],
    [{ number: 2.5 }, 'number', 'not_whole'],
    [{ number: '3' }, 'number', 'invalid'],
    [{ day: '2026-02-30' }, 'day', 'not_a_date'],
    [{ choice: 'c' }, 'choice', 'not_a_choice'],
    [{ list: [] }, 'list', 'too_few'],
    [{ list: ['a', 'b', 'c'] }, 'list', 'too_many'],
    [{ list: [1] }, 'list[0]', 'invalid'],
    [{ email: 'nobody' }, 'email', 'not_an_email'],
    [{ email: `${'a'.repeat(20)}@b.example` }, 'email', 'too_long'],
    [{ zone: 'CET' }, 'zone', 'not_a_time_zone'],
    [{ own: 'x' }, 'own', 'invalid'],
    [{ inner: {} }, 'inner.name', 'missing'],
    [{ inner: null }, 'inner', 'invalid'],
    [{ more: 1 }, 'more', 'unknown_field'],
    [undefined, 'body', 'missing'],
    [null, 'body', 'invalid'],
  ])('%j', (given, field, code) => {
    expect(() => read(shape, given)).toThrow(expect.objectContaining({ field, code }));
  });
});

describe('what is too much or too little is told with its limit', () => {
  it.each([
    [{ text: 'a' }, 2],
    [{ text: 'abcde' }, 4],
    [{ number: 1 }, 2],
    [{ number: 5 }, 4],
    [{ list: [] }, 1],
    [{ list: ['a', 'b', 'c'] }, 2],
    [{ zone: 'CET' }, undefined],
  ])('%j', (given, limit) => {
    expect(() => read(shape, given)).toThrow(expect.objectContaining({ limit }));
  });
});
