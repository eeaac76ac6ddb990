/** What begins a backup, for tests that make one by hand. */
import { TABLES } from '../store/tables.ts';
import type { Manifest } from './archive-frame.ts';

/** @param rows of the table at a place of `TABLES`; missing: none */
export const manifestWith = (rows: (at: number) => number = () => 0): Manifest => ({
  kind: 'manifest',
  passerby: '1.2.3',
  schema: 1,
  taken: '2026-06-09T12:00:00.000Z',
  heldMs: 12,
  tables: TABLES.map((name, at) => ({ name, rows: rows(at), checksum: '0' })),
});
