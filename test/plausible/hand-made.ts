import { FIRST, type Step, visit } from '../../packages/collector/src/query/testing.ts';
import { batchOf } from '../../packages/collector/src/store/lines.ts';
import type { Row } from '../../packages/collector/src/store/row.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** A site whose few visits are told here, one by one. */
export const SITE = 'shop.example';
/** A Wednesday afternoon there. `7d` is from 3 to 9 June, in which five browsers came. */
export const NOW = Date.parse('2026-06-10T15:30:00+02:00');

const GERMAN = {
  ...{ country: 'DE', region: 'DE-BE', city: 'DE: Berlin' },
  ...{ os: 'macOS', os_version: 'macOS 14', browser: 'Safari', browser_version: 'Safari 17', device: 'Desktop' },
};
const AMERICAN = {
  ...{ country: 'US', region: 'US-CA', city: 'US: Berlin' },
  ...{
    os: 'GNU/Linux',
    os_version: 'GNU/Linux',
    browser: 'Firefox',
    browser_version: 'Firefox 128',
    device: 'Desktop',
  },
};
const ESTONIAN = {
  ...{ country: 'EE', region: 'EE: Harju', city: 'EE: Tallinn' },
  ...{ os: 'iOS', os_version: 'iOS 17', browser: 'Safari', browser_version: 'Safari 17', device: 'Mobile' },
};
const SOMEBODY = {
  country: 'ZZ',
  ...{ os: 'Windows', os_version: 'Windows 10 or later', browser: 'Chrome', browser_version: 'Chrome 128' },
  device: 'Unknown',
};

const DIRECT = { source: 'Direct', channel: 'Direct' };
const GOOGLE = { source: 'Google', channel: 'Organic search', referrer: 'google.com' };
const MAIL = { source: 'news', channel: 'Email', utm_source: 'news', utm_medium: 'email' };
const TWEET = {
  ...{ source: 'X', channel: 'Organic social', utm_source: 'twitter', utm_medium: 'social' },
  referrer: 't.co',
};

/** The second view of a visit, which makes it no bounce. */
const SECOND: Step = { bounces: -1, page_visits: 1, page_visitors: 1 };

/** What one browser did from a time on; the first view is the first of its day. */
const browsed = (number: number, begin: string, frozen: Partial<Row>, [first, ...others]: readonly Step[]): Row[] =>
  visit(String(number), begin, { visitor: String(number), hostname: SITE, entry_page: first?.page ?? '', ...frozen }, [
    { ...FIRST, ...first },
    ...others,
  ]);

const VISITS: readonly Row[][] = [
  browsed(6, '2026-05-30T12:00:00+02:00', { ...GERMAN, ...GOOGLE }, [{ page: '/' }]),
  browsed(1, '2026-06-03T10:00:00+02:00', { ...GERMAN, ...GOOGLE }, [
    { page: '/' },
    { page: '/docs/start', prev_page: '/', seconds: 60, ...SECOND },
  ]),
  browsed(2, '2026-06-04T10:00:00+02:00', { ...AMERICAN, ...DIRECT }, [{ page: '/pricing' }]),
  browsed(3, '2026-06-05T23:10:00+02:00', { ...ESTONIAN, ...TWEET }, [
    { page: '/Blog/one', props: { is_customer: 'true' } },
    {
      ...{ page: '/Blog/one', props: { is_customer: 'true' }, name: 'Signup' },
      ...{ seconds: 30, bounces: -1, event_visits: 1, event_visitors: 1 },
    },
  ]),
  browsed(7, '2026-06-08T12:00:00+02:00', { ...GERMAN, ...GOOGLE }, [{ page: '/' }]),
  browsed(4, '2026-06-09T08:00:00+02:00', { ...SOMEBODY, ...MAIL }, [
    { page: '/blog/two', props: { is_customer: 'false' } },
  ]),
  browsed(5, '2026-06-10T01:00:00+02:00', { ...GERMAN, ...DIRECT }, [{ page: '/' }]),
];

/** What is answered: the status, and what is in it. */
export interface Replied {
  readonly status: number;
  readonly body: unknown;
}

/** A collector with that site in Berlin. */
export interface Stage {
  readonly collector: TestCollector;
  /** Asks v2 about the site. */
  readonly ask: (body: object) => Promise<Replied>;
  /** Asks v1, or any other path below `/api/v1`. */
  readonly get: (path: string) => Promise<Replied>;
  readonly stop: () => Promise<void>;
}

export const setStage = async (): Promise<Stage> => {
  const collector = await startTestCollector({ now: () => NOW });
  const { id } = await collector.collector.sites.add({ domain: SITE, timezone: 'Europe/Berlin' });
  await collector.store.insert(
    batchOf(
      VISITS.flat().map((row) => ({ ...row, site: id })),
      'rows',
    ),
  );
  const replied = async (response: Response): Promise<Replied> => ({
    status: response.status,
    body: await response.json(),
  });
  return {
    collector,
    ask: async (body) => replied(await collector.api('POST', '/api/v2/query', { site_id: SITE, ...body })),
    get: async (path) => replied(await collector.api('GET', `/api/v1${path}`)),
    stop: collector.stop,
  };
};
