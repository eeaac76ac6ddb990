import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStage, paper, SHOP, STATS, type Stage, soon, tag } from './testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

/** Events so far, without their ages. */
const events = () => stage.items().flatMap((item) => (item.k === 'event' ? [[item.n, item.p, item.$]] : []));

/** Keeps the page where it is, whatever is clicked. */
const STAY = `<script>
  for (const type of ['click', 'auxclick', 'submit'])
    addEventListener(type, (event) => { if (type === 'submit' || event.composedPath().some(({ href }) => href)) event.preventDefault(); });
</script>`;

const open = async (body: string, attributes?: string): Promise<Page> => {
  stage.papers.set(`${SHOP}/`, { html: paper(body + STAY, tag(attributes)) });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view']);
  return page;
};

const out = (url: string) => ['Outbound link', { url }, undefined];
const file = (url: string) => ['File download', { url }, undefined];
const form = (name: string, path: string) => ['Form submission', { form: name, path }, undefined];

describe('links', () => {
  const cases: [name: string, body: string, expected: unknown[][]][] = [
    ['to another host', '<a href="https://else.example/a/b?token=1#part">go</a>', [out('https://else.example/a/b')]],
    ['to a subdomain', '<a href="http://blog.shop.example/">go</a>', [out('http://blog.shop.example/')]],
    ['to the same host', '<a href="/about">go</a>', []],
    ['to an anchor', '<a href="#part">go</a>', []],
    ['by mail', '<a href="mailto:ann@shop.example">go</a>', []],
    ['by telephone', '<a href="tel:+4930123456">go</a>', []],
    ['that is a script', '<a href="javascript:void 0">go</a>', []],
    ['that leads nowhere', '<a>go</a>', []],
    ['around something', '<a href="https://else.example/"><b><i>go</i></b></a>', [out('https://else.example/')]],
    ['to a file', '<a href="/files/Report.PDF?v=2">go</a>', [file(`${SHOP}/files/Report.PDF`)]],
    ['to a page named as a program', '<a href="/wiki/Node.js">go</a>', []],
    ['that says it is a file', '<a href="/invoice" download>go</a>', [file(`${SHOP}/invoice`)]],
    [
      'to a file elsewhere',
      '<a href="https://else.example/a.tar.gz">go</a>',
      [file('https://else.example/a.tar.gz'), out('https://else.example/a.tar.gz')],
    ],
    [
      'that another script stops',
      '<a href="https://else.example/" onclick="event.stopImmediatePropagation(); return false">go</a>',
      [out('https://else.example/')],
    ],
    ['in a form with a field of that name', '<form><input name="hostname"><b>go</b></form>', []],
  ];
  test.each(cases)('%s', async (_, body, expected) => {
    const page = await open(body);
    await page.evaluate('document.querySelector("body *:not(script):not(form):not(input)").click()');
    await stage.settle(page);
    expect(events().sort()).toEqual(expected.sort());
  });

  test('clicked with the middle button, not with the right one', async () => {
    const page = await open(
      '<a id="one" href="https://one.example/">1</a> <a id="two" href="https://two.example/">2</a>',
    );
    await page.click('#one', { button: 'middle' });
    await page.click('#two', { button: 'right' });
    await stage.settle(page);
    expect(events()).toEqual([out('https://one.example/')]);
  });

  test('in a shadow root, and around one', async () => {
    const page = await open('<p id="host"></p><a href="https://around.example/"><span id="inner"></span></a>');
    await page.evaluate(`
      host.attachShadow({ mode: 'open' }).innerHTML = '<a href="https://within.example/">go</a>';
      inner.attachShadow({ mode: 'open' }).innerHTML = '<i>go</i>';
      host.shadowRoot.querySelector('a').click();
      inner.shadowRoot.querySelector('i').click();
    `);
    await stage.settle(page);
    expect(events()).toEqual([out('https://within.example/'), out('https://around.example/')]);
  });

  test('arrive though the page is left at once', async () => {
    stage.papers.set(`${SHOP}/`, { html: paper(`<a href="${STATS}/elsewhere">go</a>`) });
    stage.papers.set(`${STATS}/elsewhere`, { html: '' });
    const page = await stage.tab();
    await page.goto(SHOP);
    await page.click('a');
    await soon(events).toEqual([out(`${STATS}/elsewhere`)]);
  });
});

describe('forms', () => {
  const cases: [name: string, body: string, expected: unknown[][]][] = [
    [
      'by id',
      '<form id="signup" name="other" action="/join?x=1"><input name="email" value="a@b.example">',
      [form('signup', '/join')],
    ],
    ['by name', '<form name="search" action="https://else.example/find"><input name="q">', [form('search', '/find')]],
    ['without either', '<form>', [form('', '/')]],
    [
      'with fields of those names',
      '<form id="pay" action="/pay"><input name="id"><input name="action"><input name="name">',
      [form('pay', '/pay')],
    ],
    ['by mail', '<form action="mailto:ann@shop.example">', [form('', '')]],
    ['that is not complete', '<form><input required>', []],
  ];
  test.each(cases)('%s', async (_, body, expected) => {
    const page = await open(`${body}<button>Send</button></form>`);
    await page.click('button');
    await stage.settle(page);
    expect(events()).toEqual(expected);
  });
});

describe('elements that say what they stand for', () => {
  const cases: [name: string, body: string, expected: unknown[][]][] = [
    ['a name', '<button data-passerby-event="Signup">go</button>', [['Signup', {}, undefined]]],
    [
      'properties, and nothing else of the element',
      '<button id="x" data-other="1" data-passerby-event="Signup" data-passerby-plan="pro" data-passerby-plan-name="Pro 2">go</button>',
      [['Signup', { plan: 'pro', 'plan-name': 'Pro 2' }, undefined]],
    ],
    [
      'revenue',
      '<button data-passerby-event="Buy" data-passerby-revenue="12.50 EUR">go</button>',
      [['Buy', {}, '12.50 EUR']],
    ],
    [
      'a price, whatever it says',
      '<button data-passerby-event="Buy" data-passerby-revenue="a lot">go</button>',
      [['Buy', {}, 'a lot']],
    ],
    [
      'the nearest one',
      '<div data-passerby-event="Outer"><p data-passerby-event="Inner" data-passerby-a="1"><button>go</button></p></div>',
      [['Inner', { a: '1' }, undefined]],
    ],
    ['properties without a name', '<button data-passerby-plan="pro">go</button>', []],
    [
      'a form that is sent, not its fields',
      '<form id="f" data-passerby-event="Subscribe" data-passerby-list="news"><input name="email" value="a@b.example"><button>go</button></form>',
      [['Subscribe', { list: 'news' }, undefined], form('f', '/')],
    ],
  ];
  test.each(cases)('%s', async (_, body, expected) => {
    const page = await open(body);
    await page.click('button');
    await stage.settle(page);
    expect(events()).toEqual(expected);
  });

  test('a click in a form that does not send it', async () => {
    const page = await open('<form data-passerby-event="Subscribe"><p>text</p></form>');
    await page.click('p');
    await stage.settle(page);
    expect(events()).toEqual([]);
  });
});

describe('data-auto', () => {
  const BODY = `<a href="https://else.example/a.zip">go</a><form id="f"><button data-passerby-event="Own">send</button></form>`;
  test.each([
    ['data-auto="outbound"', ['Outbound link', 'Own']],
    ['data-auto="downloads"', ['File download', 'Own']],
    ['data-auto="forms"', ['Own', 'Form submission']],
    ['data-auto="forms,outbound"', ['Outbound link', 'Own', 'Form submission']],
    ['data-auto=""', ['Own']],
  ])('%s', async (attributes, expected) => {
    const page = await open(BODY, attributes);
    await page.click('a');
    await page.click('button');
    await stage.settle(page);
    expect(events().map(([name]) => name)).toEqual(expected);
  });
});

describe('404', () => {
  test.each([
    [404, 'data-auto="404"', [['404', { path: '/gone' }, undefined]]],
    [404, '', []],
    [200, 'data-auto="404"', []],
    [500, 'data-auto="404"', []],
  ])('status %i with %s', async (status, attributes, expected) => {
    stage.papers.set(`${SHOP}/gone`, { html: paper('', tag(attributes)), status });
    const page = await stage.page();
    await page.goto(`${SHOP}/gone?x=1`);
    await stage.settle(page);
    expect(events()).toEqual(expected);
  });
});
