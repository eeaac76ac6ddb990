import { describe, expect, it, test } from 'vitest';
import { lineOf } from '../../store/lines.ts';
import type { Hit, VisitedBeacon } from '../beacon.ts';
import { type Sent, startVisits } from '../visits/testing.ts';
import { MOST_PROPS_BYTES, MOST_TEXT_BYTES } from './row-budget.ts';

const AT = Date.parse('2026-03-10T12:00:00Z');
const MOST_BYTES = MOST_TEXT_BYTES + MOST_PROPS_BYTES + 100 * 600;

const words = (length: number): string => '测试'.repeat(length / 2);
const longProps = (count = 30, length = 500): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, words(length)]));
const items = (make: (i: number) => Hit, count = 100): Hit[] => Array.from({ length: count }, (_, i) => make(i));
const view = (): Hit => ({ kind: 'view', at: AT });
const event = (i: number, props = {}): Hit => ({ kind: 'event', at: AT, name: `e${i}`, props });
const error = (): Hit => ({ kind: 'error', at: AT, message: words(4096), stack: words(16_384) });

const send = (sent: Sent): VisitedBeacon => startVisits().sendUndoably(AT, sent);
const bytesOf = ({ rows }: VisitedBeacon): number => Buffer.byteLength(rows.map(lineOf).join(''));

describe('whatever a beacon says, its rows are bounded, and each item is told', () => {
  test.each<[string, Sent]>([
    ['views with all properties', { props: longProps(), items: items(view) }],
    ['events with all properties', { props: longProps(), items: items((i) => event(i)) }],
    ['events with their own', { items: items((i) => event(i, longProps(30, 20))) }],
    ['a long page', { page: `/${'a'.repeat(1999)}`, source: words(252), items: items(view) }],
    ['errors', { items: items(error) }],
    [
      'quotes',
      { items: items(() => ({ kind: 'log', at: AT, severity: 'info', message: '"'.repeat(4096), props: {} })) },
    ],
    [
      'a mix',
      {
        props: longProps(),
        page: `/${'a'.repeat(1999)}`,
        items: items((i) => [view(), event(i), error()][i % 3] ?? view()),
      },
    ],
  ])('%s', (_, sent) => {
    const visited = send(sent);
    expect(bytesOf(visited)).toBeLessThan(MOST_BYTES);
    expect(visited.rows.length + (visited.left.size ?? 0)).toBe(100);
    expect(visited.rows.length).toBeGreaterThan(5);
  });
});

it('gives the properties of the page to the first views and events, and counts the others without them', () => {
  const { rows, left } = send({ props: longProps(), items: items(view) });
  expect(rows.map(({ props }) => Object.keys(props).length)).toEqual(rows.map((_, i) => (i === 0 ? 30 : 0)));
  expect([rows.length, left]).toEqual([100, {}]);
});

it('takes nothing from what a page sends', () => {
  const props = { author: 'Ann Example', section: 'news', words: '1200', tags: 'a,b,c', paid: 'false' };
  const { rows, left } = send({ page: `/${'a'.repeat(300)}`, props, items: items((i) => event(i, { plan: 'pro' })) });
  expect([rows.length, left]).toEqual([100, {}]);
  for (const row of rows) expect(row.props).toEqual({ ...props, plan: 'pro' });
  expect(
    send({ items: items(() => ({ kind: 'error', at: AT, message: words(4096), stack: words(4096) }), 15) }).left,
  ).toEqual({});
});

it('lets what does not fit change nothing, and takes what fits behind it', () => {
  const visits = startVisits();
  const sent = [...items(error, 8), event(1), ...items(error, 3), view()];
  const { rows, left } = visits.sendUndoably(AT, { items: sent });
  expect(left).toEqual({ size: 4 });
  expect(rows.map(({ kind }) => kind)).toEqual([...items(error, 7).map(() => 'error'), 'event', 'view']);
  expect(rows.map(({ step }) => step).slice(-2)).toEqual([1, 2]);
});
