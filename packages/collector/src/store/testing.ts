import { type Batch, batchOf } from './lines.ts';
import type { Row } from './row.ts';

/** Columns of `intake` that each version of the schema added, from the second on. */
const ADDED = [
  ['region', 'city', 'revenue', 'currency', 'via'],
  ['hit_hour', 'visitor', 'earlier_ms', 'earlier_scroll', 'new_values', 'new_hour', 'earlier_than'],
];

/** A batch as a collector of an older version of the schema would have written it into its spool. */
export const oldBatch = (rows: readonly Row[], token: string, version = 1): Batch => {
  const added = ADDED.slice(version - 1).flat();
  const { columns, lines } = batchOf(rows, token);
  const kept = columns.map((name) => !added.includes(name));
  const line = (text: string): string => JSON.stringify((JSON.parse(text) as unknown[]).filter((_, at) => kept[at]));
  return {
    token,
    columns: columns.filter((_, at) => kept[at]),
    lines: Buffer.from(
      lines
        .toString()
        .trim()
        .split('\n')
        .map((text) => `${line(text)}\n`)
        .join(''),
    ),
  };
};
