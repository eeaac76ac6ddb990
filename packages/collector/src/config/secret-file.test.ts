import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { inspectConfig, readConfig } from './config.ts';
import { withSecretFiles } from './secret-file.ts';
import { settings } from './variables.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
};

const SECRETS = settings.filter(({ isSecret }) => isSecret).map(({ name }) => name);
const OTHERS = { OWNER_PASSWORD: { OWNER_EMAIL: 'owner@site.example' } } as Record<string, Record<string, string>>;
const VALUES = { CLICKHOUSE_URL: 'http://user:a-long-secret@host:8123/db' } as Record<string, string>;

describe.each(SECRETS)('%s', (name) => {
  const value = VALUES[name] ?? 'a long enough secret';

  it('may stand in a file', () => {
    const read = readConfig({ ...OTHERS[name], [`${name}_FILE`]: file(name, `${value}\n`) });
    expect({ ...read }[name]).toBe(value);
  });

  it('is refused beside its file', () => {
    expect(() => readConfig({ [name]: value, [`${name}_FILE`]: file(name, value) })).toThrow(
      `${name}_FILE: must not be set beside ${name}: take one of them away`,
    );
  });

  it('has its file in the table of settings', () => {
    expect(settings).toContainEqual(expect.objectContaining({ name: `${name}_FILE`, allowed: 'a file' }));
  });
});

it('whatever is called a password, a token, a key or an address with one is a secret', () => {
  const named = settings
    .map(({ name }) => name)
    .filter((name) => /PASSWORD|TOKEN|SECRET|KEY|CLICKHOUSE_URL/.test(name));
  expect(named.filter((name) => !name.endsWith('_FILE'))).toEqual(SECRETS);
});

const tokenOf = (content: string | Uint8Array): string | undefined =>
  withSecretFiles({ OWNER_TOKEN_FILE: file('token', content) }, ['OWNER_TOKEN']).env.OWNER_TOKEN;

test.each([
  ['its line', 'secret', 'secret'],
  ['a newline at its end', 'secret\n', 'secret'],
  ['the newline of Windows', 'secret\r\n', 'secret'],
  ['several', 'secret\n\n', 'secret'],
  ['a byte order mark', '\ufeffsecret', 'secret'],
  ['spaces, which are its own', ' se cret ', ' se cret '],
  ['other letters', 'пароль-密码', 'пароль-密码'],
])('a file with %s', (_what, content, secret) => {
  expect(tokenOf(content)).toBe(secret);
});

const problemWith = (path: string): string[] =>
  inspectConfig({ OWNER_TOKEN_FILE: path }).problems.map(({ message }) => message);

test.each<[what: string, path: () => string, says: string]>([
  ['is not there', () => join(folder.path, 'none'), 'does not exist'],
  ['is in no folder', () => join(file('plain', ''), 'x'), 'cannot be read (ENOTDIR)'],
  ['is empty', () => file('empty', ''), 'is empty'],
  ['is a newline', () => file('newline', '\r\n'), 'is empty'],
  ['is a folder', () => folder.path, 'is a folder'],
  ['is a device', () => '/dev/null', 'is no plain file'],
  ['is a device without end', () => '/dev/zero', 'is no plain file'],
  ['is too large', () => file('large', 'the-secret'.repeat(410)), 'is larger than 4096 bytes'],
  ['is binary', () => file('binary', new Uint8Array([0x74, 0xff, 0xfe, 0x00])), 'is no text'],
  ['is UTF-16', () => file('wide', Buffer.from('the-secret', 'utf16le')), 'is no text'],
  ['has two lines', () => file('lines', 'the-secret\nof mine'), 'has more than one line'],
  [
    'leads in a circle',
    () => {
      symlinkSync('circle', join(folder.path, 'circle'));
      return join(folder.path, 'circle');
    },
    'cannot be read (ELOOP)',
  ],
])('a file that %s is one sentence, without what it says', (_what, path, says) => {
  const where = path();
  expect(problemWith(where)).toEqual([`OWNER_TOKEN_FILE: ${where} ${says}`]);
});

test('what is wrong with the secret is said of its file, once', () => {
  expect(problemWith(file('short', 'the-secret'))).toEqual([
    'OWNER_TOKEN_FILE: must be at least 16 characters, at most 200',
  ]);
  const env = { OWNER_EMAIL: 'owner@site.example', OWNER_PASSWORD_FILE: '/none', OWNER_TOKEN_FILE: '/none' };
  expect(inspectConfig(env).problems.map(({ message }) => message)).toEqual([
    'OWNER_PASSWORD_FILE: /none does not exist',
    'OWNER_TOKEN_FILE: /none does not exist',
  ]);
});

test('a secret in the place of its file is not shown', () => {
  expect(problemWith('the-secret-itself')).toEqual(['OWNER_TOKEN_FILE: what it names does not exist']);
  expect(problemWith('http://user:the-secret@host')).toEqual(['OWNER_TOKEN_FILE: what it names does not exist']);
});

test('an empty variable is none', () => {
  expect(readConfig({ OWNER_TOKEN_FILE: '' })).toEqual(readConfig({}));
  expect(readConfig({ OWNER_TOKEN: '', OWNER_TOKEN_FILE: file('good', 'a long enough secret') }).OWNER_TOKEN).toBe(
    'a long enough secret',
  );
});
