import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Beacon, Item } from '../../packages/sdk/src/wire.ts';
import { Dice } from '../counting/dice.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { createRandom } from '../support/clock.ts';
import { until } from '../support/until.ts';
import { DOMAIN, PATIENCE_MS, type Stage, setStage } from './stage.ts';

const SEED = 20_261;
const VISITORS = 24;
const ROUNDS = 6;
const PAGES = ['/', '/shop', '/shop/rye', '/blog', '/blog/rye-bread', '/about'];
const EVENTS = ['Sign up', 'Order', 'Download'];
const NETWORKS = ['81.2.69', '84.128.0'];
const REFERRERS = ['https://www.google.com/', 'https://news.example.org/a', undefined];

/** Tabs that have a list for what can be filtered by, by the name of the filter in the address: tab and list. */
const TABS = {
  page: 'pages',
  entry: 'entries',
  exit: 'exits',
  source: 'sources',
  country: 'countries',
  event: 'events',
};
type FilterName = keyof typeof TABS;

const VALUES: Readonly<Record<FilterName, readonly string[]>> = {
  page: PAGES,
  entry: PAGES,
  exit: PAGES,
  source: ['Google', 'news.example.org', 'Direct'],
  country: ['GB', 'DE'],
  event: EVENTS,
};

/** What can stand in the columns of all pages. */
const COLUMNS: readonly (readonly [string, readonly string[]])[] = [
  ['Traffic', ['visitors', 'visits', 'pageviews']],
  ['Time and depth', ['visitors', 'time_on_page', 'scroll_depth']],
  ['Entries and exits', ['entries', 'bounce_rate', 'exits', 'exit_rate']],
];

/** What a row is called on the screen, where that is not the value. */
const CALLED: Readonly<Record<string, string>> = { GB: 'United Kingdom', DE: 'Germany' };

/** Numbers by their metric; an empty one is a dash. */
type Numbers = Readonly<Record<string, string>>;

const numbersOf = (place: Locator): Promise<Numbers> =>
  place.evaluate((element) =>
    Object.fromEntries(
      [...element.querySelectorAll('[data-value]')].map((one) => [
        one.closest('[data-metric]')?.getAttribute('data-metric') ?? '',
        one.getAttribute('data-value') ?? '',
      ]),
    ),
  );

/** The numbers that both have, of each. */
const shared = (one: Numbers, other: Numbers): [Numbers, Numbers] => {
  const names = Object.keys(one).filter((name) => name in other);
  const of = (numbers: Numbers) => Object.fromEntries(names.map((name) => [name, numbers[name] ?? '']));
  return [of(one), of(other)];
};

/** One or two filters by different things. */
const drawFilters = (dice: Dice): URLSearchParams => {
  const first = dice.pick(Object.keys(TABS) as FilterName[]);
  const second = dice.pick(Object.keys(TABS) as FilterName[]);
  const drawn = new URLSearchParams({ [first]: dice.pick(VALUES[first]) });
  if (second !== first && dice.chance(0.6)) drawn.set(second, dice.pick(VALUES[second]));
  return drawn;
};

describe('what is shown twice is one number', () => {
  let stage: Stage;
  const dice = new Dice(createRandom(SEED));

  const send = async (from: string, beacon: Omit<Beacon, 's'>): Promise<void> => {
    const answer = await fetch(`${stage.collector.url}/in`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': REAL_AGENT, 'x-forwarded-for': from },
      body: JSON.stringify({ s: DOMAIN, ...beacon }),
    });
    expect(answer.status).toBe(202);
  };

  const act = (): Item[] =>
    EVENTS.filter(() => dice.chance(0.25)).map((n) => ({ k: 'event', n, ...(n === 'Order' && { $: [12.5, 'EUR'] }) }));

  /** Sends the visits of everybody, page by page; resolves to how many views there were. */
  const sendAll = async (): Promise<number> => {
    let views = 0;
    for (let visitor = 1; visitor <= VISITORS; visitor += 1) {
      const from = `${dice.pick(NETWORKS)}.${visitor}`;
      const r = dice.pick(REFERRERS);
      const pages = Array.from({ length: 1 + dice.below(4) }, () => dice.pick(PAGES));
      for (const path of pages) {
        views += 1;
        const u = `https://${DOMAIN}${path}`;
        await send(from, { u, ...(r !== undefined && { r }), i: [{ k: 'view' }, ...act()] });
        const [ms, sc] = [1000 * (1 + dice.below(90)), 10 * (1 + dice.below(10))];
        if (dice.chance(0.8)) await send(from, { u, i: [{ k: 'engage', ms, sc, vm: ms, vs: sc }] });
      }
    }
    return views;
  };

  /** Opens the statistics and waits until all of them are there. */
  const openAll = async (search: URLSearchParams): Promise<void> => {
    await stage.open(`?period=day&${search}`);
    await stage.dashboard.locator('.metric-value[data-value]').first().waitFor();
    await stage.dashboard.waitForFunction(() => !document.querySelector('.stale, .pending, .skeleton, .state'));
  };

  const figures = (): Promise<Numbers> => numbersOf(stage.dashboard.locator('.metrics'));
  const rowIn = (place: Locator, value: string): Locator =>
    place.locator('.row').filter({ has: stage.dashboard.locator(`.row-link[title="${CALLED[value] ?? value}"]`) });

  beforeAll(async () => {
    stage = await setStage();
    await stage.setUp();
    const views = await sendAll();
    await until('the views are stored', PATIENCE_MS, async () => {
      const answer = await stage.collector.query({ site_id: DOMAIN, metrics: ['pageviews'], date_range: 'day' });
      return answer.results[0]?.metrics[0] === views;
    });
  });
  afterAll(() => stage.stop());

  test('the row of a value is the figures under a filter by it, and under any other filter too', async () => {
    let compared = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const filters = drawFilters(dice);
      await openAll(
        new URLSearchParams([
          ...filters,
          ['show', [...filters.keys()].map((name) => TABS[name as FilterName]).join('.')],
        ]),
      );
      if ((await figures()).visitors === '0') continue;
      for (const [name, value] of filters) {
        const row = rowIn(stage.dashboard.locator('.panels'), value);
        // Of a panel one tab is shown.
        if ((await row.count()) === 0) continue;
        const [ofRow, ofFigures] = shared(await numbersOf(row.first()), await figures());
        expect(ofRow, `${name}=${value} under ${filters}`).toEqual(ofFigures);
        compared += Object.keys(ofRow).length;
      }
    }
    expect(compared).toBeGreaterThan(ROUNDS);
  });

  test('an event has the visitors and the share that the figures have when it is filtered by', async () => {
    for (const within of [{}, { country: 'DE' }]) {
      await openAll(new URLSearchParams(within));
      const row = await numbersOf(rowIn(stage.dashboard.locator('.panel-events'), 'Order'));
      expect(Object.keys(row)).toEqual(['events', 'visitors', 'percentage']);
      await openAll(new URLSearchParams({ ...within, event: 'Order' }));
      expect(await figures()).toEqual(row);
    }
  });

  test('a page has the same numbers in its panel, in all pages, in a search and in the figures', async () => {
    const { dashboard } = stage;
    const page = '/shop';
    const dialog = dashboard.getByRole('dialog');
    const inList = () => numbersOf(rowIn(dialog, page));
    await openAll(new URLSearchParams({ source: 'Google' }));
    const inPanel = await numbersOf(rowIn(dashboard.locator('.panel-pages'), page));
    await openAll(new URLSearchParams({ source: 'Google', page }));
    const inFigures = await figures();
    await openAll(new URLSearchParams({ source: 'Google', list: 'pages' }));
    for (const [columns, metrics] of COLUMNS) {
      await dialog.getByLabel('Search').fill('');
      await dialog.getByRole('button', { name: columns }).click();
      await rowIn(dialog, '/about').waitFor();
      await expect.poll(async () => Object.keys(await inList())).toEqual(metrics);
      const unsearched = await inList();
      await dialog.getByLabel('Search').fill('sho');
      await expect.poll(() => rowIn(dialog, '/about').count()).toBe(0);
      expect(await inList(), columns).toEqual(unsearched);
      for (const other of [inPanel, inFigures]) {
        const [one, same] = shared(unsearched, other);
        expect(one, columns).toEqual(same);
      }
    }
  });

  test.each(['visits', 'pageviews', 'events'])('the hours of %s add up to the figure', async (metric) => {
    const { dashboard } = stage;
    const filters = metric === 'events' ? { event: 'Order' } : { page: '/shop' };
    await openAll(new URLSearchParams({ ...filters, metric }));
    await dashboard.getByRole('button', { name: 'Table' }).click();
    const cells = await dashboard.getByRole('table').locator('tbody tr td:nth-child(2)').allTextContents();
    const sum = cells.map((cell) => (cell === '–' ? 0 : Number(cell))).reduce((all, one) => all + one, 0);
    expect(String(sum)).toBe((await figures())[metric]);
    expect(sum).toBeGreaterThan(0);
  });

  test('what has no meaning is a dash that says why', async () => {
    const { dashboard } = stage;
    await openAll(new URLSearchParams({ 'event!': 'Order' }));
    const bounces = dashboard.locator('[data-metric=bounce_rate]').first();
    expect(await bounces.textContent()).toContain('–not by event');
    await bounces.focus();
    await dashboard.getByRole('tooltip').filter({ hasText: 'No meaning where events are chosen' }).first().waitFor();
    await stage.open('?period=day&metric=views_per_visit');
    await dashboard.getByText('No meaning by the hour').and(dashboard.locator('.chart-box *')).waitFor();
    // This hour and the one before it: the next may just have begun.
    const [from, to] = [3_600_000, -3_600_000].map(
      (ago) => `${new Date(Date.now() - ago).toISOString().slice(0, 13)}:00:00Z`,
    );
    await stage.open(`?${new URLSearchParams({ period: `${from}..${to}`, list: 'pages' })}`);
    await dashboard.getByRole('button', { name: 'Entries and exits' }).click();
    await dashboard.getByRole('dialog').getByText('Exit rate: No meaning by the hour').waitFor();
  });
});
