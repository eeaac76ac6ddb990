/** What docs/api.md tells people to paste into their tools is asked as it stands there. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const HOST = 'https://stats.example.com';

/** Addresses of the blocks of code, those of `curl -G` put together as it does. */
const addressesOf = (document: string): string[] =>
  [...document.matchAll(/```(?:sh|text)\n([\s\S]*?)```/g)].flatMap(([, code = '']) => {
    const [address] = /https:\/\/stats\.example\.com\/api\/query(?:\.csv)?(?:\?[^\s"]+)?(?=["\s]|$)/.exec(code) ?? [];
    if (address === undefined || code.includes(' -d ')) return [];
    const data = [...code.matchAll(/--data-urlencode "([^"=]+)=([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    return [data.length === 0 ? address : `${address}?${new URLSearchParams(data)}`];
  });

const ADDRESSES = addressesOf(readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8'));

let collector: TestCollector;
let token: string;
beforeAll(async () => {
  collector = await startTestCollector();
  await collector.api('POST', '/api/sites', { domain: 'example.com' });
  await collector.send({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] });
  await collector.flush();
  const made = await collector.api('POST', '/api/tokens', { name: 'sheet', scope: 'read', sites: ['example.com'] });
  ({ token } = (await made.json()) as { token: string });
});
afterAll(() => collector.stop());

test('there are recipes', () => {
  expect(ADDRESSES).toHaveLength(6);
});

test.each(ADDRESSES)('%s', async (address) => {
  const hasToken = address.includes('token=TOKEN');
  const response = await collector.request(address.replace(HOST, '').replace('TOKEN', token), {
    headers: hasToken ? {} : { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  const isCsv = address.includes('query.csv');
  expect(response.headers.get('content-type')).toContain(isCsv ? 'text/csv' : 'application/json');
  const text = await response.text();
  if (isCsv) expect(text).toMatch(/^[a-z_:]+(,[a-z_]+)+\r\n/);
  else expect(JSON.parse(text)).toHaveProperty('results[0].dimensions[0]');
});
