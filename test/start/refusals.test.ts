import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { failToStart, startCollectorProcess } from '../support/collector-process.ts';
import { reopened } from '../support/reopen.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { shell } from '../support/unheard.ts';

/** One sentence and nothing else: no stack, no second thought. */
const isOneSentence = (stderr: string): boolean => /^[^\n]{10,300}\n$/.test(stderr) && !stderr.includes('Error:');

describe('the collector says in one sentence why it does not start', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const refused = async (env: Record<string, string>, sentence: RegExp, exit = 1): Promise<void> => {
    const { code, stderr } = await failToStart({ DATA_DIR: folder.path, ...env });
    expect(stderr).toMatch(sentence);
    expect([isOneSentence(stderr), code]).toEqual([true, exit]);
  };

  test('a taken port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await refused({ PORT: String(port) }, new RegExp(`^Port ${port} is taken: .*PORT`));
    await new Promise((resolve) => other.close(resolve));
  });

  test('an address that is not this machine', () => refused({ HOST: '203.0.113.1' }, /203\.0\.113\.1.*HOST/));

  test.each([
    ['/dev/null/x', 'ENOTDIR'],
    ['/proc/x', 'ENOENT'],
    [process.execPath, 'ENOTDIR'],
  ])('a data folder %s', (path, code) =>
    refused({ DATA_DIR: path }, new RegExp(`${path} cannot be written to \\(${code}\\).*DATA_DIR`), 2),
  );

  test.each([
    ['PORT', '70000', 'a port from 0 to 65535'],
    ['PORT', 'http', 'a port from 0 to 65535'],
    ['PORT', '80.5', 'a port from 0 to 65535'],
    ['CLICKHOUSE_URL', 'ftp://x', 'an address such as http'],
    ['CLICKHOUSE_URL', 'localhost', 'an address such as http'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.1, proxy.example', 'proxy.example'],
    ['CLIENT_ADDRESS_HEADER', 'X Real IP', 'the name of a header'],
    ['OWNER_EMAIL', 'owner', 'an e-mail address'],
    ['OWNER_EMAIL', 'owner@site.example', 'OWNER_EMAIL and OWNER_PASSWORD go together'],
    ['OWNER_PASSWORD', 'short', 'at least 10 characters'],
    ['OWNER_TOKEN', 'short', 'at least 16 characters'],
    ['INTAKE_PATH', 'in', 'a path such as /in'],
    ['INTAKE_PATH', '/p.js', 'another path than INTAKE_PATH'],
    ['SCRIPT_PATH', '/p js', 'a path such as'],
    ['CLIENT_LIMIT', '-1', 'a number of items'],
    ['CLIENT_LIMIT', 'many', 'a number of items'],
    ['DEMO', 'yes', '0 or 1'],
  ])('%s=%s', async (name, value, allowed) => {
    const { code, stderr } = await failToStart({ DATA_DIR: folder.path, [name]: value });
    expect(stderr).toContain(allowed);
    expect(stderr).toMatch(/^[A-Z_]+: /);
    expect([isOneSentence(stderr), code]).toEqual([true, 2]);
    expect(stderr).not.toContain('short');
  });

  test('a country database that is not there, or is none', async () => {
    const file = join(folder.path, 'countries.mmdb');
    await refused({ GEO_DB: file }, /countries\.mmdb cannot be read \(ENOENT\)/, 2);
    writeFileSync(file, 'no database');
    await refused({ GEO_DB: file }, /countries\.mmdb is no MaxMind DB file/, 2);
  });

  test('a ClickHouse that does not answer, without showing its password', async () => {
    const { code, stderr } = await failToStart({
      DATA_DIR: folder.path,
      CLICKHOUSE_URL: 'http://user:the-secret@127.0.0.1:1/db',
    });
    expect(stderr).toMatch(/127\.0\.0\.1:1.*CLICKHOUSE_URL/);
    expect(stderr).not.toContain('the-secret');
    expect([isOneSentence(stderr), code]).toEqual([true, 1]);
  });

  test('a data folder that another collector is using, which goes on undisturbed', async () => {
    const first = await startCollectorProcess(folder.path);
    await refused({}, /in use by another collector \(process \d+\).*DATA_DIR/, 3);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    expect(await first.end()).toBe(0);
  });

  test.each(['spool', 'rejected'])('a file in the place of the folder %s', async (name) => {
    const { path, remove } = temporaryFolder();
    writeFileSync(join(path, name), '');
    await refused({ DATA_DIR: path }, new RegExp(`${name} failed \\(EEXIST\\): something else .*: move it away`));
    remove();
  });

  test('a folder in the place of its socket', async () => {
    const { path, remove } = temporaryFolder();
    mkdirSync(join(path, 'collector.sock'));
    await refused({ DATA_DIR: path }, /collector\.sock is a folder.*: move it away/);
    expect(readdirSync(path)).toEqual(['collector.sock']);
    remove();
  });

  test.each(['operator.json', 'engine.json', 'sites.json'])(
    'no folder in the place of %s, but starts',
    async (name) => {
      const { path, remove } = temporaryFolder();
      mkdirSync(join(path, name));
      const collector = await startCollectorProcess(path);
      expect(await collector.end()).toBe(0);
      expect(collector.output().stderr).not.toContain('the end was not clean');
      remove();
    },
  );

  test('a file in the place of the engine’s folder: first in the log, and once it has given up', async () => {
    const { path, remove } = temporaryFolder();
    writeFileSync(join(path, 'engine'), '');
    const { code, stderr } = await failToStart({ DATA_DIR: path });
    const [first, last, ...more] = stderr.trimEnd().split('\n');
    const why = `mkdir ${path}/engine failed (EEXIST): something else is in its place: move it away.`;
    expect(first).toMatch(/ error the engine does not start, trying again reason="failed" why="/);
    expect(first).toContain(why);
    expect([last, more, code]).toEqual([`The embedded engine does not start: ${why}`, [], 1]);
    remove();
  });

  test('data of a newer version', async () => {
    await reopened(folder.path, (store) => store.command('INSERT INTO migrations (version) SELECT 99'));
    await refused({}, /version 99 .*newer Passerby/);
  });
});

describe.runIf(process.getuid?.() === 0)('another user of the machine, who needs this one to be root,', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const asNobody = (...args: readonly string[]): Promise<string> =>
    shell(folder.path, 'setpriv --reuid=65534 --regid=65534 --clear-groups "$@" 2>&1; echo $?', args);

  test.each([
    ['a command', ['site', 'list'], /^\S+\/operator\.json may not be read by this user \(EACCES\): .* sudo\.\n5\n$/],
    ['a replay', ['replay'], /^\S+\/spool may not be read by this user \(EACCES\): .* sudo\.\n5\n$/],
  ])('is told that %s may not look, not that nothing is there', async (_what, args, said) => {
    expect(await asNobody(...args)).toMatch(said);
  });

  test('is told that a secret is not for them, with a code of its own', async () => {
    const secret = join(folder.path, 'token');
    writeFileSync(secret, 'the-secret-of-somebody', { mode: 0o600 });
    const said = await shell(folder.path, 'setpriv --reuid=65534 --regid=65534 --clear-groups "$@" 2>&1; echo $?', [], {
      OWNER_TOKEN_FILE: secret,
    });
    expect(said).toBe(`OWNER_TOKEN_FILE: ${secret} may not be read by this user (EACCES)\n5\n`);
  });

  test.each(['engine', 'engine/metadata'])('is told that the folder %s is not theirs', async (name) => {
    const own = temporaryFolder();
    mkdirSync(join(own.path, name), { recursive: true });
    for (const folder of [own.path, join(own.path, 'engine')]) chownSync(folder, 65_534, 65_534);
    chownSync(join(own.path, name), 0, 0);
    chmodSync(join(own.path, name), 0o700);
    const said = await shell(
      own.path,
      'PORT=0 setpriv --reuid=65534 --regid=65534 --clear-groups "$@" 2>&1; echo $?',
      [],
    );
    expect(said).toMatch(
      /\nThe embedded engine does not start: scandir \S+ failed \(EACCES\): this user may not: .*\n1\n$/,
    );
    own.remove();
  });
});
