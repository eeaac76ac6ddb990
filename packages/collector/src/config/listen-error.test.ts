import { expect, test } from 'vitest';
import { listenError, socketError } from './listen-error.ts';

test.each([
  ['EADDRINUSE', 'Port 4321 is taken: stop what uses it, or choose another with PORT.'],
  ['EACCES', 'Port 4321 may not be used by this user: choose one above 1023 with PORT.'],
  ['EADDRNOTAVAIL', 'Cannot listen on 192.0.2.1:4321 (EADDRNOTAVAIL): see HOST and PORT.'],
])('%s is told as one sentence', (code, message) => {
  const error = Object.assign(new Error('x'), { code });
  const place = { port: 4321, host: '192.0.2.1', names: { port: 'PORT', host: 'HOST' } };
  expect(listenError(error, place)).toMatchObject({ name: 'StartError', message });
});

test.each([
  ['EACCES', '/p.sock', 'forbidden', 'Cannot listen on /p.sock: this user may make no file there. Let it, or choose'],
  ['EACCES', '/no/p.sock', 'failed', 'Cannot listen on /no/p.sock: its folder is not there. Make it, or choose'],
  ['EROFS', '/p.sock', 'failed', 'Cannot listen on /p.sock (EROFS): mend that, or choose'],
])('%s of the socket %s is told as one sentence', (code, path, kind, words) => {
  const error = socketError(Object.assign(new Error('x'), { code }), path);
  expect(error.message).toBe(`${words} another LISTEN_SOCKET.`);
  expect(error.failure).toEqual({ kind, code, field: 'LISTEN_SOCKET' });
});
