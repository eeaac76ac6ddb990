import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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
const lines = () => stage.items().flatMap((item): [unknown, string][] => (item.k === 'log' ? [[item.l, item.m]] : []));

test.each([
  ['', []],
  ['data-console="error"', [['error', 'no 1 Error: broken\n    at …']]],
  [
    'data-console="warn"',
    [
      ['warn', 'slow'],
      ['error', 'no 1 Error: broken\n    at …'],
    ],
  ],
])('%s', async (attributes, expected) => {
  const { page, written } = await open(attributes);
  await page.evaluate(`console.log('x'); console.warn('slow'); console.error('no', 1, new Error('broken'))`);
  await stage.settle(page);
  expect(lines().map(([level, text]) => [level, text?.replace(/( {4}at .*\n?)+/, '    at …')])).toEqual(expected);
  // It is written all the same.
  expect(written.map((line) => line.split('\n')[0])).toEqual([
    'log: x',
    'warning: slow',
    expect.stringMatching(/^error: no 1 Error: broken/),
  ]);
});

describe('the line is what the console makes of its arguments', () => {
  const cases: [given: string, expected: string][] = [
    ['"upload"', 'upload'],
    ['"%s failed after %d ms", "upload", 300', 'upload failed after 300 ms'],
    ['"%d %i %f", "42px", 3.7, "3.7px"', '42 3 3.7'],
    ['"%d %f", Symbol("x"), {}', 'NaN NaN'],
    ['"%cWarning", "color:red", "x"', 'Warning x'],
    ['"%c%s%c!", "a", "x", "b"', 'x!'],
    ['"%o and %O", { code: 1, card: "4111" }, [1, 2]', 'Object {code,card} code: 1 and 1,2'],
    ['"100% of %s", "it"', '100% of it'],
    ['"%s of %s", "one"', 'one of %s'],
    ['"%s"', '%s'],
    ['"%z %5d", 1', '%z %5d 1'],
    ['"%s", "%s", "x"', '%s x'],
    ['"%s", "$&"', '$&'],
    ['"a", "%s", "b"', 'a %s b'],
    ['1, "%s", "b"', '1 %s b'],
    ['undefined, null', 'undefined null'],
    ['"a", undefined', 'a undefined'],
    ['"%s", undefined', 'undefined'],
    ['Symbol("x")', 'Symbol(x)'],
    ['{ code: 1 }', 'Object {code} code: 1'],
    ['Object.create(null)', 'Object {}'],
    ['"state", { items: 3, user: { name: "Ann" } }', 'state Object {items,user}'],
    ['[1, "b"], true', '1,b true'],
    ['new Proxy({}, { get() { throw 1 }, has() { throw 1 }, ownKeys() { throw 1 } })', '[object Object]'],
    ['document.body', 'HTMLBodyElement {}'],
  ];
  test.each(cases)('%s', async (given, expected) => {
    const { page, written } = await open('data-console="error"');
    await page.evaluate(`console.error(${given}); console.error('after')`);
    await stage.settle(page);
    expect(lines()).toEqual([
      ['error', expected],
      ['error', 'after'],
    ]);
    expect(written).toHaveLength(2);
  });
});

test('an empty call is an empty line', async () => {
  const { page } = await open('data-console="error"');
  await page.evaluate('console.error(); console.error("after")');
  await stage.settle(page);
  expect(lines()).toEqual([
    ['error', ''],
    ['error', 'after'],
  ]);
});

test('errors keep their stack, wherever they stand', async () => {
  const { page } = await open('data-console="error"');
  await page.evaluate(`
    const error = new TypeError('bad', { cause: { code: 5 } });
    console.error('save failed', error, 'twice');
    console.error('%s!', error);
    console.error(error)`);
  await stage.settle(page);
  const told = 'TypeError: bad\n    at …\nCaused by: Object {code} code: 5';
  expect(lines().map(([, text]) => text?.replace(/( {4}at .*\n)+/g, '    at …\n'))).toEqual([
    `save failed ${told} twice`,
    `${told}!`,
    told,
  ]);
});

test.each([
  ['false, "x"', ['Assertion failed: x']],
  ['0, "%s is %d", "x", 5', ['Assertion failed: x is 5']],
  ['null', ['Assertion failed: ']],
  ['false, { code: 1 }', ['Assertion failed: Object {code} code: 1']],
  ['true, "x"', []],
  ['"yes"', []],
])('console.assert(%s)', async (given, expected) => {
  const { page, written } = await open('data-console="error"');
  await page.evaluate(`console.assert(${given})`);
  await stage.settle(page);
  expect(lines()).toEqual(expected.map((text) => ['error', text]));
  expect(written).toHaveLength(expected.length);
});

test('what writes to the console while it is told makes no further line', async () => {
  const { page, written } = await open('data-console="warn"');
  await page.evaluate(`
    const loud = { get message() { console.warn('told'); console.error(loud); return 'loud' } };
    console.error('it is', loud);
    console.warn('after')`);
  await stage.settle(page);
  expect(lines()).toEqual([
    ['error', 'it is Object {message} message: loud'],
    ['warn', 'after'],
  ]);
  expect(written).toHaveLength(4);
});

test('an end ends it, and a start after it makes one line of each', async () => {
  const { page } = await open('data-console="error"');
  await page.evaluate(`passerby.stop(); console.error('unheard')`);
  await page.evaluate(`new Promise((done) => {
    const again = document.createElement('script');
    Object.assign(again.dataset, document.querySelector('script').dataset);
    again.src = document.querySelector('script').src;
    again.onload = done;
    document.head.append(again);
  })`);
  await page.evaluate(`console.error('heard')`);
  await stage.settle(page);
  expect(lines()).toEqual([['error', 'heard']]);
});

test('a console that cannot be watched is left alone', async () => {
  stage.papers.set(`${SHOP}/`, {
    html: paper('', `<script>Object.freeze(console)</script>${fullTag('data-console="error"')}`),
  });
  const page = await stage.tab();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  await page.evaluate(`console.error('unheard'); passerby.log('info', 'heard')`);
  await stage.settle(page);
  expect(lines()).toEqual([['info', 'heard']]);
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
