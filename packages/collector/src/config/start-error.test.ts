import { expect, test } from 'vitest';
import { systemFailure } from './start-error.ts';

const failure = (code: string, syscall: string, path?: string): Error =>
  Object.assign(new Error('x'), { code, syscall, path });

test.each([
  ['files', failure('EMFILE', 'open', '/data/spool'), /^open \/data\/spool failed \(EMFILE\): .*ulimit -n.*\.$/],
  ['a full disk', failure('ENOSPC', 'write'), /^write failed \(ENOSPC\): the disk is full: make room\.$/],
  ['a loopback that is down', failure('EADDRNOTAVAIL', 'listen'), /^listen failed \(EADDRNOTAVAIL\): .*127\.0\.0\.1/],
  [
    'a name server that is away',
    failure('EAI_AGAIN', 'getaddrinfo'),
    /^getaddrinfo failed \(EAI_AGAIN\): the name server/,
  ],
  ['a link that leads nowhere', failure('ENOENT', 'open', '/a'), /^open \/a failed \(ENOENT\): it is not there/],
  ['links in a circle', failure('ELOOP', 'stat', '/a'), /^stat \/a failed \(ELOOP\): links lead in a circle/],
  [
    'a code without advice',
    failure('EXDEV', 'rename', '/a'),
    /^rename \/a failed \(EXDEV\): the system does not allow it\.$/,
  ],
])('a start that fails for %s says so in one sentence', (_what, error, sentence) => {
  expect(systemFailure(error)?.message).toMatch(sentence);
});

test.each([
  ['the program', new TypeError('x')],
  ['a package', Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' })],
  ['no error', 'EMFILE'],
])('a failure of %s is not the system’s', (_whose, error) => {
  expect(systemFailure(error)).toBeNull();
});
