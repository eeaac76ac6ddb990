import type { Verdict } from '../../test/support/verdict.ts';

/** A line of the table. */
export interface Line extends Verdict {
  readonly fault: string;
  readonly times: number;
}

const COLUMNS = ['times', 'sent', 'counted', 'refused', 'unanswered', 'stored', 'lost', 'doubled'] as const;
const NAME_WIDTH = 44;
const WIDTH = 11;

/** The table, with the sums of its columns in its last line. */
export const tableOf = (lines: readonly Line[]): string => {
  const row = (name: string, cells: readonly unknown[]): string =>
    name.padEnd(NAME_WIDTH) + cells.map((cell) => String(cell).padStart(WIDTH)).join('');
  const total = COLUMNS.map((column) => lines.reduce((sum, line) => sum + line[column], 0));
  return [
    row('fault', COLUMNS),
    ...lines.map((line) =>
      row(
        line.fault,
        COLUMNS.map((column) => line[column]),
      ),
    ),
    row('together', total),
  ].join('\n');
};
