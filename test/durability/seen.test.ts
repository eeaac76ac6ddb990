import { expect, test } from 'vitest';
import { BatchIdFiles } from '../../packages/collector/src/ingest/spool/batch-id-files.ts';
import type { BatchId } from '../../packages/collector/src/ingest/spool/spool-frame.ts';
import { MemoryDisk } from './small/disk.ts';

const KEEP_MS = 600_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const IDS: readonly BatchId[] = [['site 1-2-3', NOW]];

/** A disk that keeps nothing which was not synced. */
const losesAll = (): number => 0;

test('with SPOOL_FSYNC the ids of a segment are on the disk before the segment may go', async () => {
  const disk = new MemoryDisk();
  await disk.files.makeDir('/spool');
  await new BatchIdFiles(disk.files, '/spool', KEEP_MS, true).keep('token', IDS, NOW);
  disk.losePower(losesAll);
  expect(await new BatchIdFiles(disk.files, '/spool', KEEP_MS, true).read(NOW)).toEqual(IDS);
});
