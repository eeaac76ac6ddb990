import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { below } from './base-path.ts';

/** What a request for a target becomes: the target that is listened to, or where it is sent. */
const led = (base: string, url: string): string => {
  let said = '';
  const request = { url } as IncomingMessage;
  const response = {
    writeHead: (status: number, { location }: { location: string }) => {
      said = `${status} ${location}`;
      return { end: () => {} };
    },
  } as unknown as ServerResponse;
  below(base, (heard) => {
    said = heard.url ?? '';
  })(request, response);
  return said;
};

it.each([
  ['/stats/', '/'],
  ['/stats/api/status?x=/stats/', '/api/status?x=/stats/'],
  ['/stats/p.js', '/p.js'],
  ['/stats/stats/in', '/stats/in'],
  ['/stats//in', '//in'],
  ['/stats/%2e%2e/in', '/%2e%2e/in'],
  ['/stats/../in', '/../in'],
  ['http://example.com/stats/in?q', 'http://example.com/in?q'],
  ['/stats', '302 /stats/'],
  ['/stats?token=a', '302 /stats/?token=a'],
  ['http://evil.example/stats', '302 /stats/'],
  // As they came: without the prefix, or of somebody else.
  ['/', '/'],
  ['/in', '/in'],
  ['/statistics', '/statistics'],
  ['/Stats/in', '/Stats/in'],
  ['//stats/in', '//stats/in'],
  ['/%73tats/in', '/%73tats/in'],
  ['/a/stats/in', '/a/stats/in'],
  ['*', '*'],
  ['', ''],
])('below /stats, %s is %s', (target, becomes) => {
  expect(led('/stats', target)).toBe(becomes);
});

it('without a base, nothing is changed', () => {
  for (const target of ['/', '', '//x', '/stats/']) expect(led('', target)).toBe(target);
});

it('a base may have several parts', () => {
  expect([led('/a/b', '/a/b/in'), led('/a/b', '/a/b'), led('/a/b', '/a/in')]).toEqual(['/in', '302 /a/b/', '/a/in']);
});
