import { csvLine } from '../lib/csv.ts';
import { textWidth } from '../lib/text-width.ts';

/** What is shown where there is no number. */
const NOTHING = '–';
const GAP = '  ';

/** A cell: numbers stand at the right. */
export type Cell = string | number | null;

/** Rows under their heads, for a terminal. */
export const tableOf = (heads: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const lines = [heads, ...rows.map((row) => row.map(shown))];
  const widths = heads.map((_, at) => Math.max(...lines.map((line) => textWidth(line[at] ?? ''))));
  const isNumber = heads.map((_, at) => rows.every((row) => typeof row[at] !== 'string'));
  return lines
    .map((line) =>
      line
        .map((cell, at) => {
          const padding = ' '.repeat((widths[at] ?? 0) - textWidth(cell));
          return isNumber[at] ? padding + cell : cell + padding;
        })
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
};

const shown = (cell: Cell): string => {
  if (cell === null) return NOTHING;
  return typeof cell === 'number' ? cell.toLocaleString('en') : printable(cell) || '(none)';
};

/** Pages name themselves: what a terminal would obey is not passed on. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '�');

/** The same as comma-separated values. */
export const csvOf = (heads: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [heads, ...rows].map((row) => csvLine(row.map(plain))).join('\n');

const plain = (cell: Cell): Cell => (typeof cell === 'string' ? printable(cell) : cell);
