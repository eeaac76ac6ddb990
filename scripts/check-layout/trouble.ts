import type { SystemState, Warning } from '../../packages/dashboard/src/api/system.ts';
import type { Page } from '../../test/support/browser.ts';

const DAY = '2036-09-27T03:30:00.000Z';
const FOLDER = '/var/lib/passerby/a-folder-with-a-name-that-is-longer-than-any-that-anybody-gives/backups';

/** All at once, as nobody ever sees it. */
const WARNINGS: Warning[] = [
  { code: 'disk_almost_full', level: 'bad', of: 'data', free: 1.2e9, total: 80e9 },
  { code: 'disk_almost_full', level: 'bad', of: 'backups', free: 4.6e6, total: 20e9 },
  { code: 'damage', level: 'bad', detached: 1, unreadable: 2, pieces: 3 },
  { code: 'spool_filling', level: 'bad', bytes: 900e6, most: 2 ** 30 },
  { code: 'backup_failed', level: 'bad', at: DAY, error: 'other_store' },
  { code: 'disk_full_soon', level: 'warn', at: DAY },
  { code: 'set_aside', level: 'warn', segments: 2 },
  { code: 'behind', level: 'warn', seconds: 5400 },
  { code: 'private_clients', level: 'warn' },
];

/** As large as it gets, and nothing is well. */
const inTrouble = (state: SystemState): SystemState => ({
  ...state,
  dataDir: FOLDER,
  data: state.data && {
    ...state.data,
    rows: 412_345_678_901,
    bytes: 31.2e12,
    bytesADay: -41_234_567_890,
    days: 28,
    tables: state.data.tables.map((table) => ({
      ...table,
      rows: 112_345_678_901,
      bytes: 7.8e12,
      oldest: '2019-09-30',
    })),
  },
  disk: { free: 1.2e9, total: 80e9 },
  full: { at: '2037-12-24' },
  spool: { rows: 1_234_567_890, bytes: 900e6, most: 2 ** 30, behind: 540_000, rejected: 1234, damaged: 56 },
  backup: {
    ...state.backup,
    dir: FOLDER,
    every: ['00:30', '06:30', '12:30', '18:30'],
    kept: 14,
    last: { at: DAY, ok: false, file: null, bytes: null, tookMs: 10, error: 'other_store' },
    lastGood: '2036-09-20T03:30:00.000Z',
    next: '2036-09-29T00:30:00.000Z',
  },
  warnings: WARNINGS,
});

/** Loads the page anew with answers of a collector in trouble. */
export const trouble =
  (appears: string) =>
  async (page: Page): Promise<void> => {
    await page.route('**/api/operator/system', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: inTrouble((await answer.json()) as SystemState) });
    });
    await page.route('**/api/status', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...((await answer.json()) as object), warnings: WARNINGS } });
    });
    await page.reload();
    await page.locator(appears).first().waitFor();
  };
