import type { Row } from '../../store/row.ts';

/** What a row takes in the spool besides its texts: numbers, days, quotes and commas. */
const NUMBERS = 250;

/** Texts that all rows of a beacon share, but for those of a visit that begins in the middle of it. */
const SHARED = [
  'hostname',
  'page',
  'title',
  'release',
  'entry_page',
  'source',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'city',
] as const satisfies readonly (keyof Row)[];

/** How long a text is. */
type Measure = (text: string) => number;

const atMost: Measure = (text) => 3 * text.length;
const exactly: Measure = (text) => Buffer.byteLength(text);

/**
 * Bytes that a beacon's rows take in the spool, about: what it becomes may be a hundred times what was sent. Rows that
 * take less than `enough` each, as nearly all do, are not measured further.
 */
export const bytesOfRows = (rows: readonly Row[], enough = 0): number => {
  const most = measured(rows, atMost);
  return most <= enough * rows.length ? most : measured(rows, exactly);
};

const measured = (rows: readonly Row[], measure: Measure): number => {
  const [first] = rows;
  if (first === undefined) return 0;
  let bytes = NUMBERS;
  for (const name of SHARED) bytes += measure(first[name]);
  bytes *= rows.length;
  for (const { name, prev_page, message, stack, props } of rows)
    bytes += measure(name) + measure(prev_page) + measure(message) + measure(stack) + bytesOfProps(props, measure);
  return bytes;
};

/** Bytes of properties, names and values. */
export const bytesOfProps = (props: Readonly<Record<string, string>>, measure: Measure = exactly): number => {
  let bytes = 0;
  for (const name in props) bytes += measure(name) + measure(props[name] ?? '');
  return bytes;
};
