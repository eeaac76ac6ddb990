import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort } from '../../packages/collector/src/engine/free-port.ts';
import { connect } from '../../packages/collector/src/store/clickhouse.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { failToStartEngine, startEngineServer } from './engine-server.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const storeAt = (address: string) => {
  const { origin, username, password } = new URL(address);
  return connect({ url: origin, username, password });
};

describe('passerby engine', () => {
  test('is a server that holds what it is given until it is ended, and after that', async () => {
    const port = String(await freePort());
    const first = await startEngineServer(['--port', port, '--data', folder.path]);
    expect(first.url).toMatch(new RegExp(`^http://passerby:[\\w-]{32}@127\\.0\\.0\\.1:${port}$`));
    expect(statSync(join(folder.path, 'engine')).mode & 0o077).toBe(0);
    const store = storeAt(first.url);
    await store.command('CREATE TABLE kept (a UInt8) ENGINE = MergeTree ORDER BY a');
    await store.command('INSERT INTO kept SELECT 7');
    await store.close();
    expect(await first.end()).toBe(0);
    expect(existsSync(join(folder.path, 'engine.json'))).toBe(false);

    const second = await startEngineServer(['--port', port], {
      DATA_DIR: folder.path,
      CLICKHOUSE_PASSWORD: 'a-password-of-mine',
    });
    expect(second.url).toBe(`http://passerby:<CLICKHOUSE_PASSWORD>@127.0.0.1:${port}`);
    const again = storeAt(`http://passerby:a-password-of-mine@127.0.0.1:${port}`);
    expect(await again.query('SELECT a FROM kept')).toEqual([{ a: 7 }]);
    await again.close();
    expect(await second.end('SIGINT')).toBe(0);
  });

  test('refuses a data folder that is in use, in one sentence', async () => {
    const server = await startEngineServer(['--port', String(await freePort()), '--data', folder.path]);
    const { code, stderr } = await failToStartEngine(['--port', String(await freePort()), '--data', folder.path]);
    expect(stderr).toMatch(/^The data directory \S+ is in use by another collector \(process \d+\): [^\n]+\n$/);
    expect(code).toBe(3);
    await server.end();
  });

  test.each<[args: string[], sentence: RegExp, exit?: number]>([
    [['--port', '70000'], /^--port: must be a port from 1 to 65535, not "70000"\.\n$/],
    [['--port', 'http'], /^--port: must be a port from 1 to 65535, not "http"\.\n$/],
    [['--port'], /^Option '--port' needs a value: passerby engine \[--port 8123\][^\n]+\n$/],
    [['--prot', '1'], /^Unknown option '--prot', did you mean --port\?: passerby engine [^\n]+\n$/],
    [['8123'], /^Unexpected argument '8123': passerby engine [^\n]+\n$/],
    [['--port', '0'], /^--port: must be a port from 1/],
    [
      ['--host', '203.0.113.1', '--port', '8199'],
      /^Cannot listen on 203\.0\.113\.1:8199 \(EADDRNOTAVAIL\): see --host and --port\.\n$/,
      1,
    ],
    [['--host', ''], /^--host: must be an address/],
    [['--data', '/dev/null/x', '--port', '8198'], /^The data folder \/dev\/null\/x cannot be written to \(ENOTDIR\)/],
  ])('%j is refused in one sentence', async (args, sentence, exit = 2) => {
    const { code, stderr } = await failToStartEngine(args);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(exit);
  });

  test.each([
    { host: '0.0.0.0', password: 'x' },
    { host: '0.0.0.0', password: 'fifteen-letters' },
    { host: '::', password: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    { host: '192.0.2.1', password: 'abababababababab' },
  ])('a password for others that can be guessed is refused: $host, $password', async ({ host, password }) => {
    const { code, stderr } = await failToStartEngine(['--host', host, '--port', '8197', '--data', folder.path], {
      CLICKHOUSE_PASSWORD: password,
    });
    expect(stderr).toBe(
      `CLICKHOUSE_PASSWORD: must have at least 16 characters, 8 of them different, as others reach ${host}.\n`,
    );
    expect(code).toBe(2);
  });

  test('a taken port is named', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await failToStartEngine(['--port', String(port), '--data', folder.path]);
    expect(stderr).toBe(`Port ${port} is taken: stop what uses it, or choose another with --port.\n`);
    expect(code).toBe(1);
    await new Promise((resolve) => other.close(resolve));
  });
});
