import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../packages/sdk/src/wire.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { until } from '../support/until.ts';
import { DOMAIN, PATIENCE_MS, type Stage, setStage } from './stage.ts';

const SOON = { timeout: PATIENCE_MS };

/** Pages as people write them. */
const PAGES = [
  '/über-uns/größe',
  '/سلام-دنیا/about',
  '/日本語/製品',
  '/café',
  '/о-нас',
  '/เกี่ยวกับ',
  '/🎉-2',
  '/שלום/abc',
  '/a b',
] as const;

/** What the screen has between steps that go from right to left. */
const asRead = (text: string | null | undefined): string => (text ?? '').replaceAll('\u200e', '');

describe('pages and hosts in their own letters', () => {
  let stage: Stage;
  let visitors = 0;
  const send = async (address: string, items: Item[] = []): Promise<void> => {
    visitors += 1;
    const answer = await fetch(`${stage.collector.url}/in`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': REAL_AGENT, 'x-forwarded-for': `84.128.0.${visitors}` },
      body: JSON.stringify({ s: DOMAIN, u: address, i: [{ k: 'view' }, ...items] }),
    });
    expect(answer.status).toBe(202);
  };

  beforeAll(async () => {
    stage = await setStage();
    await stage.setUp();
    for (const page of PAGES)
      await send(`https://${DOMAIN}${page}`, [
        { k: 'log', l: 'warn', m: `line of ${page}` },
        { k: 'event', n: 'Outbound link', p: { url: `https://xn--bcher-kva.example${encodeURI(page)}` } },
      ]);
    await send(`https://bücher.example/cafe\u0301`);
    await until('the visits are stored', PATIENCE_MS, async () => {
      const answer = await stage.collector.query({ site_id: DOMAIN, metrics: ['pageviews'], date_range: 'day' });
      return answer.results[0]?.metrics[0] === PAGES.length + 1;
    });
  });
  afterAll(() => stage.stop());

  test.each(PAGES)('%s is one page in the API, asked for in each spelling', async (page) => {
    const ask = async (spelling: string) =>
      (
        await stage.collector.query({
          site_id: DOMAIN,
          metrics: ['pageviews'],
          date_range: 'day',
          dimensions: ['event:page'],
          filters: [['is', 'event:page', [spelling]]],
        })
      ).results;
    const views = page === '/café' ? 2 : 1;
    for (const spelling of [page, encodeURI(page), encodeURI(page).toLowerCase(), page.normalize('NFD')])
      expect(await ask(spelling)).toEqual([{ dimensions: [page], metrics: [views] }]);
  });

  test('the list has them, its search finds them, and so does the file', async () => {
    const { dashboard, open } = stage;
    await open('?period=day&list=pages');
    const dialog = dashboard.getByRole('dialog');
    const titles = async (): Promise<string[]> =>
      (
        await dialog.locator('.row-link').evaluateAll((links) => links.map((link) => link.getAttribute('title') ?? ''))
      ).map(asRead);
    await expect.poll(async () => (await titles()).toSorted(), SOON).toEqual([...PAGES].toSorted());
    const [download] = await Promise.all([
      dashboard.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download all as CSV' }).click(),
    ]);
    const file = await readFile(await download.path(), 'utf8');
    expect(file.startsWith('\uFEFFPage,')).toBe(true);
    for (const page of PAGES) expect(file).toContain(`\r\n${page},`);
    for (const [search, page] of [
      ['GRÖẞE', '/über-uns/größe'],
      ['gr%C3%B6', '/über-uns/größe'],
      ['سلام', '/سلام-دنیا/about'],
      ['製品', '/日本語/製品'],
      ['Нас', '/о-нас'],
    ] as const) {
      await dialog.getByLabel('Search').fill(search);
      await expect.poll(titles, SOON).toEqual([page]);
    }
  });

  test('the filter dialog finds a page by its letters, and an address of before means the same', async () => {
    const { dashboard, figure, open } = stage;
    await open('?period=day');
    await dashboard.getByRole('button', { name: 'Filter', exact: true }).click();
    await dashboard.getByRole('option', { name: 'Page', exact: true }).click();
    await dashboard.getByLabel('Page: Value').fill('café');
    await dashboard.getByRole('option', { name: /^\/café/ }).click();
    await dashboard.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => figure('pageviews'), SOON).toBe('2');
    expect(new URL(dashboard.url()).searchParams.get('page')).toBe('/café');
    for (const spelling of ['/caf%25C3%25A9', '/caf%25c3%25a9', '/cafe%CC%81']) {
      await open(`?period=day&page=${spelling}`);
      await expect.poll(() => figure('pageviews'), SOON).toBe('2');
      await dashboard.getByRole('button', { name: 'Change filter Page: /café' }).waitFor();
      const row = dashboard.getByRole('region', { name: 'Pages' }).getByTitle('/café');
      await expect.poll(() => row.getAttribute('aria-current'), SOON).toBe('true');
    }
  });

  test('a host has its letters in the list, the filter and the links', async () => {
    const { dashboard, figure, open } = stage;
    for (const spelling of ['bücher.example', 'xn--bcher-kva.example']) {
      await open(`?period=day&hostname=${spelling}`);
      await expect.poll(() => figure('pageviews'), SOON).toBe('1');
      await dashboard.getByRole('button', { name: 'Change filter Hostname: bücher.example' }).waitFor();
    }
    await open('?period=day&list=hostnames');
    await dashboard.getByRole('dialog').getByLabel('Search').fill('büch');
    await dashboard.getByRole('dialog').getByTitle('bücher.example').waitFor();
    await open('?period=day&list=outbound');
    await dashboard.getByRole('dialog').getByTitle('https://bücher.example/über-uns/größe').waitFor();
  });

  test('live and logs have them', async () => {
    const { dashboard, open } = stage;
    await open('?period=day');
    await dashboard.getByTestId('now').click();
    const live = dashboard.getByRole('region', { name: 'Pages' }).or(dashboard.getByRole('list', { name: 'Pages' }));
    await live.getByTitle('/日本語/製品').first().waitFor();
    await open('?tab=records', '/logs');
    const shown = async (): Promise<string[]> =>
      (await dashboard.locator('.log .record small.wide:last-child').allTextContents()).map(asRead);
    await expect.poll(async () => (await shown()).toSorted(), SOON).toEqual([...PAGES].toSorted());
  });

  test('in German too; and the owner merges addresses', async () => {
    const { collector, dashboard, open } = stage;
    await dashboard.evaluate(() => localStorage.setItem('language', 'de'));
    await open('?period=day');
    await dashboard.getByRole('region', { name: 'Seiten' }).getByTitle('/über-uns/größe').waitFor();
    await dashboard.goto(`${collector.url}/sites/${DOMAIN}/settings?section=counting`);
    const card = dashboard.getByRole('region', { name: 'Eine Seite, mehrere Adressen' });
    await card.getByLabel('Schrägstrich am Ende').check();
    await card.getByLabel('Großbuchstaben').check();
    await card.getByRole('button', { name: 'Speichern' }).click();
    await expect
      .poll(async () => {
        const { sites } = (await (await collector.api('GET', '/api/sites')).json()) as {
          sites: { domain: string; mergedPages: string[] }[];
        };
        return sites.find(({ domain }) => domain === DOMAIN)?.mergedPages;
      }, SOON)
      .toEqual(['final_slash', 'case']);
    for (const page of ['/About', '/about/', '/ABOUT/']) await send(`https://${DOMAIN}${page}`);
    await until('they are stored', PATIENCE_MS, async () => {
      const answer = await collector.query({
        site_id: DOMAIN,
        metrics: ['pageviews'],
        date_range: 'day',
        filters: [['is', 'event:page', ['/about']]],
      });
      return answer.results[0]?.metrics[0] === 3;
    });
  });
});
