import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostIn } from '../../packages/dashboard/src/i18n/host-name.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.stop());

/** Asks for a site as the dashboard does, of what somebody pasted. */
const add = async (pasted: string): Promise<[number, Record<string, unknown>]> => {
  const response = await collector.api('POST', '/api/sites', { domain: hostIn(pasted) });
  return [response.status, (await response.json()) as Record<string, unknown>];
};

test.each([
  ['https://a01.example', 'a01.example'],
  ['HTTP://A02.Example', 'a02.example'],
  ['//a03.example/', 'a03.example'],
  ['a04.example:8443', 'a04.example'],
  ['https://www.a05.example:443/shop/?utm_source=x#top', 'www.a05.example'],
  ['a06.example.', 'a06.example'],
  ['https://a07.example.:8080/', 'a07.example'],
  ['  a08.example\n', 'a08.example'],
  ['https://Bücher09.example/größe', 'xn--bcher09-n2a.example'],
  ['https://xn--bcher-kva.example/', 'xn--bcher-kva.example'],
  ['ftp://a10.example/file', 'a10.example'],
  ['localhost:3000', 'localhost'],
  ['https://192.0.2.7/', '192.0.2.7'],
  ['a11.example?a=b', 'a11.example'],
  ['view-source://a12.example', 'a12.example'],
])('%j is the site %s', async (pasted, domain) => {
  expect(await add(pasted)).toMatchObject([201, { domain }]);
});

test.each([
  'https://jane@b01.example/',
  'https://jane:secret@b02.example/',
  'mailto:jane@b03.example',
  '"b04.example"',
  '<b05.example>',
  'b06 .example',
  'https://',
  'https:b07.example',
  'javascript:alert(1)',
  '[2001:db8::1]',
  'https://[2001:db8::1]:8080/',
  'b08..example',
  '-b09.example',
  'b10.example, b11.example',
  'b12.example:port',
])('%j is refused as no domain', async (pasted) => {
  expect(await add(pasted)).toMatchObject([400, { error: { code: 'not_a_domain', field: 'domain' } }]);
});
