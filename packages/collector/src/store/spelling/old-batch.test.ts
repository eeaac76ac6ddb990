import { expect, it } from 'vitest';
import { batchOf, COLUMNS, textOf } from '../lines.ts';
import { EMPTY_ROW, type Row } from '../row.ts';
import { inTodaysSpelling } from './old-batch.ts';

/** Columns of a version before this one. */
const OLD = COLUMNS.filter((name) => name !== 'hit_hour');

const TIMES = { site: 'one', ts: 1, day: '2026-06-09', hour: 0, hit_hour: 0 };
const rowOf = (more: Partial<Row>): Row => ({
  ...EMPTY_ROW,
  ...TIMES,
  kind: 'view',
  hit_until: '2099-01-01',
  log_until: '2099-01-01',
  ...more,
});
const oldBatch = (...rows: Row[]) => ({
  token: 'token',
  columns: OLD,
  lines: Buffer.from(rows.map((row) => `${textOf(OLD.map((name) => row[name]))}\n`).join('')),
});

const OF_BEFORE: Partial<Row> = {
  page: '/%C3%BCber-uns',
  prev_page: '/cafe%CC%81',
  entry_page: '/a%2fb',
  referrer: 'xn--bcher-kva.example/gr%C3%B6%C3%9Fe',
  source: 'bücher.example',
  props: { url: 'https://bücher.example/gr%C3%B6%C3%9Fe', plan: 'a%20b', __proto__: 'x' },
  title: '100%25 %C3%BC',
  message: '/%C3%BC',
  visit: '18446744073709551615',
};

it('rows of before are spelled as today, and nothing else of them is changed', () => {
  const todays = rowOf({
    ...OF_BEFORE,
    page: '/über-uns',
    prev_page: '/café',
    entry_page: '/a%2Fb',
    referrer: 'xn--bcher-kva.example/größe',
    source: 'xn--bcher-kva.example',
    props: { url: 'https://xn--bcher-kva.example/größe', plan: 'a%20b' },
  });
  const plain = rowOf({ page: '/plain' });
  expect(inTodaysSpelling(oldBatch(rowOf(OF_BEFORE), plain))).toEqual(oldBatch(todays, plain));
});

it('is the same on every try, and once more changes nothing', () => {
  const batch = oldBatch(rowOf(OF_BEFORE));
  const once = inTodaysSpelling(batch);
  expect(inTodaysSpelling(batch)).toEqual(once);
  expect(inTodaysSpelling(once)).toEqual(once);
});

it('rows of today are left as they are', () => {
  const batch = batchOf([rowOf(OF_BEFORE)], 'token');
  expect(inTodaysSpelling(batch)).toBe(batch);
});

it('lines that nobody can read are left to the store', () => {
  const batch = { ...oldBatch(), lines: Buffer.from('["/%C3%BC"\nnull\n{}\n\n') };
  expect(inTodaysSpelling(batch).lines.toString()).toBe(batch.lines.toString());
});
