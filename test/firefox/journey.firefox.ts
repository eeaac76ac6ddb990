import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CountedWeb, startCountedWeb } from '../support/counted.ts';
import { type Firefox, findFirefox, launchFirefox } from './firefox.ts';
import { ELSEWHERE, elsewhere, SITE, shop } from './site.ts';

const PATIENCE_MS = 10_000;

describe('a visit by Firefox', () => {
  let web: CountedWeb;
  let firefox: Firefox;
  const hits: string[] = [];
  beforeAll(async () => {
    web = await startCountedWeb({ [SITE]: shop, [ELSEWHERE]: elsewhere });
    firefox = await launchFirefox(findFirefox() ?? '', web.proxy);
  });
  afterAll(async () => {
    await firefox?.quit();
    await web?.stop();
  });

  /** Waits until exactly this has been counted, beside what was before. */
  const counts = (...more: readonly string[]): Promise<void> => {
    hits.push(...more);
    return expect.poll(() => web.hits(SITE), { timeout: PATIENCE_MS }).toEqual([...hits].sort());
  };

  test('begins with a view', async () => {
    await firefox.go(`http://${SITE}/`);
    await counts('view /');
  });

  test('goes on with a change of the address', async () => {
    await firefox.click('#next');
    await counts('view /checkout');
  });

  test('has an event with a property and revenue', async () => {
    await firefox.click('#buy');
    await counts('event /checkout Buy {"plan":"pro"} 12.5 EUR');
  });

  test('has an error, with a stack that says where', async () => {
    await firefox.click('#fail');
    await counts('error /checkout');
    const [problem] = await web.collector.store.query<{ message: string; stack: string; release: string }>(
      'SELECT message, stack, release FROM logs',
    );
    expect(problem).toEqual({
      message: `TypeError: can't access property "cart" of null`,
      stack: expect.stringMatching(/^checkOut@.*\/app\.js:\d+:\d+/),
      release: '7',
    });
  });

  test('has a download', async () => {
    await firefox.click('#file');
    await counts('event /checkout File download {"url":"http://shop.example/prices.zip"}');
  });

  test('has a form, sent from a page that goes away', async () => {
    await firefox.click('#find');
    await counts('event /checkout Form submission {"form":"search","path":"/found"}', 'view /found');
  });

  test('ends with an outbound link, and with how long its pages were seen', async () => {
    await firefox.click('#out');
    await counts('event /found Outbound link {"url":"http://elsewhere.example/there"}');
    await expect.poll(() => web.engaged(SITE), { timeout: PATIENCE_MS }).toEqual(['/', '/checkout', '/found']);
  });

  test('is one visit, of a Firefox', async () => {
    expect(await web.visits(SITE)).toBe(1);
    expect(await web.collector.store.query('SELECT DISTINCT browser, device FROM hits')).toEqual([
      { browser: 'Firefox', device: 'Desktop' },
    ]);
  });

  test('keeps nothing on the device', async () => {
    await firefox.go(`http://${SITE}/`);
    await counts('view /');
    const kept = '[document.cookie, localStorage.length, sessionStorage.length].join()';
    expect(await firefox.evaluate(kept)).toBe(',0,0');
  });
});
