import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fullTag, openStage, paper, SHOP, type Stage, soon } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const open = async (attributes: string) => {
  stage.papers.set(`${SHOP}/`, { html: paper('', fullTag(attributes)) });
  const page = await stage.tab();
  const written: string[] = [];
  page.on('console', (message) => written.push(`${message.type()}: ${message.text()}`));
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  return { page, written };
};
const lines = () => stage.items().flatMap((item) => (item.k === 'log' ? [[item.l, item.m]] : []));

test.each([
  ['', []],
  ['data-console="error"', [['error', 'no 1 Error: broken']]],
  [
    'data-console="warn"',
    [
      ['warn', 'slow'],
      ['error', 'no 1 Error: broken'],
    ],
  ],
])('%s', async (attributes, expected) => {
  const { page, written } = await open(attributes);
  await page.evaluate(`console.log('x'); console.warn('slow'); console.error('no', 1, new Error('broken'))`);
  await stage.settle(page);
  expect(lines()).toEqual(expected);
  // It is written all the same.
  expect(written.map((line) => line.split('\n')[0])).toEqual([
    'log: x',
    'warning: slow',
    expect.stringMatching(/^error: no 1 Error: broken/),
  ]);
});

test('what cannot be made a text is written and not reported', async () => {
  const { page, written } = await open('data-console="error"');
  await page.evaluate(`console.error(Object.create(null)); console.error('after')`);
  await stage.settle(page);
  expect(lines()).toEqual([['error', 'after']]);
  expect(written).toHaveLength(2);
});

test('what is written while an item is sent makes no loop', async () => {
  stage.papers.set(`${SHOP}/`, {
    html: paper(
      '',
      `<script>window.passerby = { beforeSend: (item) => { console.error('sending'); return item } }</script>${fullTag('data-console="error"')}`,
    ),
  });
  const page = await stage.tab();
  await page.clock.install();
  await page.goto(SHOP);
  for (let n = 0; n < 150; n++) await page.clock.runFor(1000);
  await stage.sent(page);
  expect(lines().length).toBeGreaterThan(50);
  expect(lines().length).toBeLessThanOrEqual(100);
});
