import { once } from 'node:events';
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { readControlFile, writeControlFile } from '../../packages/collector/src/cli/control/control-file.ts';
import { COMMANDS } from '../../packages/collector/src/cli/list.ts';
import { run } from '../../packages/collector/src/cli/run.ts';
import { PROGRAM, SILENT, startEngineOn } from '../../packages/collector/src/engine/testing.ts';
import { FIRST, visit } from '../../packages/collector/src/query/testing.ts';
import { connect } from '../../packages/collector/src/store/clickhouse.ts';
import { batchOf } from '../../packages/collector/src/store/lines.ts';
import { MIGRATIONS, migrate } from '../../packages/collector/src/store/migrate.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { upgrade } from '../../packages/collector/src/store/upgrade.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { FOLDERS, startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { until } from '../support/until.ts';

const NOW = Date.parse('2026-06-09T12:00:00Z');
const PARTS = { engine: PROGRAM, folders: FOLDERS };
const folder = temporaryFolder();
let collector: TestCollector;
let server: Server;
let url: string;

beforeAll(async () => {
  collector = await startTestCollector({ now: () => NOW });
  server = createServer(collector.collector.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeControlFile(folder.path, { url, token: collector.collector.accounts.operatorToken });
});
afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await collector?.stop();
  folder.remove();
});

/** Runs a command; resolves to what it printed. */
const passerby = async (line: string | readonly string[], dataDir = folder.path): Promise<string> => {
  const printed: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    await run(typeof line === 'string' ? line.split(' ') : line, { DATA_DIR: dataDir }, PARTS);
  } finally {
    stdout.mockRestore();
  }
  return printed.join('');
};

const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('sites', () => {
  it('are added and listed', async () => {
    expect(await passerby('site list')).toBe('There is no site yet.\n');
    expect(await passerby('site add example.com --timezone Europe/Berlin --name Example')).toBe(
      'example.com was added; its days are those of Europe/Berlin.\n',
    );
    await passerby('site add example.org');
    expect(lines(await passerby('site list'))).toEqual([
      'DOMAIN       NAME         TIME ZONE',
      'example.com  Example      Europe/Berlin',
      expect.stringMatching(/^example\.org {2}example\.org {2}\S+$/),
    ]);
  });

  test.each([
    ['site add example.com', 'DOMAIN: '],
    ['site add not_a_domain', 'DOMAIN: '],
    ['site add example.net --timezone Mars/Olympus', '--timezone: '],
    ['site add', 'DOMAIN is missing: passerby site add DOMAIN'],
    ['site add a.example b.example', "Unexpected argument 'b.example': passerby site add"],
    ['site add a.example --zone UTC', "Unknown option '--zone': passerby site add"],
    ['site', 'What about site?\n\npasserby site add DOMAIN [--timezone Europe/Berlin]'],
    ['site lits', 'There is no command "site lits": did you mean "site list"?'],
    ['add site a.example', 'There is no command "add": did you mean "site add"?'],
    ['site sing', 'There is no command "site sing": it is one of site add, site list'],
    ['knit', 'There is no command "knit": it is one of serve, status, config, site, user, token, query,'],
    ['--json site list', 'There is no command "--json": options stand behind one'],
    ['user add who --role boss', '--role: must be viewer or editor or owner, not "boss".'],
    ['user add nobody', 'EMAIL: '],
    ['user add a@b.example --site example.net', 'There is no site "example.net"'],
    ['user add a@b.example --url nowhere', '--url: must be an address'],
    ['user reset stranger@b.example', 'EMAIL: '],
    ['token create t --scope all', '--scope: must be read or write, not "all".'],
    ['token create t --site example.net', 'There is no site "example.net"'],
    ['query example.net', 'there is no site "example.net"'],
    ['query example.com --metrics money', '--metrics: '],
    ['query example.com --by event:shoe', '--by: '],
    ['query example.com --period never', '--period: '],
    ['query example.com --filter visit:country', "--filter: must be one such as 'visit:country is DE,AT'"],
    ['query example.com --limit 0', '--limit: '],
    ['query example.com --json --csv', '--json: must not be given beside --csv'],
    ['query example.com --compare love', '--compare: must be previous_period, year_over_year, or two days'],
    ['query example.com --order visitors:up', '--order: must be one of "asc", "desc"'],
  ])('%s: %s', async (line, problem) => {
    await expect(passerby(line)).rejects.toThrow(problem);
  });
});

describe('accounts', () => {
  const password = 'a long enough password';
  const tokenOf = (text: string): string => /#token=(\S+)/.exec(text)?.[1] ?? '';

  it('are made by a link', async () => {
    const told = await passerby('user add ann@site.example --role editor --site example.com');
    expect(told).toMatch(
      /^An invitation for ann@site\.example, editor of example\.com, good once, until .+ GMT:\n\n {2}http:\/\/127\.0\.0\.1:\d+\/invite#token=\S+\n\n$/,
    );
    const accepted = await collector.request('/api/invites/accept', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: tokenOf(told), email: 'ann@site.example', password }),
    });
    expect(accepted.status).toBeLessThan(300);
  });

  it('get a new password by a link, under the name that others know', async () => {
    const told = await passerby('user reset ann@site.example --url https://stats.example.com');
    expect(told).toMatch(
      /^A new password for ann@site\.example, good once, until .+ GMT:\n\n {2}https:\/\/stats\.example\.com\/reset#token=\S+\n\n$/,
    );
  });
});

it('a token is printed alone, and is good for its sites', async () => {
  const token = (await passerby('token create shop --site example.com')).trimEnd();
  const response = await collector.request('/api/sites', { headers: { authorization: `Bearer ${token}` } });
  const { sites } = (await response.json()) as { sites: { domain: string }[] };
  expect(sites.map(({ domain }) => domain)).toEqual(['example.com']);
});

describe('a question', () => {
  beforeAll(async () => {
    for (const [at, page] of ['/', '/', '/a,b', '/\u009b31m'].entries())
      await collector.send(
        { s: 'example.com', u: `https://example.com${page}`, i: [{ k: 'view' }] },
        { address: `203.0.113.${at}` },
      );
    await collector.flush();
  });

  it('is answered as a table', async () => {
    expect(await passerby('query example.com --metrics visitors,bounce_rate')).toBe(
      'visitors  bounce_rate\n       4          100\n',
    );
    expect(
      lines(await passerby(['query', 'example.com', '--metrics', 'pageviews', '--by', 'event:page', '--limit', '2'])),
    ).toEqual(['event:page  pageviews', '/                   2', expect.stringMatching(/^\S+ +1$/)]);
  });

  it('is filtered', async () => {
    const filter = ['--filter', 'event:page is /a\\,b,/none', '--filter', 'visit:source is_not Google'];
    expect(await passerby(['query', 'example.com', '--metrics', 'pageviews', ...filter])).toBe(
      'pageviews\n        1\n',
    );
  });

  it('is answered for programs', async () => {
    const question = [
      'query',
      'example.com',
      '--metrics',
      'pageviews',
      '--by',
      'event:page',
      '--filter',
      'event:page contains a',
    ];
    expect(await passerby([...question, '--csv'])).toBe('event:page,pageviews\n"/a,b",1\n');
    expect(JSON.parse(await passerby([...question, '--json']))).toMatchObject({
      results: [{ dimensions: ['/a,b'], metrics: [1] }],
    });
  });

  it('is filtered by pattern and case, ordered, and compared', async () => {
    const asked = (...more: string[]) => passerby(['query', 'example.com', '--metrics', 'pageviews', '--csv', ...more]);
    expect(await asked('--filter', 'event:page matches ^/A', '--by', 'event:page')).toBe('event:page,pageviews\n');
    expect(await asked('--filter', 'event:page matches/i ^/A', '--by', 'event:page')).toBe(
      'event:page,pageviews\n"/a,b",1\n',
    );
    const ordered = ['--by', 'event:page', '--order', 'event:page:desc'];
    const all = (await asked(...ordered)).split('\n');
    expect((await asked(...ordered, '--offset', '1', '--limit', '1')).split('\n')).toEqual([all[0], all[2], '']);
    expect(await asked('--compare', 'previous_period', '--weekdays')).toMatch(
      /^pageviews,pageviews_before,pageviews_change\n\d+,0,\n$/,
    );
    expect(await asked('--by', 'site')).toMatch(/^site,pageviews\nexample\.com,\d+\n$/);
  });

  it('of two days is answered', async () => {
    expect(await passerby('query example.com --metrics visits --period 2026-06-08,2026-06-09')).toBe(
      'visits\n     4\n',
    );
  });
});

describe('a backup', () => {
  const copies = async (): Promise<number> =>
    (await collector.store.query("SELECT name FROM system.tables WHERE startsWith(name, 'snapshot_')")).length;

  it('that its reader leaves is ended, and the next one may begin', async () => {
    const { url: at, token } = readControlFile(folder.path) ?? { url: '', token: '' };
    const begin = (signal: AbortSignal): Promise<Response> =>
      fetch(`${at}/api/operator/backup`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, signal });
    const leaving = new AbortController();
    expect((await begin(leaving.signal)).status).toBe(200);
    leaving.abort();
    // A backup is under way until the collector has heard that its last copy is gone: later than the store says so.
    const next = new AbortController();
    await until('the next one begins', 10_000, async () => {
      const { status } = await begin(next.signal);
      if (status !== 200) expect(status).toBe(409);
      return status === 200;
    });
    next.abort();
    await until('the copies are gone', 10_000, async () => (await copies()) === 0);
    expect(
      collector
        .logged()
        .split('\n')
        .filter((line) => line.includes('backup')),
    ).toEqual([
      expect.stringMatching(/ info a backup is left off: /),
      expect.stringMatching(/ info a backup is left off: /),
    ]);
  });

  it('is written into a new file, which nobody else can read', async () => {
    const file = join(folder.path, 'copy');
    // As another user may leave it in a folder that both can write to.
    writeFileSync(`${file}.part`, '', { mode: 0o666 });
    const other = openSync(`${file}.part`, 'r');
    await passerby(['backup', file]);
    expect([statSync(file).mode & 0o777, fstatSync(other).size]).toEqual([0o600, 0]);
    closeSync(other);
  });

  it('is for nobody else', async () => {
    const token = (await passerby('token create all --scope write')).trimEnd();
    const response = await collector.request('/api/operator/backup', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(403);
  });
});

describe('replay', () => {
  const data = temporaryFolder();
  const [spool, rejected] = [join(data.path, 'spool'), join(data.path, 'rejected')];
  afterAll(() => data.remove());

  it('makes nothing where there is no collector’s folder, and says so', async () => {
    await expect(passerby('replay', data.path)).rejects.toThrow(
      `DATA_DIR: ${data.path} is not the folder of a collector: it is empty.`,
    );
    await expect(passerby('replay', join(data.path, 'typing-errror'))).rejects.toThrow('DATA_DIR: ');
    await expect(passerby('replay --discard-damaged', data.path)).rejects.toThrow('DATA_DIR: ');
    expect(readdirSync(data.path)).toEqual([]);
  });

  it('lists damaged pieces, puts back the others, and lets the pieces go when told to', async () => {
    for (const dir of [spool, rejected]) mkdirSync(dir);
    expect(await passerby('replay', data.path)).toBe('Nothing was set aside.\n');
    writeFileSync(join(rejected, '000000000007-token.rows'), 'rows');
    writeFileSync(join(rejected, '000000000007-token.json'), '{}');
    writeFileSync(join(rejected, '000000000008-other.damaged'), 'x'.repeat(1_163));
    const told = await passerby('replay', data.path);
    expect(lines(told)).toEqual([
      expect.stringMatching(/^1 segment is back in the spool: /),
      'DAMAGED                     BYTES  SET ASIDE',
      expect.stringMatching(/^000000000008-other\.damaged {2}1,163 {2}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      '',
      expect.stringContaining('`passerby replay --discard-damaged` deletes them'),
    ]);
    expect([readdirSync(spool), readdirSync(rejected)]).toEqual([
      ['000000000007-token.rows'],
      ['000000000008-other.damaged'],
    ]);
    expect(JSON.parse(await passerby('replay --json', data.path))).toEqual({
      segments: 0,
      damaged: [{ file: expect.stringMatching(/\.damaged$/), bytes: expect.any(Number), setAside: expect.any(String) }],
    });
    expect(await passerby('replay --discard-damaged', data.path)).toMatch(/^1 damaged piece was deleted: /);
    expect(readdirSync(rejected)).toEqual([]);
    expect(await passerby('replay --discard-damaged', data.path)).toBe('There are no damaged pieces.\n');
    expect(JSON.parse(await passerby('replay --discard-damaged --json', data.path))).toEqual({ deleted: 0 });
  });
});

describe('undo-upgrade', () => {
  const NOTHING = 'There is nothing to go back to: tables are kept';

  it('says what it loses, and does it when it is told to', async () => {
    const data = temporaryFolder();
    const withStore = async (job: (store: Store) => Promise<void>): Promise<void> => {
      const engine = await startEngineOn(data.path);
      const store = connect(engine);
      await job(store).finally(() => store.close());
      await engine.stop();
    };
    await withStore(async (store) => {
      await migrate(store, null, MIGRATIONS.slice(0, 2));
      await upgrade(store, null, SILENT);
      const views = visit('1', '2026-06-09T10:00:00+02:00', {}, [{ page: '/', ...FIRST }, { page: '/a' }]);
      await store.insert(batchOf(views, 'new'));
    });
    await expect(passerby('undo-upgrade', data.path)).rejects.toThrow('Nothing was changed: ');
    expect(lines(await passerby('undo-upgrade --yes', data.path))).toEqual([
      `Since the upgrade from version 2 to ${MIGRATIONS.length} of the tables there came`,
      'WHAT                                          LOST',
      'views and events                                 2',
      'log records and errors                           0',
      'sites, accounts and tokens that were changed     0',
      'The tables are those of version 2 again, with what they had: start the Passerby of before.',
    ]);
    await withStore((store) => migrate(store, null, MIGRATIONS.slice(0, 2)));
    await expect(passerby('undo-upgrade', data.path)).rejects.toThrow(NOTHING);
    data.remove();
  });

  it('is for the folder of a collector', async () => {
    const empty = temporaryFolder();
    await expect(passerby('undo-upgrade', empty.path)).rejects.toThrow('is not the folder of a collector');
    empty.remove();
  });
});

describe('help', () => {
  it('names every command', async () => {
    const told = await passerby('help');
    for (const { name, takes } of COMMANDS)
      expect(lines(told)).toContainEqual(
        expect.stringMatching(new RegExp(`^ {2}${[name, ...Object.keys(takes)].join(' ')} {2,}[A-Z].*\\.$`)),
      );
    expect(await passerby('--help')).toBe(told);
  });

  test.each(['help site add', 'site add --help', 'site add -h'])('%s', async (line) => {
    expect(await passerby(line)).toBe(`passerby site add DOMAIN [--timezone Europe/Berlin] [--name NAME] [--json]

Adds a site to the collector that runs on DATA_DIR.

  DOMAIN                    the host of its pages, as in the script tag
  --timezone Europe/Berlin  the time zone of its days; without it UTC
  --name NAME               what it is called in the dashboard; without it the domain
  --json                    answers, and says what is wrong, as JSON

Example: passerby site add example.com --timezone Europe/Berlin
`);
  });
});

describe('without a collector', () => {
  const absent = (why: string): RegExp =>
    new RegExp(`^No collector is running on \\S+ \\(${why}\\): start it, or name its folder with DATA_DIR\\.$`);

  it('that is said', async () => {
    const empty = temporaryFolder();
    await expect(passerby('site list', empty.path)).rejects.toThrow(absent('it is empty'));
    empty.remove();
  });

  test.each([
    ['ended', async () => 'http://127.0.0.1:1'],
    ['was killed, and another one has its port', async () => url],
  ])('a note of one that %s leads nowhere', async (_what, address) => {
    const stale = temporaryFolder();
    writeControlFile(stale.path, { url: await address(), token: 'of-a-collector-before' });
    await expect(passerby('site list', stale.path)).rejects.toThrow(absent('one that was killed left its note there'));
    stale.remove();
  });
});

describe('doctor', () => {
  const DAY = 86_400_000;

  it('is told by a running collector', async () => {
    const printed = await passerby('doctor');
    expect(printed).toMatch(/^ok {7}store {8}/m);
    expect(printed).toMatch(/^ok {7}sums {9}/m);
    expect(printed).toMatch(/\n\n\d+ ok, \d+ warnings?, \d+ wrong, \d+ skipped\.\n$/);
  });

  it('ends when nobody waits for it any more', async () => {
    const leaving = new AbortController();
    const { body } = await fetch(`${url}/api/operator/doctor`, {
      method: 'POST',
      headers: { authorization: `Bearer ${collector.collector.accounts.operatorToken}` },
      signal: leaving.signal,
    });
    await body?.getReader().read();
    leaving.abort();
    await until('the next one begins', 10_000, async () =>
      (await passerby('doctor --json').catch(() => '')).startsWith('{'),
    );
  });

  it('opens the store itself where no collector runs, and ends with 4 if something is wrong', async () => {
    const { path: dataDir, remove } = temporaryFolder();
    const before = process.exitCode;
    try {
      const engine = await startEngineOn(dataDir);
      const store = connect(engine);
      await migrate(store);
      const soon = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10);
      await store.insert(
        batchOf(visit('1', `${soon}T10:00:00+00:00`, { visitor: '1' }, [{ page: '/', ...FIRST }]), 'one'),
      );
      await store.close();
      await engine.stop();
      const { counts, findings } = JSON.parse(await passerby('doctor --json', dataDir));
      expect(process.exitCode).toBe(4);
      expect(counts.wrong).toBe(1);
      expect(findings.filter(({ state }: { state: string }) => state === 'wrong')).toEqual([
        {
          name: 'clock',
          state: 'wrong',
          says: expect.stringMatching(/^The newest hit is from \d+ days after now/),
          do: expect.any(String),
        },
      ]);
    } finally {
      process.exitCode = before;
      remove();
    }
  });

  it('is refused a folder that is none of a collector', async () => {
    await expect(passerby('doctor', '/nowhere/at/all')).rejects.toThrow(
      'DATA_DIR: /nowhere/at/all is not the folder of a collector',
    );
  });
});
