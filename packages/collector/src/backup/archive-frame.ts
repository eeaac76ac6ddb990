import { z } from 'zod';
import { TABLES } from '../store/tables.ts';

const table = z.enum(TABLES);
const count = z.int().min(0);

const manifest = z.strictObject({
  kind: z.literal('manifest'),
  /** Version of the Passerby that wrote it. */
  passerby: z.string(),
  /** Version of the tables, see `store/migrate.ts`. */
  schema: z.int().min(1),
  /** The moment that it shows. */
  taken: z.iso.datetime(),
  /** Milliseconds for which nothing was stored; what was accepted meanwhile waited in the spool. */
  heldMs: count,
  tables: z
    .array(z.strictObject({ name: table, rows: count, checksum: z.string().regex(/^\d+$/) }))
    .length(TABLES.length),
});

/** Header of a frame of an archive. */
export const frameHeader = z.discriminatedUnion('kind', [
  manifest,
  /** Rows of a table in ClickHouse's format Native, with the table's columns in their order. */
  z.strictObject({ kind: z.literal('block'), table, rows: count }),
  z.strictObject({ kind: z.literal('end') }),
]);

/** What a backup is of: its moment, the version of its tables, and what must be in them. */
export type Manifest = z.infer<typeof manifest>;
export type ArchiveFrameHeader = z.infer<typeof frameHeader>;

/** A frame but the last; the manifest's body is empty. */
export interface ArchiveFrame {
  readonly header: Exclude<ArchiveFrameHeader, { kind: 'end' }>;
  readonly body: Buffer;
}
