import { expect, it } from 'vitest';
import type { AnonymousBeacon } from '../beacon.ts';
import { anonymous, event, t, view } from '../visits/testing.ts';
import { createFoldValues } from './fold-values.ts';
import { SiteDays } from './site-days.ts';
import { VALUE_LIMITS, ValueCardinality, type ValueLimits } from './value-cardinality.ts';

const AT = t('2026-03-10T12:00:00');
const first = (limits: Partial<ValueLimits>) =>
  createFoldValues(new SiteDays(new ValueCardinality({ ...VALUE_LIMITS, ...limits })));

/** A change of a beacon by which there is one value too many of a kind, and what then stands there. */
const CASES: readonly [Partial<ValueLimits>, Partial<AnonymousBeacon>, Partial<AnonymousBeacon>, number][] = [
  [
    { page: 1 },
    { page: { hostname: 'example.com', path: '/b', title: 'Title' } },
    { page: { hostname: 'example.com', path: '(other)', title: 'Title' } },
    2,
  ],
  [
    { title: 1 },
    { page: { hostname: 'example.com', path: '/', title: 'New' } },
    { page: { hostname: 'example.com', path: '/', title: '(other)' } },
    2,
  ],
  [
    { hostname: 1 },
    { page: { hostname: 'b.example', path: '/', title: 'Title' } },
    { page: { hostname: '(other)', path: '/', title: 'Title' } },
    2,
  ],
  [
    { source: 1 },
    { origin: { ...anonymous(AT).origin, source: 'B' } },
    { origin: { ...anonymous(AT).origin, source: '(other)' } },
    2,
  ],
  [
    { city: 0 },
    { client: { ...anonymous(AT).client, city: 'DE: B' } },
    { client: { ...anonymous(AT).client, city: '(other)' } },
    2,
  ],
  [{ property: 0 }, { props: { a: '1', b: '' } }, { props: { a: '(other)', b: '' } }, 2],
  [{ propertyName: 0 }, { props: { a: '1', b: '2' } }, { props: { '(other)': '(other)' } }, 2],
  [
    { event: 1 },
    { items: [view(AT), event(AT, 'a'), event(AT, 'b')] },
    { items: [view(AT), event(AT, 'a'), event(AT, '(other)')] },
    1,
  ],
  [
    { mail: 0 },
    { items: [{ kind: 'open', at: AT, name: 'May' }] },
    { items: [{ kind: 'open', at: AT, name: '(other)' }] },
    1,
  ],
  [
    { property: 0 },
    { items: [{ ...event(AT), props: { __proto__x: '1' } }] },
    { items: [{ ...event(AT), props: { __proto__x: '(other)' } }] },
    1,
  ],
];

it.each(CASES)('%j: %j becomes %j', (limits, change, folded, other) => {
  const fold = first(limits);
  const before = anonymous(AT);
  expect(fold(before)).toBe(before);
  const beacon = { ...before, items: [view(AT), view(AT)], ...change };
  const { items, ...rest } = fold(beacon);
  expect({ ...rest, items: items.map(({ mended: _, ...item }) => item) }).toEqual({ ...beacon, ...folded });
  expect(items.filter(({ mended }) => mended?.includes('other'))).toHaveLength(other);
});

it('folds the value of a property that is called like something of JavaScript', () => {
  const props = JSON.parse('{"__proto__":"1","constructor":"2"}') as Record<string, string>;
  const { props: folded } = first({ property: 0 })({ ...anonymous(AT), props });
  expect(JSON.stringify(folded)).toBe('{"__proto__":"(other)","constructor":"(other)"}');
});
