import type { TestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import type { TestCollector } from '../../test/support/test-collector.ts';
import { sow } from '../seed/sow.ts';

/** A Sunday in a month with a long name. The store deletes old hits by a clock that nobody can set: it is ahead. */
export const NOW = Date.parse('2036-09-28T18:00:00Z');
/** The site that is looked at, by its domain. */
export const DOMAIN = 'bakery.example';
/** Its visitors in 28 days: as many digits as anybody has. */
const VISITORS = 125_900_000;

const LONG_PATH = '/recipes/how-to-bake-the-bread-of-the-old-village-oven/part-two-with-all-that-went-wrong';
/** What the longest names, and other letters, do to a row. */
const PAGES = [
  LONG_PATH,
  '/über-uns/größe-und-gewicht-der-brötchen',
  '/سلام-دنیا/about',
  '/日本語/製品',
  '/a b',
  '/🎉-2',
];

/** Filters that take most room. */
export const THREE_FILTERS = `page=${encodeURIComponent(LONG_PATH)}&source!=Google&browser~=o`;

/** A month of visits, in a site's rollup as many as the largest have. */
export const sowVisits = async (engine: TestEngine, spoolDir: string): Promise<void> => {
  const kept = { ...engine, stop: async () => {} };
  const { visitors } = await sow({
    engine: kept,
    spoolDir,
    domain: DOMAIN,
    days: 30,
    visits: 20,
    seed: 1,
    until: NOW,
    told: () => {},
  });
  const times = Math.round(VISITORS / visitors) - 1;
  const columns = [
    'views',
    'events',
    'visits',
    'visitors',
    'bounces',
    'seconds',
    'engaged_ms',
    'scroll',
    'seen_visits',
  ];
  const more = [...columns, 'seen_visitors', 'moves', 'later_visitors', 'revenue'];
  await engine.store.command(
    `INSERT INTO sums SELECT * REPLACE (${more.map((name) => `${name} * ${times} AS ${name}`).join(', ')}) FROM sums`,
  );
};

/** What makes every screen as full as it gets, through the doors that a reader has. */
export const fillSite = async (collector: TestCollector): Promise<void> => {
  const post = async (path: string, body: unknown, method = 'POST'): Promise<void> => {
    const answer = await collector.api(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  };
  await post(
    `/api/sites/${DOMAIN}`,
    { name: 'The Corner Bakery and Coffee House', excludedPages: ['/drafts/*'] },
    'PATCH',
  );
  for (const [index, name] of SITES.entries()) await post('/api/sites', { domain: `site-${index}.example`, name });
  await post(`/api/sites/${DOMAIN}/views`, {
    name: 'What readers of the newsletter did in autumn',
    search: 'period=7d',
  });
  for (const [index, { beacon, agent }] of beacons().entries())
    await collector.send(beacon, { address: `84.128.7.${index + 1}`, ...(agent !== undefined && { agent }) });
  await collector.flush();
};

const SITES = [
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenverein',
  'The quick brown fox that jumped over a lazy dog, and its friends',
  'متجر الخبز والحلويات في المدينة القديمة',
  '旧市街のパンとお菓子の店',
  ...Array.from({ length: 8 }, (_, index) => `Shop ${index + 1}`),
];

const beacons = (): { beacon: Beacon; agent?: string }[] => {
  const on = (path: string, i: Beacon['i']): Beacon => ({ s: DOMAIN, u: `https://${DOMAIN}${encodeURI(path)}`, i });
  const url = `https://files.example.org${LONG_PATH}.pdf`;
  const seen = PAGES.map((path) => ({
    beacon: on(path, [
      { k: 'view' },
      { k: 'event', n: 'Outbound link', p: { url } },
      { k: 'event', n: 'A subscription that was renewed by somebody', $: [123_456.78, 'EUR'] },
      { k: 'log', l: 'warn', m: `a line that is as long as lines in logs are, of the page ${path}`, p: { step: 3 } },
      { k: 'error', m: `TypeError: ${'x'.repeat(60)} is not a function`, st: `at f (https://${DOMAIN}/app.js:1:1)` },
    ]),
  }));
  return [
    ...seen,
    { beacon: on('/', [{ k: 'view' }]), agent: 'Googlebot/2.1' },
    { beacon: on('/drafts/new', [{ k: 'view' }]) },
    { beacon: { ...on('/', [{ k: 'view' }]), r: 'https://semalt.com/' } },
  ];
};
