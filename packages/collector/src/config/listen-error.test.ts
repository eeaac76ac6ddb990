import { expect, test } from 'vitest';
import { listenError } from './listen-error.ts';

test.each([
  ['EADDRINUSE', 'Port 4321 is taken: stop what uses it, or choose another with PORT.'],
  ['EACCES', 'Port 4321 may not be used by this user: choose one above 1023 with PORT.'],
  ['EADDRNOTAVAIL', 'Cannot listen on 192.0.2.1:4321 (EADDRNOTAVAIL): see HOST and PORT.'],
])('%s is told as one sentence', (code, message) => {
  const error = Object.assign(new Error('x'), { code });
  const place = { port: 4321, host: '192.0.2.1', names: { port: 'PORT', host: 'HOST' } };
  expect(listenError(error, place)).toMatchObject({ name: 'StartError', message });
});
