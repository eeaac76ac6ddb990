import { INTAKE_COLUMNS, ROW_KINDS, type Row } from './row.ts';

/** Rows that are stored together, once, however often they are sent under their token. */
export interface Batch {
  readonly token: string;
  /** Names of the columns, in the order of each line's values. */
  readonly columns: readonly string[];
  /** All of it came in during the last minutes; missing: it may be of days that are long over. */
  readonly isFresh?: boolean;
  /** Rows as `JSONCompactEachRow`, each with `\n` at its end. */
  readonly lines: Buffer;
}

/** The columns of a line of today. */
export const COLUMNS = Object.keys(INTAKE_COLUMNS) as (keyof Row)[];

/** A row as a line of `JSONCompactEachRow`. */
export const lineOf = (row: Row): string =>
  `${textOf(COLUMNS.map((name) => (name === 'kind' ? ROW_KINDS[row.kind] : row[name])))}\n`;

/** The values of a row as the store reads them. */
export const textOf = (values: readonly unknown[]): string => wellFormed(JSON.stringify(values));

/** A batch of rows. */
export const batchOf = (rows: readonly Row[], token: string): Batch => ({
  token,
  columns: COLUMNS,
  lines: Buffer.from(rows.map(lineOf).join('')),
});

/**
 * Halves of surrogate pairs, which any page can send, are the only characters that JSON.stringify writes as `\ud…`;
 * ClickHouse refuses the whole batch for one. An escaped backslash before a plain `ud` is not one of them.
 */
const wellFormed = (json: string): string =>
  json.includes('\\ud')
    ? json.replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, (found) => (found === '\\\\' ? found : '�'))
    : json;
