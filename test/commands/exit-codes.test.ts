import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { writeControlFile } from '../../packages/collector/src/cli/control/control-file.ts';
import { COMMANDS } from '../../packages/collector/src/cli/list.ts';
import { exitCodeOf } from '../../packages/collector/src/cli/program.ts';
import { NAMED } from '../../packages/collector/src/cli/site/site-options.ts';
import { identify } from '../../packages/collector/src/engine/process-identity.ts';
import { PROGRAM } from '../../packages/collector/src/engine/testing.ts';
import { siteChange } from '../../packages/collector/src/sites/site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { FOLDERS, startTestCollector, type TestCollector } from '../support/test-collector.ts';

const PARTS = { engine: PROGRAM, folders: FOLDERS };
const folder = temporaryFolder();
let collector: TestCollector;
let server: Server;

beforeAll(async () => {
  collector = await startTestCollector({ now: () => Date.parse('2026-06-09T12:00:00Z') });
  server = createServer(collector.collector.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeControlFile(folder.path, { url, token: collector.collector.accounts.operatorToken });
  await collector.collector.accounts.ensureOwner('owner@site.example', 'a long enough password');
});
afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await collector?.stop();
  folder.remove();
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as the program does. */
const passerby = async (line: string | readonly string[], env: Record<string, string> = {}): Promise<Ended> => {
  const output = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      output[name] += String(text);
      return true;
    }),
  );
  const args = typeof line === 'string' ? line.split(' ') : line;
  try {
    return { code: await exitCodeOf(args, { DATA_DIR: folder.path, ...env }, PARTS), ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

/** In their order: each sees what those before it have left. */
const TABLE: readonly [line: string | string[], code: number, stdout: RegExp, stderr: RegExp][] = [
  ['version', 0, /^Passerby \d+\.\d+\.\d+\nNode +20\./, /^$/],
  ['--version --json', 0, /"schema": \d+\n\}\n$/, /^$/],
  [
    'status',
    0,
    /^Passerby 0\.0\.0-test runs on \/.+\.\n\n {2}Address +http:\/\/127\.0\.0\.1:\d+\n {2}Since +2026-06-09T/,
    /^$/,
  ],
  ['status --json', 0, /"store": "ready"(.|\n)*"sites": 0,(.|\n)*"behind": 0/, /^$/],
  ['site add example.com', 0, /^example\.com was added; its days are those of UTC\.\n$/, /^$/],
  ['site add example.com', 1, /^$/, /^DOMAIN: /],
  ['site add bücher.example --json', 0, /"domain": "xn--bcher-kva\.example"/, /^$/],
  [['site', 'add', 'x y'], 2, /^$/, /^DOMAIN: a domain such as/],
  [
    ['site', 'add', 'x y', '--json'],
    2,
    /^$/,
    /^\{"error":\{"code":"not_a_domain","field":"DOMAIN","message":"[^\n]+"\}\}\n$/,
  ],
  ['site add --json', 2, /^$/, /^\{"error":\{"code":"missing","field":"DOMAIN",/],
  ['site list', 0, /^DOMAIN .*\n(.*\n)*bücher\.example/, /^$/],
  ['site show Bücher.example', 0, /^SETTING +bücher\.example\nname +bücher\.example\n/, /^$/],
  ['site show https://example.com/x --json', 0, /"domain": "example\.com"/, /^$/],
  ['site show example.con', 1, /^$/, /^DOMAIN: there is no site "example\.con", did you mean example\.com\?\n$/],
  ['site set example.com --hits-days 30 --dnt off --collect-places=city', 0, /hits-days +30\n(.*\n)*dnt +off\n/, /^$/],
  ['site set example.com --excluded-pages /a,b --excluded-pages /c', 0, /excluded-pages +\/a,b \/c\n/, /^$/],
  [['site', 'set', 'example.com', '--excluded-pages', ''], 0, /excluded-pages +–\n/, /^$/],
  ['site set example.com', 2, /^$/, /^site set: names nothing to change; /],
  ['site set example.com --hits-days x', 2, /^$/, /^--hits-days: must be a whole number, not "x"\.\n$/],
  ['site set example.com --hits-days -5', 2, /^$/, /^--hits-days: must be at least 0\.\n$/],
  ['site set example.com --hits-days 5000 --json', 2, /^$/, /"code":"too_large","field":"--hits-days"/],
  ['site set example.com --dnt yes', 2, /^$/, /^--dnt: must be on or off, not "yes"\.\n$/],
  ['site set example.com --collect-places planet', 2, /^$/, /^--collect-places: must be one of/],
  ['site set example.com --timezone Mars/Olympus', 2, /^$/, /^--timezone: /],
  ['site set example.com --domain bücher.example', 1, /^$/, /^--domain: /],
  [
    'site set example.com --hit-days 3',
    2,
    /^$/,
    /^Unknown option '--hit-days', did you mean --hits-days\?: passerby site set/,
  ],
  ['site purge example.com', 2, /^$/, /^site purge: names no part; /],
  ['site purge example.com --from 2026-06-01', 1, /^WHAT +WOULD GO\n/, /^Nothing was changed: /],
  [
    'site purge example.com --from 2026-06-01 --json',
    1,
    /"done": false\n\}\n$/,
    /^\{"error":\{"code":"not_confirmed",/,
  ],
  ['site purge example.com --from yesterday', 2, /^$/, /^--from: must be a day such as/],
  ['site purge example.com --from 2026-06-09 --to 2026-06-01', 2, /^$/, /^--to: must not be before from\.\n$/],
  ['site purge example.com --all --page /a', 2, /^$/, /^--all: must not be given beside --page\.\n$/],
  ['site purge example.com --dimension visit:browser --yes', 2, /^$/, /^--value: must be named with a dimension/],
  ['site purge example.com --page /a --yes', 0, /^WHAT +DELETED\n/, /^$/],
  ['site purge example.com --all --yes --json', 0, /"done": true/, /^$/],
  [
    'site delete bücher.example',
    1,
    /^WHAT +WOULD GO\n/,
    /^Nothing was changed: passerby site delete bücher\.example --yes/,
  ],
  ['site delete bücher.example --yes', 0, /bücher\.example was deleted\.\n$/, /^$/],
  ['site delete bücher.example --yes', 1, /^$/, /^DOMAIN: there is no site "bücher\.example"\.\n$/],
  ['user list', 0, /^EMAIL +MAY +SECOND FACTOR\nowner@site\.example +owner of every site +off\n$/, /^$/],
  ['user add bob@site.example --json', 0, /"link": "http:.+\/invite#token=/, /^$/],
  ['user add bob', 2, /^$/, /^EMAIL: must be an e-mail address\.\n$/],
  ['user remove owner@site.exampel', 1, /^$/, /did you mean owner@site\.example\?\n$/],
  ['user remove owner@site.example', 1, /^$/, /^Somebody else must own everything first\.\n$/],
  ['user reset owner@site.example --json', 0, /"expires": "/, /^$/],
  [['token', 'create', 'Weekly report', '--json'], 0, /"token": "psb_/, /^$/],
  [['token', 'create', 'Weekly report'], 0, /^psb_\S+\n$/, /^$/],
  ['token list', 0, /^ID +NAME +SCOPE +SITES +OF +CREATED +LAST USED\n.+Weekly report {2}read {3}all/, /^$/],
  [['token', 'revoke', 'Weekly report'], 2, /^$/, /^NAME\|ID: 2 tokens are called "Weekly report": name one by its id/],
  [['token', 'revoke', 'Weekly reprot'], 1, /^$/, /^NAME\|ID: there is no token "Weekly reprot", did you mean/],
  ['query example.com --json --csv', 2, /^$/, /^\{"error":\{"code":"invalid","field":"--json"/],
  ['query example.com --limit -1', 2, /^$/, /^--limit: must be a number of rows, not "-1"\.\n$/],
  ['query nowhere.example --json', 1, /^$/, /^\{"error":\{"code":"not_found",/],
  ['site', 2, /^$/, /^What about site\?\n\npasserby site add /],
  ['site --help', 0, /^passerby site add DOMAIN /, /^$/],
  ['help site', 0, /^passerby site add DOMAIN /, /^$/],
  ['site help', 0, /^passerby site add DOMAIN /, /^$/],
  ['help sitte', 2, /^$/, /^There is no command "sitte": did you mean "site"\?\n$/],
  ['constructor', 2, /^$/, /^There is no command "constructor": it is one of serve, status, config, site, /],
  [[''], 2, /^$/, /^There is no command ""/],
  ['backup verify', 2, /^$/, /^FILE is missing/],
  [['backup', 'verify', join(folder.path, 'absent')], 1, /^$/, /^FILE: \S+ cannot be read \(ENOENT\)\.\n$/],
  [['backup', 'verify', join(folder.path, 'operator.json')], 4, /^$/, /^FILE: \S+ is not a backup/],
  [
    ['backup', 'verify', join(folder.path, 'operator.json'), '--json'],
    4,
    /^$/,
    /^\{"error":\{"code":"no_backup","field":"FILE","message":"[^\n]+"\}\}\n$/,
  ],
  [['backup', join(folder.path, 'a.backup'), '--json'], 0, /^\{\n {2}"file": "\S+",\n {2}"bytes": \d+,/, /^$/],
  [['backup', join(folder.path, 'a.backup')], 2, /^$/, /^FILE: \S+ is there already: name a new one\.\n$/],
  [['backup', join(folder.path, 'no/folder/b.backup')], 1, /^$/, /^FILE: cannot be written \(ENOENT\)\.\n$/],
  [['backup', 'verify', join(folder.path, 'a.backup')], 0, /, whole, and as it was written\.\n/, /^$/],
];

test.each(TABLE)('passerby %s ends with %d', async (line, code, stdout, stderr) => {
  const ended = await passerby(line);
  expect(ended.stdout).toMatch(stdout);
  expect(ended.stderr).toMatch(stderr);
  expect(ended.code).toBe(code);
});

it('a token is revoked by its id, and refused from then on', async () => {
  const [{ id, name }, ...others] = JSON.parse((await passerby('token list --json')).stdout).tokens;
  expect(await passerby(['token', 'revoke', id])).toEqual({
    code: 0,
    stdout: `The token ${JSON.stringify(name)} is revoked.\n`,
    stderr: '',
  });
  expect(JSON.parse((await passerby('token list --json')).stdout).tokens).toEqual(others);
});

describe('every command', () => {
  test.each(COMMANDS)('$name has help with each of its arguments and options, and an example', async (command) => {
    const { code, stdout } = await passerby(['help', ...command.name.split(' ')]);
    expect(code).toBe(0);
    for (const name of [...Object.keys(command.takes), ...Object.keys(command.options).map((one) => `--${one}`)])
      expect(stdout).toContain(`\n  ${name}`);
    expect(stdout).toMatch(new RegExp(`\nExample: .*passerby ${command.name}`));
  });
});

describe('config check', () => {
  const secret = 'the-secret-of-somebody';

  it('says what holds, and hides secrets', async () => {
    const { code, stdout, stderr } = await passerby('config check', {
      PORT: '8080',
      OWNER_TOKEN: secret,
      CLICKHOUSE_URL: `http://user:${secret}@clickhouse:8123`,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^SETTING +VALUE +FROM\nPORT +8080 +environment\nHOST +0\.0\.0\.0 +default\n/);
    expect(stdout).toMatch(/\nOWNER_TOKEN +\(secret\) +environment\n/);
    expect(stdout).toMatch(/\nCLICKHOUSE_URL +\(secret\) +environment\n/);
    expect(stdout).not.toContain(secret);
  });

  it.each([
    ['PUBLIC_URL', 'https://', '@stats.example'],
    ['PUBLIC_URL', 'https://user:', '/a@b@stats.example/stats'],
    ['HOST', 'http://user:', '@0.0.0.0'],
    ['BACKUP_DIR', 's3://key:', '@bucket'],
  ])('hides what a wrong address in %s has of a secret: %s…%s', async (name, before, after) => {
    const { stdout, stderr } = await passerby('config check --json', { [name]: before + secret + after });
    expect(stdout).toContain(`"name": "${name}"`);
    expect(stdout + stderr).not.toContain(secret);
  });

  it('says what is ignored, which is no failure', async () => {
    const { code, stdout } = await passerby('config check', {
      BASE_URL: 'https://a.example',
      CLIENT_ADDRESS_HEADER: 'X',
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\nIgnored: BASE_URL: it is called PUBLIC_URL here\.\nIgnored: CLIENT_ADDRESS_HEADER: headers .*\.\n$/,
    );
  });

  it('says all that is wrong, as people and as scripts read it', async () => {
    const wrong = { PORT: 'http', OWNER_TOKEN: 'short', OWNER_PASSWORD_FILE: '/none', OWNER_EMAIL: 'a@b.example' };
    const sentences = [
      'OWNER_PASSWORD_FILE: /none does not exist',
      'PORT: must be a port from 0 to 65535',
      'OWNER_TOKEN: must be at least 16 characters, at most 200',
    ];
    const told = await passerby('config check', wrong);
    expect([told.code, told.stderr]).toEqual([2, `${sentences.join('\n')}\n`]);
    const { code, stdout, stderr } = await passerby('config check --json', wrong);
    expect([code, JSON.parse(stderr).error.field]).toEqual([2, 'OWNER_PASSWORD_FILE']);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      problems: sentences.map((message) => ({ field: message.split(':')[0], message })),
    });
  });

  test.each([
    [
      'a folder that cannot be made',
      { DATA_DIR: '/dev/null/x' },
      /^DATA_DIR: \/dev\/null\/x cannot be written to \(ENOTDIR\)/,
    ],
    ['backups in a file', { BACKUP_DIR: '/dev/null' }, /^BACKUP_DIR: \/dev\/null cannot be written to \(ENOTDIR\)/],
    [
      'backups among the collector’s own files',
      { DATA_DIR: '/tmp/none', BACKUP_DIR: '/tmp/none/spool/backups' },
      /^BACKUP_DIR: must not be in DATA_DIR\/spool/,
    ],
    ['a database of places that is none', { GEO_DB: '/dev/null' }, /^The country database \/dev\/null is no MaxMind/],
    [
      'two that do not go together',
      { OWNER_EMAIL: 'a@b.example' },
      /^OWNER_PASSWORD: OWNER_EMAIL and OWNER_PASSWORD go/,
    ],
  ])('finds %s', async (_what, env, says) => {
    const { code, stderr } = await passerby('config check', env);
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
  });

  it('makes nothing', async () => {
    const DATA_DIR = join(folder.path, 'not', 'yet', 'there');
    expect(await passerby('config check --json', { DATA_DIR })).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(folder.path, 'not'))).toBe(false);
  });
});

it('every setting of a site has an option', () => {
  const fields = Object.keys(siteChange.shape).filter((field) => field !== 'collect');
  const collected = Object.keys(siteChange.shape.collect.unwrap().shape).map((field) => `collect.${field}`);
  expect(Object.keys(NAMED).toSorted()).toEqual([...fields, ...collected].toSorted());
});

describe('a path that is no folder of a collector', () => {
  const other = temporaryFolder();
  afterAll(other.remove);
  const make = (name: string, inside?: string): string => {
    mkdirSync(join(other.path, name));
    if (inside !== undefined) writeFileSync(join(other.path, name, inside), '');
    return join(other.path, name);
  };
  const PLACES: readonly [what: string, path: () => string, why: string][] = [
    ['is not there', () => join(other.path, 'none'), 'there is no such folder'],
    ['is a file', () => join(make('with', 'file'), 'file'), 'it is no folder'],
    ['is empty', () => make('empty'), 'it is empty'],
    ['is of something else', () => make('other', 'index.html'), 'it is the folder of something else'],
  ];
  test.each(PLACES)('and %s is told by commands that ask, and by those that do not', async (_what, path, why) => {
    const DATA_DIR = path();
    const absent = `No collector is running on ${DATA_DIR} (${why}): start it, or name its folder with DATA_DIR.\n`;
    for (const line of [
      'status',
      'site list',
      'token list',
      'user remove a@b.example',
      'query a.example',
      'site show a.example',
    ])
      expect([line, await passerby(line, { DATA_DIR })]).toEqual([line, { code: 3, stdout: '', stderr: absent }]);
    const wrong = `DATA_DIR: ${DATA_DIR} is not the folder of a collector: ${why}.\n`;
    for (const line of ['replay', 'replay --discard-damaged', 'undo-upgrade'])
      expect([line, await passerby(line, { DATA_DIR })]).toEqual([line, { code: 2, stdout: '', stderr: wrong }]);
  });

  it('where another collector has the address of a killed one has none that runs', async () => {
    const DATA_DIR = make('stale');
    const { port } = server.address() as AddressInfo;
    writeControlFile(DATA_DIR, { url: `http://127.0.0.1:${port}`, token: 'of-a-collector-before' });
    expect(await passerby('status', { DATA_DIR })).toEqual({
      code: 3,
      stdout: '',
      stderr: `No collector is running on ${DATA_DIR} (one that was killed left its note there): start it, or name its folder with DATA_DIR.\n`,
    });
  });

  it('where a collector begins says so', async () => {
    const DATA_DIR = make('beginning');
    const collector = identify(process.pid);
    writeFileSync(join(DATA_DIR, 'engine.json'), JSON.stringify({ collector, engine: null, scratchDir: '' }));
    expect((await passerby('status', { DATA_DIR })).stderr).toBe(
      `No collector is running on ${DATA_DIR} (process ${process.pid} has it, and answers nobody yet, or no more): start it, or name its folder with DATA_DIR.\n`,
    );
  });

  it('and has had a collector is told apart', async () => {
    const DATA_DIR = make('stopped', 'sites.json');
    expect((await passerby('site list', { DATA_DIR })).stderr).toBe(
      `No collector is running on ${DATA_DIR}: start it, or name its folder with DATA_DIR.\n`,
    );
  });
});

describe('a ClickHouse server that does nothing now', () => {
  let clickHouse: Server;
  let says = [0, ''] as [code: number, name: string];
  beforeAll(async () => {
    clickHouse = createServer((_request, response) => {
      const [code, name] = says;
      response.writeHead(500).end(`Code: ${code}. DB::Exception: a secret. (${name}) (version 26.7.2.1)`);
    }).listen(0, '127.0.0.1');
    await once(clickHouse, 'listening');
  });
  afterAll(() => void clickHouse?.close());

  const ask = (line: string): Promise<Ended> =>
    passerby(line, { CLICKHOUSE_URL: `http://127.0.0.1:${(clickHouse.address() as AddressInfo).port}` });

  test.each([
    [
      243,
      'NOT_ENOUGH_SPACE',
      /^The store has no room: give its disk some \(ClickHouse: NOT_ENOUGH_SPACE \(243\) on SELECT [^\n]+\)\.\n$/,
    ],
    [164, 'READONLY', /^The store does not answer, or not now \(ClickHouse: \S+ \(164\) on SELECT [^\n]+\)\.\n$/],
    [
      516,
      'AUTHENTICATION_FAILED',
      /^The store does not answer, or not now \(ClickHouse: \S+ \(516\) on SELECT [^\n]+\)\.\n$/,
    ],
  ])('is one sentence, without its own words: %i %s', async (code, name, sentence) => {
    says = [code, name];
    expect(await ask('undo-upgrade')).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(sentence) });
  });

  it('is one line of JSON', async () => {
    says = [243, 'NOT_ENOUGH_SPACE'];
    const { stderr } = await ask('undo-upgrade --json');
    expect(stderr).toMatch(/^\{"error":\{"code":"store_away","message":"The store has no room: [^\n]+\}\n$/);
  });

  it('is shown where it happened if what was asked is wrong', async () => {
    says = [62, 'SYNTAX_ERROR'];
    expect((await ask('undo-upgrade')).stderr).toMatch(/^StoreError: ClickHouse: SYNTAX_ERROR \(62\) [^\n]+\n +at /);
  });

  it('is one that nobody listens for, too', async () => {
    const ended = await passerby('undo-upgrade', { CLICKHOUSE_URL: 'http://127.0.0.1:1' });
    expect(ended.stderr).toMatch(
      /^The store does not answer, or not now \(ClickHouse: ECONNREFUSED on SELECT [^\n]+\)\.\n$/,
    );
  });
});
