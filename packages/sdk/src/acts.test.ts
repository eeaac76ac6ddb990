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

/** Clicks what says `go`, or an area, or a part of SVG that refers. An element of SVG has no call for it. */
const CLICK = `[...document.querySelectorAll('body *:not(script)')]
  .findLast((element) => element.textContent === 'go' || /^(area|use)$/i.test(element.tagName))
  .dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }))`;

const open = async (body: string, attributes?: string, sites = 1): Promise<Page> => {
  stage.papers.set(`${SHOP}/`, { html: paper(body + STAY, tag(attributes)) });
  const page = await stage.page();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(Array(sites).fill('view'));
  return page;
};

const out = (url: string) => ['Outbound link', { url }, undefined];
const file = (url: string) => ['File download', { url }, undefined];
const form = (name: string, path: string) => ['Form submission', { form: name, path }, undefined];

describe('links', () => {
  const cases: [name: string, body: string, expected: unknown[][]][] = [
    ['to another host', '<a href="https://else.example/a/b?token=1#part">go</a>', [out('https://else.example/a/b')]],
    ['to a subdomain', '<a href="http://blog.shop.example/">go</a>', []],
    ['to a subdomain of one', '<a href="https://a.blog.shop.example/x">go</a>', []],
    ['to the same host by its longer name', '<a href="http://www.shop.example/">go</a>', []],
    ['to another port', '<a href="http://shop.example:8080/">go</a>', [out('http://shop.example:8080/')]],
    ['to a host that ends like it', '<a href="http://workshop.example/">go</a>', [out('http://workshop.example/')]],
    ['to what it is itself below', '<a href="http://example/">go</a>', [out('http://example/')]],
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
    ['to a file elsewhere', '<a href="https://else.example/a.tar.gz">go</a>', [file('https://else.example/a.tar.gz')]],
    ['to a file of another kind', '<a href="/a.odt">go</a>', [file(`${SHOP}/a.odt`)]],
    ['to a page with a number', '<a href="/v1.2">go</a>', []],
    [
      'within SVG',
      '<svg><a href="https://else.example/svg"><text y="20">go</text></a></svg>',
      [out('https://else.example/svg')],
    ],
    [
      'within SVG of an older kind',
      '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="https://else.example/xlink"><text y="20">go</text></a></svg>',
      [out('https://else.example/xlink')],
    ],
    ['to a file within SVG', '<svg><a href="/a.pdf"><text y="20">go</text></a></svg>', [file(`${SHOP}/a.pdf`)]],
    [
      'around a part of SVG that refers',
      '<a href="https://else.example/"><svg><use href="#x" /></svg></a>',
      [out('https://else.example/')],
    ],
    [
      'that is an area',
      '<map name="m"><area href="https://else.example/area"></map>',
      [out('https://else.example/area')],
    ],
    [
      'in a label of a field',
      '<label><input type="checkbox"><a href="https://else.example/terms">go</a></label>',
      [out('https://else.example/terms')],
    ],
    ['in a form', '<form><p><a href="https://else.example/">go</a></p></form>', [out('https://else.example/')]],
    ['with a user and a password', '<a href="https://ann:secret@else.example/">go</a>', [out('https://else.example/')]],
    [
      'that another script stops',
      '<a href="https://else.example/" onclick="event.stopImmediatePropagation(); return false">go</a>',
      [out('https://else.example/')],
    ],
    ['in a form with a field of that name', '<form><input name="hostname"><b>go</b></form>', []],
  ];
  test.each(cases)('%s', async (_, body, expected) => {
    const page = await open(body);
    await page.evaluate(CLICK);
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
    ['an empty name', '<button data-passerby-event="">go</button>', []],
    [
      'a form that is sent, not its fields',
      '<form id="f" data-passerby-event="Subscribe" data-passerby-list="news"><input name="email" value="a@b.example"><button>go</button></form>',
      [['Subscribe', { list: 'news' }, undefined]],
    ],
  ];
  test.each(cases)('%s', async (_, body, expected) => {
    const page = await open(body);
    await page.click('button');
    await stage.settle(page);
    expect(events()).toEqual(expected);
  });

  test('that it is not interactive, which is no property', async () => {
    const page = await open(
      ['false', 'FALSE', 'true', '', 'no']
        .map((said) => `<button data-passerby-event="${said}" data-passerby-interactive="${said}" data-passerby-a="1">`)
        .map((button) => `${button}x</button>`)
        .concat(
          '<a href="https://else.example/" data-passerby-event="link" data-passerby-interactive="false">x</a>',
          '<form data-passerby-event="form" data-passerby-interactive="false" data-passerby-revenue="1 EUR"><button>x</button></form>',
          '<p data-passerby-interactive="false"><a href="https://else.example/">x</a></p>',
        )
        .join(''),
    );
    for (const element of await page.locator('button, a').all()) await element.click();
    await stage.settle(page);
    const told = stage.items().flatMap((item) => (item.k === 'event' ? [[item.n, item.ni, item.p, item.$]] : []));
    expect(told).toEqual([
      ['false', 1, { a: '1' }, undefined],
      ['FALSE', 1, { a: '1' }, undefined],
      ['true', undefined, { a: '1' }, undefined],
      ['no', undefined, { a: '1' }, undefined],
      ['link', 1, {}, undefined],
      ['form', 1, {}, '1 EUR'],
      ['Outbound link', undefined, { url: 'https://else.example/' }, undefined],
    ]);
  });

  test('a click in a form that does not send it', async () => {
    const page = await open('<form data-passerby-event="Subscribe"><p>text</p></form>');
    await page.click('p');
    await stage.settle(page);
    expect(events()).toEqual([]);
  });
});

describe('one act is one event', () => {
  const own = (name: string) => [name, {}, undefined];
  const cases: [name: string, body: string, does: (page: Page) => Promise<void>, expected: unknown[][]][] = [
    [
      'a tagged link',
      '<a data-passerby-event="Buy" href="https://else.example/a.pdf">go</a>',
      (page) => page.click('a'),
      [own('Buy')],
    ],
    [
      'a link in what is tagged',
      '<div data-passerby-event="Card"><a href="https://else.example/">go</a></div>',
      (page) => page.click('a'),
      [own('Card')],
    ],
    [
      'a tag in a link',
      '<a href="https://else.example/"><b data-passerby-event="Bold">go</b></a>',
      (page) => page.click('b'),
      [own('Bold')],
    ],
    [
      'a file elsewhere',
      '<a href="https://else.example/a.pdf">go</a>',
      (page) => page.click('a'),
      [file('https://else.example/a.pdf')],
    ],
    [
      'a form in what is tagged: filled in, and sent by its button',
      '<div data-passerby-event="Signup"><form><label>Name <input name="n"></label><select><option>1</option></select><textarea></textarea><p>text</p><button>go</button></form></div>',
      async (page) => {
        for (const field of ['label', 'input', 'select', 'textarea', 'p']) await page.click(field);
        await page.click('button');
      },
      [own('Signup')],
    ],
    [
      'sent by a key',
      '<div data-passerby-event="Signup"><form><input name="n"><button>go</button></form></div>',
      (page) => page.press('input', 'Enter'),
      [own('Signup')],
    ],
    [
      'fields in what is tagged, without a form',
      '<div data-passerby-event="Card"><label>Yes <input type="checkbox"></label><input type="text"><select><option>1</option></select><i>text</i></div>',
      async (page) => {
        for (const field of ['label', 'input[type=checkbox]', 'input[type=text]', 'select', 'i'])
          await page.click(field);
      },
      [own('Card')],
    ],
    [
      'a button that is a tagged field',
      '<div data-passerby-event="Card"><input type="button" value="go" data-passerby-event="Go"></div>',
      (page) => page.click('input'),
      [own('Go')],
    ],
    [
      'a tagged label, by its text and not by its field',
      '<label data-passerby-event="Plan"><input type="checkbox"><i>text</i></label>',
      async (page) => {
        await page.click('i');
        await page.click('input');
      },
      [own('Plan')],
    ],
    [
      'a tagged label beside its field',
      '<input type="checkbox" id="c"><label for="c" data-passerby-event="Plan">text</label>',
      async (page) => {
        await page.click('label');
        await page.click('input');
      },
      [own('Plan')],
    ],
    [
      'a tagged field, by its label and by itself',
      '<label><i>text</i><input type="radio" data-passerby-event="Plan"></label>',
      async (page) => {
        await page.click('i');
        await page.click('input');
      },
      [own('Plan'), own('Plan')],
    ],
    [
      'a tagged button that sends a form',
      '<form><input><button data-passerby-event="Order">go</button></form>',
      (page) => page.click('button'),
      [own('Order')],
    ],
    [
      'something tagged around the button that sends a form',
      '<form><input><span data-passerby-event="Order"><button>go</button></span></form>',
      (page) => page.click('button'),
      [own('Order')],
    ],
    [
      'a tagged button by a key',
      '<form><input><button data-passerby-event="Order">go</button></form>',
      (page) => page.press('input', 'Enter'),
      [own('Order')],
    ],
    [
      'a tagged button elsewhere that sends a form',
      '<form id="f"><input></form><button form="f" data-passerby-event="Order">go</button>',
      (page) => page.click('button'),
      [own('Order')],
    ],
    [
      'a form that a program sends',
      '<form id="f" data-passerby-event="Subscribe"></form>',
      (page) => page.evaluate('f.requestSubmit()'),
      [own('Subscribe')],
    ],
    [
      'a tagged form that closes a dialog',
      '<dialog open><form method="dialog" data-passerby-event="Close"><button>go</button></form></dialog>',
      (page) => page.click('button'),
      [own('Close')],
    ],
  ];
  test.each(cases)('%s', async (_, body, does, expected) => {
    const page = await open(body);
    await does(page);
    await stage.settle(page);
    expect(events()).toEqual(expected);
  });
});

describe('forms say what they do by their button, too', () => {
  const cases: [name: string, body: string, expected: unknown[][]][] = [
    [
      'another address',
      '<form id="f" action="/one"><button formaction="/two?x=1">go</button></form>',
      [form('f', '/two')],
    ],
    [
      'the button of another form',
      '<form id="f" action="/one"></form><form><button form="f">go</button></form>',
      [form('f', '/one')],
    ],
    ['a dialog', '<dialog open><form method="dialog"><button>go</button></form></dialog>', []],
    ['a dialog by its button', '<dialog open><form><button formmethod="dialog">go</button></form></dialog>', []],
    [
      'a dialog that its button sends elsewhere',
      '<dialog open><form id="f" method="dialog"><button formmethod="post" formaction="/x">go</button></form></dialog>',
      [form('f', '/x')],
    ],
  ];
  test.each(cases)('%s', async (_, body, expected) => {
    const page = await open(body);
    await page.click('button');
    await stage.settle(page);
    expect(events()).toEqual(expected);
  });
});

describe('in a shadow root', () => {
  /** An element with an open shadow root, and another in it. */
  const SHADOW = (outer: string, inner: string) => `${outer}<script>
    host.attachShadow({ mode: 'open' }).innerHTML = \`${inner}\`;
    host.shadowRoot.addEventListener('submit', (event) => event.preventDefault());
  </script>`;
  const cases: [
    name: string,
    outer: string,
    inner: string,
    does: (page: Page) => Promise<void>,
    expected: unknown[][],
  ][] = [
    [
      'a form is sent by its button',
      '<p id="host"></p>',
      '<form id="f" action="/join"><input name="n"><button>go</button></form>',
      (page) => page.click('button'),
      [form('f', '/join')],
    ],
    [
      'and by a key',
      '<p id="host"></p>',
      '<form id="f"><input name="n"><button>go</button></form>',
      (page) => page.press('input', 'Enter'),
      [form('f', '/')],
    ],
    [
      'each time once',
      '<p id="host"></p>',
      '<form id="f"><button>go</button></form>',
      async (page) => {
        for (let n = 0; n < 3; n++) await page.click('button');
      },
      [form('f', '/'), form('f', '/'), form('f', '/')],
    ],
    [
      'a tagged form',
      '<p id="host"></p>',
      '<form data-passerby-event="Join"><button>go</button></form>',
      (page) => page.click('button'),
      [['Join', {}, undefined]],
    ],
    [
      'a form in what is tagged outside',
      '<div data-passerby-event="Join"><p id="host"></p></div>',
      '<form><input><button>go</button></form>',
      async (page) => {
        await page.click('input');
        await page.click('button');
      },
      [form('', '/')],
    ],
    [
      'a tagged button around what a slot shows',
      '<p id="host"><i>go</i></p>',
      '<button data-passerby-event="Slot"><slot></slot></button>',
      (page) => page.click('i'),
      [['Slot', {}, undefined]],
    ],
    [
      'a link around what a slot shows',
      '<p id="host"><i>go</i></p>',
      '<a href="https://else.example/"><slot></slot></a>',
      (page) => page.click('i'),
      [out('https://else.example/')],
    ],
  ];
  test.each(cases)('%s', async (_, outer, inner, does, expected) => {
    const page = await open(SHADOW(outer, inner));
    await does(page);
    await stage.settle(page);
    expect(events()).toEqual(expected);
  });
});

describe('data-downloads', () => {
  test.each([
    ['data-downloads="blend, stl"', ['/a.stl', '/b.blend', '/c.zip'], ['/a.stl', '/b.blend', '/c.zip']],
    ['data-downloads=".blend"', ['/b.blend', '/b.BLEND'], ['/b.blend', '/b.BLEND']],
    ['data-downloads="*.c++, *.stl"', ['/a.stl', '/a.zip', '/a'], ['/a.stl', '/a.zip']],
    ['data-downloads="tar.zst"', ['/a.tar.zst', '/a.zst'], ['/a.tar.zst']],
    ['data-downloads=""', ['/a.', '/a', '/a.zip'], ['/a.zip']],
    ['', ['/a.blend', '/ablend'], []],
  ])('%s', async (attributes, links, expected) => {
    const page = await open(links.map((href) => `<a href="${href}">go</a><br>`).join(''), attributes);
    for (const href of links) await page.click(`[href="${href}"]`);
    await stage.settle(page);
    expect(events()).toEqual(expected.map((path) => file(SHOP + path)));
  });
});

test('hosts of the site are not elsewhere, whatever the page is called', async () => {
  const page = await open(
    ['https://own.example/', 'https://blog.own.example/', 'https://www.other.example/a', 'https://else.example/']
      .map((href) => `<a href="${href}">go</a><br>`)
      .join(''),
    'data-site="www.own.example, other.example"',
    2,
  );
  for (const link of await page.$$('a')) await link.click();
  await stage.settle(page);
  const sites = ['www.own.example', 'other.example'];
  expect(
    stage.arrivals
      .flatMap(({ beacon: { s, i } }) => i.flatMap((item) => (item.k === 'event' ? [[s, item.n, item.p]] : [])))
      .sort(),
  ).toEqual(sites.map((s) => [s, 'Outbound link', { url: 'https://else.example/' }]).sort());
});

describe('data-auto', () => {
  const BODY = `<a href="https://else.example/a.zip">go</a><button data-passerby-event="Own">go</button><form id="f"><input type="submit"></form>`;
  test.each([
    ['data-auto="outbound"', ['Outbound link', 'Own']],
    ['data-auto="downloads"', ['File download', 'Own']],
    ['data-auto="forms"', ['Own', 'Form submission']],
    ['data-auto="forms, outbound"', ['Outbound link', 'Own', 'Form submission']],
    ['data-auto=""', ['Own']],
  ])('%s', async (attributes, expected) => {
    const page = await open(BODY, attributes);
    await page.click('a');
    await page.click('button');
    await page.click('input');
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
    // Nobody did anything.
    expect(stage.items().flatMap((item) => (item.k === 'event' ? [item.ni] : []))).toEqual(expected.map(() => 1));
  });
});
