import { browserHost } from '../../lib/browser-host.ts';
import { storedAddress, storedProperty } from '../../lib/stored-text.ts';
import { type Batch, textOf } from '../lines.ts';
import type { Row } from '../row.ts';

/** Rows have it since they are written as they are stored: those without it may have addresses with their escapes. */
const SINCE: keyof Row = 'hit_hour';

const inText =
  (today: (value: string) => string) =>
  (value: unknown): unknown =>
    typeof value === 'string' ? today(value) : value;
const inMap = (value: unknown): unknown =>
  Object.fromEntries(Object.entries(Object(value)).map(([name, text]) => [name, inText(storedProperty)(text)]));

const TODAYS: Partial<Record<keyof Row, (value: unknown) => unknown>> = {
  page: inText(storedAddress),
  prev_page: inText(storedAddress),
  entry_page: inText(storedAddress),
  referrer: inText(storedAddress),
  source: inText(browserHost),
  props: inMap,
};

/**
 * A batch as its rows are written today. What a version before this one has spooled would bring old spellings back. The
 * same batch becomes the same each time, so that a try that failed is made again with equal rows.
 */
export const inTodaysSpelling = (batch: Batch): Batch => {
  if (batch.columns.includes(SINCE)) return batch;
  const todays = batch.columns.map((name) => TODAYS[name as keyof Row]);
  const respell = (line: string): string => {
    const values = valuesOf(line);
    return values === null ? line : `${textOf(values.map((value, at) => todays[at]?.(value) ?? value))}\n`;
  };
  return {
    ...batch,
    lines: Buffer.from(
      batch.lines
        .toString()
        .split(/(?<=\n)/)
        .map(respell)
        .join(''),
    ),
  };
};

/** Null: it is no list, which the store is left to say. */
const valuesOf = (line: string): unknown[] | null => {
  try {
    const values: unknown = JSON.parse(line);
    return Array.isArray(values) ? values : null;
  } catch {
    return null;
  }
};
