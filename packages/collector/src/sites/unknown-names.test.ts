import { expect, it } from 'vitest';
import { nearNames } from './near-names.ts';
import { site as siteShape } from './site.ts';
import { UnknownNameCounter } from './unknown-names.ts';

const AT = Date.parse('2026-03-02T10:00:00Z');
const DAY = 24 * 60 * 60_000;
const nobody = () => false;

it('counts names in one spelling, the most frequent first', () => {
  const counter = new UnknownNameCounter();
  for (const name of ['a.example', 'B.example', ' https://b.example:80/x ', 'bücher.example']) counter.note(name, AT);
  expect(counter.list(AT, nobody)).toEqual({
    names: [
      { name: 'b.example', count: 2, last: AT / 1000 },
      { name: 'a.example', count: 1, last: AT / 1000 },
      { name: 'xn--bcher-kva.example', count: 1, last: AT / 1000 },
    ],
    other: 0,
  });
  expect(counter.total).toBe(4);
});

it.each([
  'jane@example.com',
  'Jane Doe, 12 High Street',
  '203.0.113.7',
  '[2001:db8::7]',
  '',
  '<script>',
  'a'.repeat(64),
  `${'a.'.repeat(50)}example`,
  '4111111111111111',
  '3405803853',
  '0xcb00714d',
  'sk-live-0123456789abcdef0123456789abcdef',
])('counts %j without keeping it', (name) => {
  const counter = new UnknownNameCounter();
  counter.note(name, AT);
  expect(counter.list(AT, nobody)).toEqual({ names: [], other: 1 });
});

it('keeps the names that are used, however many are invented', () => {
  const counter = new UnknownNameCounter();
  for (let i = 0; i < 2000; i++) {
    counter.note(`n${i}.example`, AT + i);
    if (i % 100 === 0) counter.note('exmaple.com', AT + i);
  }
  const { names, other } = counter.list(AT + 2000, nobody);
  expect([names.length, names[0]?.name, names[0]?.count]).toEqual([300, 'exmaple.com', 20]);
  expect(names.reduce((sum, { count }) => sum + count, other)).toBe(2020);
});

it('lets go of what nobody uses any more, and of what became a site', () => {
  const counter = new UnknownNameCounter();
  counter.note('old.example', AT);
  counter.note('new.example', AT + 7 * DAY);
  counter.note('site.example', AT + 7 * DAY);
  const names = (at: number) => counter.list(at, (name) => name === 'site.example').names.map(({ name }) => name);
  expect(names(AT + 7 * DAY)).toEqual(['new.example', 'old.example']);
  expect(names(AT + 7 * DAY + 1)).toEqual(['new.example']);
});

const SITE = siteShape.parse({
  id: 's',
  domain: 'example.com',
  aliases: ['shop.example.co.uk', 'kiosk'],
  name: 's',
  timezone: 'UTC',
  created: '2026-03-01T00:00:00Z',
});

it.each([
  ['exmaple.com', true],
  ['exampel.com', true],
  ['example.con', true],
  ['examples.com', true],
  ['xample.co', true],
  ['www.exmaple.com', true],
  ['blog.example.com', true],
  ['a.b.example.com', true],
  ['kioks', true],
  ['example.co.uk', true],
  ['eu.shop.example.co.uk', true],
  ['exxxmple.org', false],
  ['other.com', false],
  ['com', false],
  ['co.uk', false],
  ['other.co.uk', false],
  ['kiosk.example', false],
])('%s is near to a site: %s', (name, isNear) => {
  expect(nearNames(SITE, [{ name, count: 1, last: 0 }])).toHaveLength(isNear ? 1 : 0);
});
