import { expect, it } from 'vitest';
import { ApiError } from '../api/client.ts';
import { refusalText } from './refusal.ts';

it.each([
  ['a code', new ApiError(409, 'email', 'has an account already', 'email_taken'), 'Another account has this address.'],
  ['a code that says where to look', new ApiError(400, 'name', 'must be x', 'invalid'), 'must be x'],
  ['a passing one with a code', new ApiError(429, '', 'x', 'too_many_attempts'), 'Too many tries. Wait a minute.'],
  ['a code of a newer collector', new ApiError(409, '', 'is on the moon', 'on_the_moon'), 'is on the moon'],
  ['a code that every object has', new ApiError(409, '', 'is odd', 'constructor'), 'is odd'],
  ['no code', new ApiError(404, '', 'there is no such view'), 'there is no such view'],
  ['what a proxy says', new ApiError(502, '', 'Bad Gateway'), 'That did not work. Please try again.'],
])('%s', (_, error, said) => {
  expect(refusalText(error)).toBe(said);
});
