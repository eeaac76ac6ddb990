import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRows } from '../support/rows.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
  await collector.api('POST', '/api/sites', { domain: 'example.com' });
  await collector.api('PATCH', '/api/sites/example.com', { queryParameters: ['q', '__proto__'] });
});
afterAll(() => collector.stop());

/** Parts of addresses that somebody would try. */
const piece = fc.oneof(
  fc.constantFrom('s=', '&u=', '&o=', '&t=', '&r=', 'example.com', 'https://example.com/?q=', '%00', '%', '%ff', '+'),
  fc.constantFrom('__proto__', '[', '#', '?', '=', '&&', '%0d%0apasserby:x', 'javascript:', '//', '%ed%a0%80'),
  fc.stringMatching(/^[!-~]{0,30}$/),
);
const query = fc.array(piece, { maxLength: 20 }).map((pieces) => `?s=example.com&${pieces.join('')}`);

test('whatever the address of the image says, it is the image, and what is counted can be stored', async () => {
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(query, fc.webUrl(), async (asked, referer) => {
      const response = await collector.request(`/in.gif${asked}`, {
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', referer },
      });
      expect([response.status, response.headers.get('content-length')]).toEqual([200, '43']);
      expect(response.headers.get('passerby')).toMatch(/^[a-z]+=\d+$/);
      if (
        response.headers.get('passerby') === 'counted=1' &&
        !new URL(asked, 'http://collector/').searchParams.has('o')
      )
        counted += 1;
    }),
    { numRuns: 500 },
  );
  await collector.flush();
  expect(counted).toBeGreaterThan(50);
  expect(await countRows(collector.store, 'hits')).toBe(counted);
  expect(collector.logged()).toBe('');
});
