import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../packages/collector/src/accounts/role.ts';
import type { Disk } from '../../packages/collector/src/lib/disk-space.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const SITE = 'one.example';
const ROOM: Disk = { free: 50e9, total: 100e9, device: 1 };

interface Answer {
  readonly data: { readonly rows: number; readonly bytes: number; readonly tables: readonly Table[] };
  readonly warnings: readonly { readonly code: string }[];
}
interface Table {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly oldest: string | null;
}

describe('what the collector tells of itself', () => {
  let collector: TestCollector;
  let disk = ROOM;
  let now = Date.now();
  const system = async (): Promise<Answer> =>
    (await collector.api('GET', '/api/operator/system')).json() as Promise<Answer>;

  beforeAll(async () => {
    collector = await startTestCollector({ now: () => now, diskOf: async () => disk });
    await collector.api('POST', '/api/sites', { domain: SITE, timezone: 'UTC' });
    await collector.send({ s: SITE, u: `https://${SITE}/`, i: [{ k: 'view' }, { k: 'log', l: 'warn', m: 'slow' }] });
    await collector.flush();
  }, 30_000);
  afterAll(() => collector.stop());

  test('is the room on the disk, from the start on', async () => {
    const metrics = await (await collector.api('GET', '/metrics')).text();
    const inTopology = process.env.CLICKHOUSE_CLUSTER === undefined;
    expect(metrics.includes('passerby_disk_free_bytes 50000000000')).toBe(inTopology);
  });

  test('is the size of what is stored, by table', async () => {
    const { data } = await system();
    const today = new Date(now).toISOString().slice(0, 10);
    const of = (name: string) => data.tables.find((table) => table.name === name);
    expect(data.tables.map(({ name }) => name)).toEqual(['hits', 'sums', 'logs', 'config', 'migrations']);
    expect(of('hits')).toMatchObject({ rows: 1, oldest: today });
    expect(of('logs')).toMatchObject({ rows: 1, oldest: today });
    expect(of('config')).toMatchObject({ oldest: null });
    expect(data.bytes).toBe(data.tables.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(data.tables.every(({ bytes }) => bytes > 0)).toBe(true);
  });

  test('is a warning where there is little room, to who owns everything', async () => {
    const { accounts, sites } = collector.collector;
    const at = sites.find(SITE)?.id ?? '';
    const warned = async (where: string, role: Role): Promise<string[]> => {
      const { id } = await accounts.create(
        `${role}-${where.length}@site.example`,
        'a long enough password',
        where,
        role,
      );
      const { cookie } = await accounts.sessions.begin(id);
      const status = await collector.request('/api/status', { headers: { cookie: `passerby=${cookie}` } });
      return ((await status.json()) as Answer).warnings.map(({ code }) => code);
    };
    await accounts.createOwner('boss@site.example', 'a long enough password');
    disk = { ...ROOM, free: 1e9 };
    now += 60_000;
    await collector.collector.tick();
    expect((await system()).warnings).toContainEqual(
      expect.objectContaining({ code: 'disk_almost_full', level: 'bad', free: 1e9, total: 100e9 }),
    );
    expect(await warned('*', 'owner')).toEqual(['disk_almost_full']);
    for (const [where, role] of [
      ['*', 'editor'],
      ['*', 'viewer'],
      [at, 'owner'],
    ] as const)
      expect([where, role, await warned(where, role)]).toEqual([where, role, []]);
    const stranger = (await (await collector.request('/api/status')).json()) as Answer;
    expect(stranger.warnings).toEqual([]);
    expect(collector.logged()).toContain('a disk is almost full');
  });
});
