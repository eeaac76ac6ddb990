import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Metric } from '../../packages/collector/src/query/stats/query.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { until } from '../support/until.ts';
import { type Person, visit } from './person.ts';
import { DOMAIN, PATIENCE_MS, type Stage, setStage } from './stage.ts';

const ANN: Person = { agent: REAL_AGENT, from: '81.2.69.160', locale: 'en-GB', width: 1500 };
const BEN: Person = {
  agent: 'Mozilla/5.0 (Android 15; Mobile; rv:146.0) Gecko/146.0 Firefox/146.0',
  from: '2a02:8108::1',
  locale: 'de-DE',
  width: 400,
};
const CLEO: Person = {
  agent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  from: '81.2.69.161',
  locale: 'en-GB',
  width: 1100,
  referer: 'https://news.ycombinator.com/',
};

/**
 * Clicks links and buttons of a page, one after the other. The view of where a link leads has arrived before the next:
 * on a busy machine a later one may overtake it, and then it is the last.
 */
const clickAll = async (page: Page, names: readonly string[]): Promise<void> => {
  for (const name of names) {
    if (!name.startsWith('/')) await page.getByRole('button', { name, exact: true }).click();
    else await Promise.all([viewOf(page, name), page.getByRole('link', { name, exact: true }).click()]);
  }
};

const viewOf = (page: Page, path: string): Promise<unknown> =>
  page.waitForResponse((response) => {
    const said = response.request().postData() ?? '';
    return said.includes(`${path}"`) && said.includes('"k":"view"');
  });

/** Who comes, to which page, and what they do there. */
const VISITS: readonly [person: Person, path: string, act: (page: Page) => Promise<void>][] = [
  [
    ANN,
    '/?utm_source=newsletter&utm_medium=email&utm_campaign=spring',
    async (page) => {
      await clickAll(page, ['/pricing.html', 'Buy']);
      await page.goBack();
    },
  ],
  [BEN, '/app/', (page) => clickAll(page, ['/app/inbox', 'Filter', '/app/settings', 'Log', 'Fail', 'Fail'])],
  [CLEO, '/pricing.html', (page) => page.mouse.wheel(0, 5000)],
];

/** Rows of a list: name, then numbers. */
const rowsOf = (list: Locator): Promise<unknown[]> =>
  list
    .getByRole('listitem')
    .evaluateAll((items) =>
      items.map((item) => [
        item.querySelector('.row-link')?.getAttribute('title'),
        ...[...item.querySelectorAll('[data-value]')].map((number) => Number(number.getAttribute('data-value'))),
      ]),
    );

/** Reports, the names of their lists, and what they say after the visits below. */
const REPORTS: readonly [report: string, list: string, rows: unknown[]][] = [
  [
    'pages',
    'Pages',
    [
      ['/pricing.html', 2, 2],
      ['/', 1, 2],
      ['/app/', 1, 1],
      ['/app/inbox', 1, 1],
      ['/app/settings', 1, 1],
    ],
  ],
  // Visits, and how many percent of them bounced.
  [
    'entries',
    'Entry pages',
    [
      ['/', 1, 0],
      ['/app/', 1, 0],
      ['/pricing.html', 1, 100],
    ],
  ],
  ['exits', 'Exit pages', once('/', '/app/settings', '/pricing.html')],
  ['sources', 'Sources', once('Direct', 'Hacker News', 'Newsletter')],
  ['channels', 'Channels', once('Direct', 'Email', 'Organic social')],
  ['referrers', 'Referrers', once('news.ycombinator.com')],
  ['campaigns', 'Campaigns', once('spring')],
  ['countries', 'Countries', [['United Kingdom', 2], ...once('Germany')]],
  ['browsers', 'Browsers', once('Chrome', 'Firefox', 'Safari')],
  ['systems', 'Systems', once('Android', 'GNU/Linux', 'macOS')],
  ['devices', 'Devices', [['Desktop', 2], ...once('Mobile')]],
  ['screens', 'Screens', once('1,024 to 1,439 px', 'Under 640 px', '1,440 px and wider')],
  ['languages', 'Languages', [['English', 2], ...once('German')]],
  ['events', 'Events', [['buy', 1, 1, 33.3]]],
];

function once(...names: string[]): unknown[] {
  return names.map((name) => [name, 1]);
}

/** As patient as with anything else in a page. */
const SOON = { timeout: PATIENCE_MS };

describe('from the script tag to the dashboard', () => {
  let stage: Stage;
  /** People come, look around, do things, and leave; then the owner makes an account. */
  beforeAll(async () => {
    stage = await setStage();
    await Promise.all(VISITS.map(([person, path, act]) => visit(stage.collector.url, person, { path, act, arrived })));
    await stage.setUp();
  });
  afterAll(async () => {
    expect(await stage.stop()).toBe(0);
  });

  /** Numbers as the API tells them. */
  const told = async (metrics: readonly Metric[]) =>
    (await stage.collector.query({ site_id: DOMAIN, metrics, date_range: '7d' })).results[0]?.metrics;
  const arrived = (): Promise<void> =>
    until('all views are stored', 2 * PATIENCE_MS, async () => (await told(['pageviews']))?.[0] === 7);

  test('all that people did arrives, and the owner finds the site', async () => {
    expect(await told(['pageviews', 'visits'])).toEqual([7, 3]);
    await stage.dashboard.goto(stage.collector.url);
    await stage.dashboard.getByRole('link', { name: DOMAIN }).click();
    await stage.dashboard.getByRole('list', { name: 'Pages', exact: true }).waitFor();
  });

  test('and sees the exact figures', async () => {
    await stage.open();
    const figures = {
      visitors: '3',
      visits: '3',
      pageviews: '7',
      views_per_visit: '2.33',
      bounce_rate: '33.3',
      visit_duration: String(await told(['visit_duration'])),
    };
    for (const [metric, value] of Object.entries(figures))
      expect([metric, await stage.figure(metric as Metric)]).toEqual([metric, value]);
    expect(await stage.dashboard.getByTestId('now').getAttribute('data-value')).toBe('3');
  });

  test.each(REPORTS)('and exactly these %s', async (report, name, rows) => {
    await stage.open(`?period=7d&show=${report}`);
    const list = stage.dashboard.getByRole('list', { name, exact: true });
    await list.getByRole('listitem').first().waitFor();
    expect(await rowsOf(list)).toEqual(rows);
  });

  test('and the figures of one page alone, after a click on it', async () => {
    await stage.open();
    const pages = stage.dashboard.getByRole('list', { name: 'Pages', exact: true });
    await pages.getByRole('link', { name: '/pricing.html', exact: true }).click();
    await expect.poll(() => stage.figure('visits'), SOON).toBe('2');
    expect(await stage.figure('visitors')).toBe('2');
    expect(await stage.figure('pageviews')).toBe('2');
    // Of the two visits with this page one began on it, and bounced.
    expect(await stage.figure('bounce_rate')).toBe('100');
    await stage.dashboard.getByLabel(/^Remove filter/).click();
    await expect.poll(() => stage.figure('visits'), SOON).toBe('3');
  });

  test('and the error as a problem, with its stack', async () => {
    await stage.open('', '/logs');
    const problems = stage.dashboard.getByRole('list', { name: 'Problems' }).getByRole('listitem');
    await problems.first().waitFor();
    expect(await problems.count()).toBe(1);
    const numbers = problems.locator('[data-value]');
    expect(await numbers.evaluateAll((all) => all.map((one) => one.getAttribute('data-value')))).toEqual(['1', '1']);
    await problems
      .getByText(/TypeError: Cannot read properties of null/)
      .first()
      .click();
    const stack = problems.getByText(/checkOut .*\/app\.js:/s);
    await stack.waitFor();
    expect(await problems.textContent()).toContain('/app/settings');
  });

  test('and what the page logged, with its attributes', async () => {
    await stage.open('', '/logs');
    await stage.dashboard.getByRole('link', { name: 'Records' }).click();
    const records = stage.dashboard.getByRole('list', { name: 'Records' }).getByRole('listitem');
    await records.first().waitFor();
    expect(await records.count()).toBe(2);
    const record = records.filter({ hasText: 'cart could not be restored' });
    await record.getByText('cart could not be restored').first().click();
    expect(await record.getByText('Warning').isVisible()).toBe(true);
    const facts = [
      ...(await record.locator('dt').allTextContents()),
      ...(await record.locator('dd').allTextContents()),
    ];
    expect(facts).toEqual(expect.arrayContaining(['Page', '/app/settings', 'items', '3']));
  });
});
