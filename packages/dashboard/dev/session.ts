import type { Site } from '../src/api/client.ts';
import type { Session } from '../src/app/session.ts';

const site = (domain: string, name: string): Site => ({
  id: domain,
  domain,
  name,
  role: 'owner',
  timezone: 'Europe/Berlin',
  timezoneNext: null,
  aliases: [],
  hostnames: [],
  ignoredAddresses: [],
  blockedCountries: [],
  blockedSources: [],
  ignoredReferrers: [],
  excludedPages: [],
  queryParameters: [],
  mergedPages: [],
  collect: { places: 'country', screens: true, languages: true },
  dnt: true,
  spamList: true,
  refunds: false,
  maxRevenue: 1_000_000,
  dailyItems: 10_000_000,
  dailyLogMegabytes: 200,
  hitsDays: 400,
  logsDays: 90,
  sumsDays: 0,
  created: '2026-01-01T00:00:00.000Z',
});

/** Sites of the bars: so many that the switcher has a search. */
export const DOMAIN = 'bakery.example';

/** Somebody who may do everything. */
export const SESSION: Session = {
  status: {
    setup: false,
    account: { email: 'dev@example.com' },
    version: '0.0.0',
    engine: 'ready',
    keeping: null,
    hints: [],
    warnings: [],
    geo: { attribution: '', url: '' },
    script: { src: 'https://stats.example.com/p.js', endpoint: null },
  },
  account: { id: 'owner', email: 'dev@example.com', totp: false, roles: { '*': 'owner' } },
  sites: [
    site(DOMAIN, 'The Corner Bakery'),
    ...Array.from({ length: 10 }, (_, index) => site(`site-${index}.example`, `site-${index}.example`)),
  ],
  reload: () => {},
};
