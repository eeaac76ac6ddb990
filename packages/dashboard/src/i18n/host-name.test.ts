import { domainToASCII } from 'node:url';
import { expect, it } from 'vitest';
import { hostIn, shownHost } from './host-name.ts';

it.each([
  ['example.com', 'example.com'],
  ['xn--bcher-kva.example', 'bücher.example'],
  ['shop.xn--bcher-kva.example/xn--bcher-kva', 'shop.bücher.example/xn--bcher-kva'],
  ['xn--e1aybc.xn--p1ai', 'тест.рф'],
  ['xn--fsqu00a.xn--0zwm56d', '例子.测试'],
  ['xn--pypal-4ve.com', 'xn--pypal-4ve.com'],
  ['xn--80ak6aa92e.com', 'xn--80ak6aa92e.com'],
  ['xn--i-7iq.ws', 'xn--i-7iq.ws'],
  ['xn--.example', 'xn--.example'],
  ['xn--ü.example', 'xn--ü.example'],
  ['xn--99999999999.example', 'xn--99999999999.example'],
  ['*.xn--bcher-kva.example', '*.bücher.example'],
  ['Hacker News', 'Hacker News'],
  ['/xn--bcher-kva', '/xn--bcher-kva'],
])('%s is shown as %s', (host, shown) => {
  expect(shownHost(host)).toBe(shown);
});

it.each([
  'ünïcödé',
  'straßenfest',
  'ελληνικό',
  'пример',
  'česko-je-krásné',
  'ひらがなとカタカナ',
  '한국어',
  'ไทย',
  'مثال',
  'a1ö2b3',
])('reads %s as it was written', (word) => {
  expect(shownHost(`${domainToASCII(`${word}.example`)}/x`)).toBe(`${word}.example/x`);
});

it.each([
  [' https://Example.com/shop?a#b ', 'Example.com'],
  ['example.com:8080', 'example.com'],
  ['example.com.', 'example.com'],
  ['bücher.example', 'bücher.example'],
])('%j has the host %s', (written, host) => {
  expect(hostIn(written)).toBe(host);
});
