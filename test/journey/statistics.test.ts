import { readFile } from 'node:fs/promises';
import type { Locator, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Beacon, Item } from '../../packages/sdk/src/wire.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { personsContext } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { DOMAIN, PATIENCE_MS, type Stage, setStage } from './stage.ts';

const BRITISH = '81.2.69';
const GERMAN = '84.128.0';
/** A page asks again within five seconds. */
const SOON = { timeout: PATIENCE_MS };
const OTHER_SITE = 'blog.example';

/** One visit of somebody with an address of their own. */
interface Coming {
  readonly from: string;
  readonly path: string;
  readonly items?: Item[];
  readonly site?: string;
}

const signUp = (plan: string): Item => ({ k: 'event', n: 'Sign up', p: { plan } });

/** Five visits of a shop: three from Britain, two from Germany. */
const VISITS: readonly Coming[] = [
  { from: `${BRITISH}.1`, path: '/' },
  { from: `${BRITISH}.2`, path: '/pricing', items: [signUp('pro')] },
  { from: `${BRITISH}.3`, path: '/blog/a,b', items: [signUp('free')] },
  { from: `${GERMAN}.1`, path: '/', items: [signUp('pro'), { k: 'event', n: 'Buy', $: [12.5, 'EUR'] }] },
  {
    from: `${GERMAN}.2`,
    path: '/blog/=1+1',
    items: [{ k: 'event', n: 'Outbound link', p: { url: 'https://a.example/b' } }],
  },
];

const send = async (stage: Stage, { from, path, items = [], site = DOMAIN }: Coming): Promise<void> => {
  const beacon: Beacon = { s: site, u: `https://${site}${path}`, i: [{ k: 'view' }, ...items] };
  const answer = await fetch(`${stage.collector.url}/in`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': REAL_AGENT, 'x-forwarded-for': from },
    body: JSON.stringify(beacon),
  });
  expect(answer.status).toBe(202);
};

/** Rows of a list: name and first number. */
const rowsOf = (list: Locator): Promise<unknown[]> =>
  list
    .getByRole('listitem')
    .evaluateAll((items) =>
      items.map((item) => [
        item.querySelector('.row-link')?.getAttribute('title'),
        Number(item.querySelector('[data-value]')?.getAttribute('data-value')),
      ]),
    );

describe('the statistics page', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
    await stage.collector.api('POST', '/api/sites', { domain: OTHER_SITE });
    for (const visit of VISITS) await send(stage, visit);
    await send(stage, { from: `${BRITISH}.1`, path: '/', site: OTHER_SITE });
    await stage.setUp();
    await until('the visits are stored', PATIENCE_MS, async () => {
      const answer = await stage.collector.query({ site_id: DOMAIN, metrics: ['visits'], date_range: 'day' });
      return answer.results[0]?.metrics[0] === VISITS.length;
    });
  });
  afterEach(() => stage.dashboard.unrouteAll());
  afterAll(async () => {
    expect(await stage.stop()).toBe(0);
  });

  const search = (): string => new URL(stage.dashboard.url()).search;
  const list = (name: string): Locator => stage.dashboard.getByRole('list', { name, exact: true });

  test('is filtered by what is picked, and the filter can be changed', async () => {
    const { dashboard, figure, open } = stage;
    await open('');
    await expect.poll(() => figure('visits'), SOON).toBe('5');
    await dashboard.keyboard.press('f');
    await dashboard.getByLabel('Find a dimension').fill('countr');
    await dashboard.keyboard.press('Enter');
    // The API knows codes only; what is typed is a name.
    await dashboard.getByLabel('Country: Value').fill('germ');
    await dashboard.getByRole('option', { name: 'Germany' }).click();
    await dashboard.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => figure('visits'), SOON).toBe('2');
    expect(search()).toBe('?country=DE');

    await dashboard.getByRole('button', { name: 'Change filter Country' }).click();
    await dashboard.getByText('is not', { exact: true }).click();
    await dashboard.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => figure('visits'), SOON).toBe('3');
    expect(search()).toBe('?country!=DE');
    await dashboard.getByRole('link', { name: 'Remove filter Country' }).click();
  });

  test.each([
    ['the first that is found', 'page', 'pric', [], '?page=/pricing'],
    ['one further down', 'page', 'blog', ['ArrowDown'], '?page=/blog/a%2Cb'],
    ['the last by going up from the first', 'page', 'blog', ['ArrowUp', 'ArrowUp'], '?page=/blog/a%2Cb'],
    ['what was typed, as the last row', 'page', 'blog', ['ArrowUp'], '?page=blog'],
    ['what was typed, where nothing is found', 'page', '/nowhere', [], '?page=/nowhere'],
    ['in any case', 'event', 'SIGN', [], '?event=Sign+up'],
    ['a name for its code', 'countr', 'united k', [], '?country=GB'],
    ['a device in any case', 'device', 'desk', [], '?device=Desktop'],
  ])('takes by the keyboard %s', async (_, dimension, typed, keys, address) => {
    const { dashboard, open } = stage;
    await open('');
    await dashboard.getByRole('list', { name: 'Pages', exact: true }).waitFor();
    await dashboard.keyboard.press('f');
    await dashboard.getByRole('combobox', { name: 'Find a dimension' }).waitFor();
    await dashboard.keyboard.type(dimension);
    await dashboard.keyboard.press('Enter');
    const field = dashboard.getByRole('dialog').getByRole('combobox');
    await field.and(dashboard.getByLabel(': Value')).waitFor();
    await dashboard.keyboard.type(typed);
    // Enter may come before the list does; arrow keys walk through what is there.
    if (keys.length > 0) await dashboard.getByRole('option', { name: `Use “${typed}”` }).waitFor();
    if (keys.length > 0) await expect.poll(() => dashboard.getByRole('option').count(), SOON).toBe(3);
    for (const key of [...keys, 'Enter']) await dashboard.keyboard.press(key);
    await dashboard.getByRole('list', { name: 'Chosen values' }).waitFor();
    await dashboard.keyboard.press('Enter');
    await expect.poll(search, SOON).toBe(address);
  });

  test('is filtered by a part of a value that is typed, and by several values', async () => {
    const { dashboard, figure, open } = stage;
    await open('');
    await dashboard.getByRole('button', { name: 'Filter' }).click();
    await dashboard.getByRole('option', { name: 'Page', exact: true }).click();
    // The radio button itself lies under its label.
    await dashboard.getByRole('radio', { name: 'contains', exact: true }).check({ force: true });
    for (const part of ['blog', 'pric']) {
      await dashboard.getByLabel('Page: Value').fill(part);
      await dashboard.keyboard.press('Enter');
      await dashboard.getByRole('list', { name: 'Chosen values' }).getByText(part, { exact: true }).waitFor();
    }
    await dashboard.keyboard.press('Enter');
    await expect.poll(() => figure('visits'), SOON).toBe('3');
    expect(search()).toBe('?page~=blog&page~=pric');
  });

  test('is kept by name, found again, and forgotten', async () => {
    const { dashboard, figure, open } = stage;
    await open('?period=7d&country=DE&metric=visits');
    await dashboard.getByRole('button', { name: 'Saved' }).click();
    await dashboard.getByLabel('Name of this view').fill('From Germany');
    await dashboard.getByRole('button', { name: 'Save this view' }).click();
    await dashboard.getByRole('link', { name: 'From Germany' }).waitFor();

    await open('');
    await dashboard.getByRole('button', { name: 'Saved' }).click();
    await dashboard.getByRole('link', { name: 'From Germany' }).click();
    await expect.poll(() => figure('visits'), SOON).toBe('2');
    expect(search()).toBe('?period=7d&country=DE&metric=visits');

    await dashboard.getByRole('button', { name: 'Saved' }).click();
    await dashboard.getByRole('button', { name: 'Delete the view From Germany' }).click();
    await dashboard.getByText('No saved views yet').waitFor();
  });

  test('shows the properties of an event that is clicked', async () => {
    const { dashboard, open } = stage;
    await open('');
    await list('Events').getByRole('link', { name: 'Sign up' }).click();
    await list('Properties').getByRole('listitem').first().waitFor();
    expect(await rowsOf(list('Properties'))).toEqual([
      ['pro', 2],
      ['free', 1],
    ]);
    await list('Properties').getByRole('link', { name: 'free' }).click();
    await expect.poll(search, SOON).toBe('?event=Sign+up&props.plan=free&show=properties');
    await expect.poll(() => stage.figure('visitors'), SOON).toBe('1');
    await dashboard.getByRole('link', { name: 'Clear all' }).click();
  });

  test('shows where links led, and money by its currency', async () => {
    const { dashboard, open } = stage;
    await open('');
    await dashboard.getByRole('link', { name: 'Outbound', exact: true }).click();
    await list('Outbound links').getByRole('listitem').first().waitFor();
    expect(await rowsOf(list('Outbound links'))).toEqual([['https://a.example/b', 1]]);
    await dashboard.getByRole('link', { name: 'Revenue' }).click();
    await list('Revenue').getByRole('listitem').first().waitFor();
    expect(await rowsOf(list('Revenue'))).toEqual([['Buy', 12.5]]);
    expect(await list('Revenue').textContent()).toContain('€12.50');
  });

  test('gives its rows as a file', async () => {
    const { dashboard, open } = stage;
    await open('?list=pages');
    const dialog = dashboard.getByRole('dialog');
    await dialog.getByRole('listitem').first().waitFor();
    const [download] = await Promise.all([
      dashboard.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download all as CSV' }).click(),
    ]);
    const today = new Date().toISOString().slice(0, 10);
    const from = new Date(Date.now() - 27 * 86_400_000).toISOString().slice(0, 10);
    expect(download.suggestedFilename()).toBe(`shop.example-Pages-${from}-${today}.csv`);
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect(lines).toEqual([
      '\uFEFFPage,Visitors,Visits,Pageviews',
      '/,2,2,2',
      '/blog/=1+1,1,1,1',
      '"/blog/a,b",1,1,1',
      '/pricing,1,1,1',
      '',
    ]);
  });

  test('says in every row what changed, and gives what was before in the file', async () => {
    const { dashboard, open } = stage;
    // What is compared with today has all of it: every page has as many visitors as it has.
    const today = new Date().toISOString().slice(0, 10);
    await open(`?period=day&compare=${today}..${today}`);
    const changes = (of: Locator): Promise<(string | null)[]> =>
      of.locator('.row-change [data-change]').evaluateAll((all) => all.map((one) => one.getAttribute('data-change')));
    await expect.poll(() => changes(list('Pages')), SOON).toEqual(['0', '0', '0', '0']);
    expect(await list('Pages').locator('.row-change').first().textContent()).toContain(
      'As in the period compared with',
    );
    expect(await changes(list('Events'))).toEqual(['0', '0', '0']);
    // None of it moves, nor is the panel wider: where there is no room, it is not there.
    await dashboard.setViewportSize({ width: 375, height: 800 });
    expect(await list('Pages').locator('.row-change').first().isVisible()).toBe(false);
    await dashboard.setViewportSize({ width: 1280, height: 720 });

    await open(`?period=day&list=pages&compare=${today}..${today}`);
    const dialog = dashboard.getByRole('dialog');
    await expect.poll(() => changes(dialog), SOON).toEqual(['0', '0', '0', '0']);
    const [download] = await Promise.all([
      dashboard.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download all as CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect(lines.slice(0, 2)).toEqual([
      '\uFEFFPage,Visitors,Visits,Pageviews,Visitors before,Visits before,Pageviews before',
      '/,2,2,2,2,2,2',
    ]);

    // Before there was the site, nothing is known; where nothing is compared, there is no such column.
    await open('?period=day&compare=2025-01-01..2025-01-01');
    await list('Pages').locator('.row-change').first().waitFor({ state: 'attached' });
    expect(await changes(list('Pages'))).toEqual([]);
    await open('?period=day&compare=no');
    await list('Pages').getByRole('listitem').first().waitFor();
    expect(await dashboard.locator('.row-change').count()).toBe(0);
  });

  test('lists countries by the names that are searched for', async () => {
    const { dashboard, open } = stage;
    await open('?list=countries');
    const dialog = dashboard.getByRole('dialog');
    await dialog.getByLabel('Search').fill('united');
    await expect.poll(() => rowsOf(dialog.getByRole('list')), SOON).toEqual([['United Kingdom', 3]]);
  });

  test('says what to do where the engine gives up', async () => {
    const { dashboard, open } = stage;
    const error = {
      code: 'over_limit',
      field: 'date_range',
      message: 'has more hits than can be counted at once: choose a shorter period',
    };
    await dashboard.route('**/api/query', (route) => route.fulfill({ status: 400, json: { error } }));
    await open('?page~=blog');
    const alert = dashboard.getByRole('alert');
    await alert.getByText('Ask for a shorter period, or for fewer filters.').waitFor();
    expect(await alert.count()).toBe(1);
    await dashboard.unrouteAll();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => stage.figure('visits'), SOON).toBe('2');
  });

  test('says that it waits where too much is asked, and asks again', async () => {
    const { dashboard, open } = stage;
    const error = { code: 'busy', field: 'store', message: 'took too long or found no room: try again in a moment' };
    let refusals = 1;
    await dashboard.route('**/api/query', (route) =>
      // The page before may still ask.
      route.request().postData()?.includes('blog') && refusals-- > 0
        ? route.fulfill({ status: 503, json: { error } })
        : route.continue(),
    );
    await open('?page~=blog');
    await dashboard.getByRole('alert').first().getByText('This takes longer than usual.').waitFor();
    expect(await dashboard.getByText('This takes longer than usual').count()).toBe(1);
    expect(await dashboard.getByText('catching up').count()).toBe(0);
    await expect.poll(() => stage.figure('visits'), SOON).toBe('2');
  });

  test('obeys the keyboard, but not while something is typed', async () => {
    const { dashboard, open } = stage;
    await open('');
    await dashboard.getByRole('list', { name: 'Pages', exact: true }).waitFor();
    const pressed = async (key: string): Promise<string> => {
      await dashboard.keyboard.press(key);
      // What the browser tells of its address from outside comes a little later.
      return dashboard.evaluate(() => location.search);
    };
    expect(await pressed('d')).toBe('?period=day');
    expect(await pressed('w')).toBe('?period=7d');
    expect(await pressed('y')).toBe('?period=year');
    expect(await pressed('ArrowLeft')).toBe('?period=last_year');
    expect(await pressed('ArrowRight')).toBe('?period=year');
    expect(await pressed('e')).toBe('?period=yesterday');
    expect(await pressed('m')).toBe('');
    expect(await pressed('x')).toBe('?compare=no');
    expect(await pressed('x')).toBe('');

    await dashboard.keyboard.press('?');
    const help = dashboard.getByRole('dialog', { name: 'Keyboard' });
    await help.waitFor();
    expect(await pressed('d')).toBe('');
    await dashboard.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });

    await dashboard.keyboard.press('/');
    const field = dashboard.getByRole('dialog', { name: 'Pages' }).getByLabel('Search');
    await field.waitFor();
    await dashboard.keyboard.type('d');
    expect(await field.inputValue()).toBe('d');
    expect(search()).toBe('?list=pages');
  });

  test('is compared with what the reader chooses, and names its days', async () => {
    const { dashboard, open } = stage;
    const openMenu = () => dashboard.getByRole('button', { name: /^Period:/ }).click();
    const choices = dashboard.getByRole('region', { name: 'Compare with' });
    const choose = async (name: string): Promise<void> => {
      await openMenu();
      await choices.getByRole('link', { name }).click();
    };
    const compared = (days: RegExp): Promise<void> => dashboard.getByText(days).waitFor();
    await open('?period=7d');
    await compared(/^vs /);
    await choose('Year before');
    await compared(new RegExp(`^vs .*${new Date().getUTCFullYear() - 1}$`));
    await choose('Same weekdays');
    expect(search()).toBe('?period=7d&compare=year&weekdays=same');
    await choose('Same weekdays');

    await openMenu();
    await choices.getByText('Own range', { exact: true }).click();
    const own = choices.getByRole('form');
    const today = new Date().toISOString().slice(0, 10);
    expect(await own.getByLabel('To').inputValue()).toBe(today);
    await own.getByLabel('From').fill('2025-01-01');
    await own.getByLabel('To').fill('2025-01-28');
    await own.getByRole('button', { name: 'Show' }).click();
    await compared(/^vs Jan 1\s–\s28, 2025$/);
    expect(search()).toBe('?period=7d&compare=2025-01-01..2025-01-28');

    await choose('Nothing');
    await dashboard.getByText(/^vs /).waitFor({ state: 'detached' });
    expect(search()).toBe('?period=7d&compare=no');
  });

  test('is drawn by days, weeks and months, and can be read as a table', async () => {
    const { dashboard, open } = stage;
    const from = `${new Date().getUTCFullYear() - 1}-01-01`;
    const today = new Date().toISOString().slice(0, 10);
    await open(`?period=${from}..${today}&metric=visits`);
    const steps = dashboard.getByRole('navigation', { name: 'Steps of the chart' });
    await dashboard.getByRole('slider').waitFor();
    await dashboard.getByRole('button', { name: 'Table' }).click();
    const newest = dashboard.getByRole('table').getByRole('row').nth(1);
    for (const grain of ['Months', 'Weeks']) {
      await steps.getByRole('link', { name: grain }).click();
      await expect
        .poll(() => newest.textContent(), SOON)
        .toMatch(grain === 'Months' ? /^[A-Z][a-z]+ \d{4} so far5/ : /–.*so far5/);
    }
  });

  test('has a chart that can be pointed at to its edges, with a tip beside the point and a legend', async () => {
    const { dashboard, open } = stage;
    await open('');
    const chart = dashboard.getByRole('slider');
    await chart.waitFor();
    const box = await chart.boundingBox();
    if (!box) throw new Error('the chart has no box');
    const tip = dashboard.locator('.chart-tip');
    for (const [x, side] of [
      [3, 'right'],
      [box.width - 3, 'left'],
    ] as const) {
      await dashboard.mouse.move(box.x + x, box.y + box.height / 2);
      await tip.waitFor();
      const [at, over] = [await dashboard.locator('.u-cursor-x').boundingBox(), await tip.boundingBox()];
      if (side === 'right') expect(over?.x).toBeGreaterThan(at?.x ?? 0);
      else expect((over?.x ?? 0) + (over?.width ?? 0)).toBeLessThan(at?.x ?? 0);
      const steps = await dashboard.locator('.chart-tools').boundingBox();
      expect(over?.y).toBeGreaterThanOrEqual((steps?.y ?? 0) + (steps?.height ?? 0));
    }
    await dashboard.mouse.move(0, 0);
    await tip.waitFor({ state: 'detached' });
    expect(await dashboard.locator('.chart-legend').textContent()).toContain('this period');
  });

  test('asks all that it begins with in one request, so that no tab comes later than its neighbours', async () => {
    const page = await stage.owner.newPage();
    const asked: number[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname !== '/api/query') return;
      asked.push((request.postDataJSON() as { questions: unknown[] }).questions.length);
    });
    const today = new Date().toISOString().slice(0, 10);
    await page.goto(`${stage.collector.url}/sites/${DOMAIN}?period=${today}..${today}`);
    await page.getByRole('list', { name: 'Pages', exact: true }).getByRole('listitem').first().waitFor();
    const tabs = page.getByRole('region', { name: 'Events' }).getByRole('navigation').first().getByRole('link');
    const first = await tabs.allTextContents();
    expect(first).toContain('Revenue');
    expect(first).not.toContain('E-mails');
    await page.getByRole('list', { name: 'Events', exact: true }).getByRole('listitem').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await tabs.allTextContents()).toEqual(first);
    // The numbers at the top, the chart, five panels, which tabs there are, and the footer.
    expect(asked[0]).toBeGreaterThanOrEqual(9);
    expect(asked.slice(1).length, asked.join()).toBe(0);
    await page.close();
  });

  test('stands beside the other sites, and all of them together', async () => {
    const { dashboard, collector } = stage;
    await dashboard.goto(collector.url);
    const visits = (card: Locator) => card.locator('[data-metric=visits] [data-value]').getAttribute('data-value');
    await expect.poll(() => visits(dashboard.getByRole('region', { name: 'All sites' })), SOON).toBe('6');
    expect(await visits(dashboard.getByRole('link', { name: DOMAIN }))).toBe('5');
    expect(await visits(dashboard.getByRole('link', { name: OTHER_SITE }))).toBe('1');
  });

  test('is live: what happens is seen without a reload', async () => {
    const { dashboard, collector, open } = stage;
    await open('');
    // Refused once, as when too many watch.
    let refusals = 1;
    await dashboard.route('**/live', (route) =>
      route.request().resourceType() === 'eventsource' && refusals-- > 0
        ? route.fulfill({ status: 503, body: '{}' })
        : route.continue(),
    );
    await dashboard.getByTestId('now').click();
    await dashboard.getByText('The connection was lost').waitFor();
    const count = dashboard.getByTestId('live-visitors');
    await expect.poll(() => count.getAttribute('data-value'), SOON).toBe('5');
    await send(stage, { from: `${GERMAN}.9`, path: '/contact' });
    await expect.poll(() => count.getAttribute('data-value'), SOON).toBe('6');
    const minutes = dashboard.getByRole('list', { name: /last 30 minutes/ }).getByRole('listitem');
    expect(await minutes.count()).toBe(30);
    const seen = await minutes.evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-value'))));
    expect(seen.reduce((sum, visitors) => sum + visitors, 0)).toBe(6);
    expect(await rowsOf(list('Countries'))).toEqual([
      ['Germany', 3],
      ['United Kingdom', 3],
    ]);
    await list('Pages').getByRole('link', { name: '/contact', exact: true }).click();
    await expect.poll(() => dashboard.url(), SOON).toBe(`${collector.url}/sites/${DOMAIN}?period=day&page=/contact`);
  });

  test('finds a host by its own letters', async () => {
    const { collector, dashboard, figure } = stage;
    await collector.api('POST', '/api/sites', { domain: 'bücher.example' });
    for (const path of ['/a', '/b']) await send(stage, { from: `${BRITISH}.9`, path, site: 'bücher.example' });
    await send(stage, { from: `${GERMAN}.9`, path: '/', site: 'www.bücher.example' });
    await until('the visits are stored', PATIENCE_MS, async () => {
      const answer = await collector.query({ site_id: 'bücher.example', metrics: ['pageviews'], date_range: 'day' });
      return answer.results[0]?.metrics[0] === 3;
    });
    await dashboard.goto(`${collector.url}/sites/xn--bcher-kva.example?list=hostnames`);
    const rows = dashboard.getByRole('dialog').locator('.row');
    await expect.poll(() => rows.count(), SOON).toBe(2);
    await dashboard.getByRole('dialog').getByLabel('Search').fill('www.büch');
    await expect.poll(() => rows.count(), SOON).toBe(1);
    await dashboard.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await dashboard.getByRole('button', { name: 'Filter' }).click();
    await dashboard.getByRole('option', { name: 'Hostname', exact: true }).click();
    await dashboard.getByLabel('Hostname: Value').fill('bücher.example');
    await dashboard.getByRole('option', { name: /^bücher\.example/ }).waitFor();
    await dashboard.keyboard.press('Enter');
    await dashboard.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => figure('pageviews'), SOON).toBe('2');
    expect(new URL(dashboard.url()).searchParams.get('hostname')).toBe('bücher.example');
  });

  const LONG_SITE = 'long.example';
  /** More than a panel shows. */
  const more = Array.from({ length: 12 }, (_, step): Item => ({ k: 'event', n: `Step ${step}` }));

  test('has its paths whole: found by the browser, and copied', async () => {
    const { dashboard } = stage;
    const path = '/blog/a-very-long-way-to-a-page/that-has-no-room-in-its-row/of-the-panel-at-all';
    await stage.collector.api('POST', '/api/sites', { domain: LONG_SITE });
    const line: Item = { k: 'log', l: 'warn', m: 'Slow', p: { plan: 'pro' } };
    await send(stage, { from: `${BRITISH}.3`, path, items: [...more, line], site: LONG_SITE });
    await dashboard.goto(`${stage.collector.url}/sites/${LONG_SITE}`);
    const link = list('Pages').getByRole('link', { name: path, exact: true });
    await link.waitFor();
    await dashboard.setViewportSize({ width: 375, height: 800 });
    await link.locator('[data-cut]').waitFor();
    const copied = await link.evaluate((element) => {
      getSelection()?.selectAllChildren(element);
      return getSelection()?.toString();
    });
    expect(copied).toBe(path);
    const found = await dashboard.evaluate((wanted) => {
      getSelection()?.removeAllRanges();
      return (window as unknown as { find(text: string): boolean }).find(wanted);
    }, path);
    expect(found).toBe(true);
    await dashboard.setViewportSize({ width: 1280, height: 720 });
  });

  test('gives all rows of a panel, and calls the file by what it has', async () => {
    const { dashboard } = stage;
    await dashboard.goto(`${stage.collector.url}/sites/${LONG_SITE}?period=day&country=GB`);
    const panel = dashboard.getByRole('region', { name: 'Events' });
    await panel.getByRole('listitem').first().waitFor();
    expect(await panel.getByRole('listitem').count()).toBe(10);
    const [download] = await Promise.all([
      dashboard.waitForEvent('download'),
      panel.getByRole('button', { name: 'Download events as CSV' }).click(),
    ]);
    const today = new Date().toISOString().slice(0, 10);
    expect(download.suggestedFilename()).toBe(`long.example-Events-${today}-Country-United-Kingdom.csv`);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(more.length + 1);
  });

  test('tells logs by the clock of the site, wherever the reader is', async () => {
    const storageState = await stage.owner.storageState();
    const context = await personsContext(stage.browser, { timezoneId: 'Pacific/Kiritimati', storageState });
    const page = await context.newPage();
    await page.goto(`${stage.collector.url}/sites/${LONG_SITE}/logs?tab=records`);
    const row = page.getByRole('list', { name: 'Records' }).getByRole('listitem').first();
    await row.waitFor({ timeout: PATIENCE_MS });
    const time = await row.locator('time').getAttribute('datetime');
    expect(await row.locator('time').textContent()).toContain(
      time?.slice('2026-11-30T'.length, '2026-11-30T12:00:00'.length),
    );
    expect(await row.textContent()).toContain('Slow plan: pro');
    expect(await page.getByText('Times are those of UTC.').count()).toBe(1);
    await page.goto(`${stage.collector.url}/sites/${LONG_SITE}?period=day&country=GB`);
    await expect.poll(() => page.title(), SOON).toMatch(/^\d · long\.example · Today · United Kingdom · Passerby$/);
    await context.close();
  });

  /** What pages that nobody touches ask for in a minute of their own clock, while visits come in. */
  const askedWithin = async (page: Page, seconds: number): Promise<string[]> => {
    const asked: string[] = [];
    let open = 0;
    const began = (request: Request) => {
      if (!new URL(request.url()).pathname.startsWith('/api/')) return;
      asked.push(new URL(request.url()).pathname);
      open += 1;
      void request.response().finally(() => {
        open -= 1;
      });
    };
    page.on('request', began);
    for (let second = 0; second < seconds; second += 1) {
      if (second % 10 === 0) await send(stage, { from: `${GERMAN}.${100 + second}`, path: '/', site: OTHER_SITE });
      await page.clock.runFor(1_000);
      await expect.poll(() => open, { ...SOON, interval: 5 }).toBe(0);
      // The page has read what came.
      await page.evaluate(() => 0);
    }
    page.off('request', began);
    return asked;
  };

  test.each([
    ['statistics', `/sites/${OTHER_SITE}?event=Sign+up&metric=percentage&show=revenue&list=countries`, '/api/query'],
    ['logs', `/sites/${OTHER_SITE}/logs`, '/api/logs'],
    ['all sites', '/', '/api/overview'],
  ])(
    'asks at most twelve times a minute while it is left alone, and never where nobody looks: %s',
    async (_, path, again) => {
      const page = await stage.owner.newPage();
      await page.clock.install();
      await page.goto(stage.collector.url + path);
      await page.clock.runFor(1_000);
      await page.getByRole('main').locator('[data-value], .panel, .waiting').first().waitFor();
      // What the page begins with is no repetition: on a busy machine it was counted.
      await page.waitForLoadState('networkidle');
      const asked = await askedWithin(page, 60);
      expect(asked.length, asked.join()).toBeLessThanOrEqual(12);
      expect(asked).toContain(again);
      await page.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }));
      expect(await askedWithin(page, 30)).toEqual([]);
      await page.close();
    },
  );
});
