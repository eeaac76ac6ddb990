import { expect, it } from 'vitest';
import type { Warning } from '../api/system.ts';
import { warningTexts } from './warning-text.ts';

type Code = Warning['code'];

/** One of each: who adds a code to the collector adds it here. */
const WARNINGS: { readonly [C in Code]: Warning & { code: C } } = {
  disk_almost_full: { code: 'disk_almost_full', level: 'bad', of: 'backups', free: 1.2e9, total: 80e9 },
  disk_full_soon: { code: 'disk_full_soon', level: 'warn', at: '2036-03-14T12:00:00.000Z' },
  damage: { code: 'damage', level: 'bad', detached: 1, unreadable: 2, pieces: 3 },
  set_aside: { code: 'set_aside', level: 'warn', segments: 2 },
  spool_filling: { code: 'spool_filling', level: 'bad', bytes: 9e8, most: 2 ** 30 },
  behind: { code: 'behind', level: 'warn', seconds: 5400 },
  backup_failed: { code: 'backup_failed', level: 'bad', at: '2036-03-14T12:00:00.000Z', error: 'no_room' },
  backup_old: { code: 'backup_old', level: 'warn', at: '2036-03-14T12:00:00.000Z' },
  no_backup: { code: 'no_backup', level: 'info' },
  private_clients: { code: 'private_clients', level: 'warn' },
  unnamed_proxy: { code: 'unnamed_proxy', level: 'warn' },
  no_client_address: { code: 'no_client_address', level: 'warn' },
};

it.each<[Code, RegExp[]]>([
  ['disk_almost_full', [/^Only 1.2.GB of 80.GB are free on the disk of the backups\./]],
  ['disk_full_soon', [/^The disk of the data will be full around Mar 14, 2036,/]],
  ['damage', [/^One part .* left out/, /^2 parts .* cannot be read/, /^3 pieces /]],
  ['set_aside', [/^2 batches /]],
  ['spool_filling', [/^900.MB of hits .* at most 1.1.GB /]],
  ['behind', [/^What was accepted 1h 30m ago /]],
  ['backup_failed', [/^The last backup failed \(Mar 14, 2036, .*\): no room on the disk\./]],
  ['backup_old', [/^The last backup that went well is of Mar 14, 2036:/]],
  ['no_backup', [/BACKUP_DIR/]],
  ['private_clients', [/private .* TRUSTED_PROXIES/]],
  ['unnamed_proxy', [/CDN .* TRUSTED_PROXIES, or .* CLIENT_ADDRESS_HEADER/]],
  ['no_client_address', [/X-Forwarded-For/]],
])('%s is said in sentences', (code, expected) => {
  const said = warningTexts(WARNINGS[code]);
  expect(said).toEqual(expected.map((sentence) => expect.stringMatching(sentence)));
});

it('what is not damaged is not said to be', () => {
  expect(warningTexts({ ...WARNINGS.damage, detached: 0, pieces: 0 })).toHaveLength(1);
});

it('a backup that was never made is told from one that is old', () => {
  expect(warningTexts({ ...WARNINGS.backup_old, at: null })).toEqual([
    expect.stringMatching(/^No backup has been made/),
  ]);
});

it('a failure that nobody knows the reason of is told without one', () => {
  expect(warningTexts({ ...WARNINGS.backup_failed, error: null })).toEqual([
    expect.stringMatching(/2036, [^)]*\)\. The log/),
  ]);
});
