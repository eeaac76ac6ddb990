/** Filters by pattern, and with and without case, on rows as the intake writes them. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import type { Site } from '../../sites/site.ts';
import { batchOf } from '../../store/lines.ts';
import { FIRST, SITE, visit } from '../testing.ts';
import { parseQuestion } from './parse.ts';
import type { Answer } from './query.ts';
import { createQuery } from './run.ts';

const NOW = Date.parse('2026-06-10T15:30:00+02:00');
const HOST = 'xn--bcher-kva.example';

/** Visits of one page each: page, source, host, browser. The last has no source, and says what it is. */
const VISITS: readonly (readonly [page: string, source: string, hostname: string, browser: string])[] = [
  ['/blog/Ärger', 'Google', 'example.com', 'Chrome'],
  ['/blog/ärger', 'google.example', 'www.example.com', 'Firefox'],
  ['/Blog/2024-05', HOST, HOST, 'Chrome'],
  ['/shop/a%2Fb', HOST, 'example.com', 'Safari'],
  ['/', '', 'example.com', ''],
];

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  const rows = VISITS.flatMap(([page, source, hostname, browser], index) =>
    visit(
      String(10 + index),
      '2026-06-10T12:00:00+02:00',
      { entry_page: page, source, browser, referrer: source === HOST ? `${HOST}/über` : '' },
      [
        {
          page,
          hostname,
          title: `Title ${index}`,
          props: { link: source === HOST ? `https://${HOST}/x` : 'none' },
          ...FIRST,
        },
      ],
    ),
  );
  await engine.store.insert(batchOf(rows, 'rows'));
});
afterAll(() => engine.stop());

const ask = (filters: unknown, only?: { source: 'hits' }, site: Site = SITE, more = {}): Promise<Answer> =>
  createQuery({ store: engine.store, now: () => NOW }).ask(
    parseQuestion({ site_id: 'example.com', metrics: ['visits'], date_range: 'day', filters, ...more }),
    site,
    '2026-06-10',
    only,
  );
const visits = async (...of: Parameters<typeof ask>): Promise<unknown> => (await ask(...of)).results[0]?.metrics[0];

const SENSITIVE = { case_sensitive: true };
const INSENSITIVE = { case_sensitive: false };

describe.each([undefined, { source: 'hits' } as const])('from %j', (only) => {
  it.each<[operator: string, dimension: string, values: string[], option: object | undefined, visits: number]>([
    ['matches', 'event:page', ['^/blog/'], undefined, 2],
    ['matches', 'event:page', ['^/blog/'], INSENSITIVE, 3],
    ['matches', 'event:page', ['(?i)^/blog/ä'], undefined, 2],
    ['matches', 'event:page', ['^/blog/Ä'], SENSITIVE, 1],
    ['matches', 'event:page', ['^/blog/ÄRGER$'], INSENSITIVE, 2],
    ['matches', 'event:page', ['a\u0308rger'], undefined, 1],
    ['matches', 'event:page', [String.raw`\d{4}-\d{2}$`, '^/$'], undefined, 2],
    ['matches', 'event:page', ['%2F'], undefined, 1],
    ['matches', 'event:page', ['%2f'], undefined, 0],
    ['matches', 'visit:entry_page', ['^/shop|^/blog'], undefined, 3],
    ['matches', 'visit:exit_page', ['^/shop|^/blog'], undefined, 3],
    ['matches', 'visit:source', ['^Google$'], undefined, 1],
    ['matches', 'visit:source', ['^google'], INSENSITIVE, 2],
    ['matches', 'visit:source', ['^$'], undefined, 1],
    ['matches', 'visit:source', [''], undefined, 5],
    ['matches', 'visit:source', ['.*'], undefined, 5],
    ['matches', 'visit:source', ['.'], undefined, 4],
    ['matches', 'visit:source', ['^bücher'], undefined, 2],
    ['matches', 'visit:source', ['^BÜCHER'], INSENSITIVE, 2],
    ['matches', 'visit:source', ['^BÜCHER'], undefined, 0],
    ['matches', 'visit:source', ['xn--'], undefined, 0],
    ['matches', 'visit:source', ['^b.cher', 'oogle$'], undefined, 3],
    ['matches', 'event:hostname', ['^b.cher'], undefined, 1],
    ['matches', 'event:hostname', [String.raw`^(www\.)?example`], undefined, 4],
    ['matches', 'visit:referrer', ['^bücher.example/ü'], undefined, 2],
    ['matches', 'event:props:link', ['^https://bücher'], undefined, 2],
    ['matches', 'event:props:link', ['xn--'], undefined, 0],
    ['matches', 'event:props:other', ['^$'], undefined, 5],
    ['matches', 'event:title', ['[0-3]$'], undefined, 4],
    ['matches', 'visit:browser', ['^(Chrome|Safari)$'], undefined, 3],
    ['is', 'visit:browser', ['chrome'], INSENSITIVE, 2],
    ['is', 'visit:browser', ['chrome'], undefined, 0],
    ['is', 'visit:browser', ['CHROME', 'safari', ''], INSENSITIVE, 4],
    ['is', 'event:page', ['/BLOG/%C3%84RGER'], INSENSITIVE, 2],
    ['is', 'event:page', ['/blog/Ärger'], SENSITIVE, 1],
    ['is', 'event:page', ['/SHOP/A%2fB'], INSENSITIVE, 1],
    ['is', 'visit:source', ['GOOGLE'], INSENSITIVE, 1],
    ['is', 'visit:source', ['BÜCHER.example'], INSENSITIVE, 2],
    ['is', 'visit:referrer', ['BÜCHER.example/ÜBER'], INSENSITIVE, 2],
    ['is', 'event:hostname', ['Bücher.Example'], INSENSITIVE, 1],
    ['is', 'event:props:link', ['NONE'], INSENSITIVE, 3],
    ['contains', 'event:page', ['ÄR'], undefined, 2],
    ['contains', 'event:page', ['Är'], SENSITIVE, 1],
    ['contains', 'event:page', ['blog'], SENSITIVE, 2],
    ['contains', 'visit:source', ['oogle', 'üch'], SENSITIVE, 4],
    ['contains', 'visit:source', ['ÜCH'], SENSITIVE, 0],
    ['contains', 'visit:source', ['ÜCH'], INSENSITIVE, 2],
    ['contains', 'visit:source', Array.from({ length: 20 }, (_, index) => `${index}`).concat('Goo'), SENSITIVE, 1],
  ])('%s %s %j %j: %i', async (operator, dimension, values, option, expected) => {
    const filter = (of: string) => [of, dimension, values, ...(option ? [option] : [])];
    expect(await visits([filter(operator)], only)).toBe(expected);
    expect(await visits([filter(`${operator}_not`)], only)).toBe(VISITS.length - expected);
    expect(await visits([['not', filter(operator)]], only)).toBe(VISITS.length - expected);
    expect(await visits([['and', [['or', [filter(operator)]]]]], only)).toBe(expected);
  });
});

it.each<[operator: string, dimension: string, values: string[], option: object | undefined]>([
  ['matches', 'visit:browser', ['^Chr'], undefined],
  ['matches', 'visit:browser', ['^$'], undefined],
  ['matches_not', 'visit:browser', ['^Chr'], undefined],
  ['matches_not', 'visit:browser', ['^$'], undefined],
  ['matches', 'event:page', ['^/blog/Ä'], INSENSITIVE],
  ['is', 'visit:browser', ['chrome'], INSENSITIVE],
])('%s %s %j %j needs no single hits', async (operator, dimension, values, option) => {
  const filters = [[operator, dimension, values, ...(option ? [option] : [])]];
  const { results, meta } = await ask(filters, undefined, SITE, { metrics: ['pageviews'] });
  expect(meta.source).toBe('sums');
  expect(results).toEqual((await ask(filters, { source: 'hits' }, SITE, { metrics: ['pageviews'] })).results);
});

test('a value without case may be several, whose visitors are not added up', async () => {
  const { meta } = await ask([['is', 'visit:source', ['google'], INSENSITIVE]], undefined, SITE, {
    metrics: ['visitors'],
  });
  expect(meta.source).toBe('hits');
});

test('an answer says what was asked', async () => {
  const filters = [['matches_not', 'visit:source', ['^$'], INSENSITIVE]];
  expect((await ask(filters)).query.filters).toEqual(filters);
});

test.each<[filters: unknown[], field: string]>([
  [[['matches', 'event:page', ['(']]], 'filters[0][2][0]'],
  [[['matches', 'event:page', ['', 'a(?=b)']]], 'filters[0][2][1]'],
  [[['matches_not', 'event:page', ['[']]], 'filters[0][2][0]'],
  [
    [
      ['is', 'event:page', ['(']],
      ['not', ['or', [['matches', 'visit:source', ['a', 'b**', '(']]]]],
    ],
    'filters[1][1][1][0][2][1]',
  ],
  [[['matches', 'event:page', [String.raw`(a)\1`]]], 'filters[0][2][0]'],
  [[['matches', 'event:page', [')'], INSENSITIVE]], 'filters[0][2][0]'],
  [[['matches', 'event:page', ['*']]], 'filters[0][2][0]'],
  [[['matches', 'event:page', [String.raw`\p{Nothing}`]]], 'filters[0][2][0]'],
  [[['matches', 'event:page', ['(?<!a)b']]], 'filters[0][2][0]'],
  [[['matches', 'event:page', [String.raw`\8`]]], 'filters[0][2][0]'],
  [[['matches', 'event:page', ['z-a', '[z-a]']]], 'filters[0][2][1]'],
  [[['matches', 'event:page', ['a\\']]], 'filters[0][2][0]'],
  [[['matches', 'event:page', ['\\']]], 'filters[0][2][0]'],
])('no pattern: %j at %s', async (filters, field) => {
  await expect(async () => ask(filters)).rejects.toMatchObject({ name: 'FieldError', field, code: 'not_a_pattern' });
});
