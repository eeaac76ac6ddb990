import { expect, it } from 'vitest';
import { ApiError } from '../api/client.ts';
import { refusalText } from './refusal.ts';

it.each([
  ['a code', new ApiError(409, 'email', 'has an account already', 'email_taken'), 'Another account has this address.'],
  ['a code that says where to look', new ApiError(400, 'name', 'must be x', 'invalid'), 'must be x'],
  [
    'a passing one with a code',
    new ApiError(429, '', 'x', 'too_many_attempts'),
    'Too many tries. Wait up to ten minutes.',
  ],
  ['more than there may be', new ApiError(400, 'n', 'x', 'too_large', 3650), 'At most 3,650.'],
  ['less than one of them', new ApiError(400, 'n', 'x', 'too_few', 1), 'At least 1 of these.'],
  ['an empty text', new ApiError(400, 'name', 'x', 'too_short', 1), 'Please fill this in.'],
  ['a limit that is not told', new ApiError(400, 'n', 'must be less', 'too_large'), 'must be less'],
  ['a code of a newer collector', new ApiError(409, '', 'is on the moon', 'on_the_moon'), 'is on the moon'],
  ['a code that every object has', new ApiError(409, '', 'is odd', 'constructor'), 'is odd'],
  ['no code', new ApiError(404, '', 'there is no such view'), 'there is no such view'],
  ['what a proxy says', new ApiError(502, '', 'Bad Gateway'), 'That did not work. Please try again.'],
])('%s', (_, error, said) => {
  expect(refusalText(error)).toBe(said);
});
