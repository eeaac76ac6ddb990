import { csvLine } from '../../lib/csv.ts';
import type { Answer } from './query.ts';

/** An answer as a table: its dimensions and metrics, and beside them what it was compared with. */
export interface AnswerTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export const answerTable = ({ results, query: { dimensions = [], metrics, include } }: Answer): AnswerTable => {
  const isCompared = include?.comparisons !== undefined;
  const compared = isCompared ? metrics.flatMap((name) => [`${name}_before`, `${name}_change`]) : [];
  return {
    heads: [...dimensions, ...metrics, ...compared],
    rows: results.map(({ dimensions: values, metrics: numbers, comparison }) => [
      ...values,
      ...numbers,
      ...(isCompared
        ? numbers.flatMap((_, index) => [comparison?.metrics[index] ?? null, comparison?.change[index] ?? null])
        : []),
    ]),
  };
};

/** The table by RFC 4180, where each line has an end. */
export const answerCsv = (answer: Answer): string => {
  const { heads, rows } = answerTable(answer);
  return [heads, ...rows].map((cells) => `${csvLine(cells)}\r\n`).join('');
};
