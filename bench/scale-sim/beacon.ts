import type { AnonymousBeacon, Client, Origin } from '../../packages/collector/src/ingest/beacon.ts';
import type { BrowserKey } from '../../packages/collector/src/privacy/browser-key.ts';
import { site } from '../../packages/collector/src/sites/site.ts';
import type { View } from './population.ts';

/** The one site there is. */
export const SITE = site.parse({
  id: 'site',
  domain: 'kiosk.example',
  name: 'Kiosk',
  timezone: 'UTC',
  created: '2026-01-01T00:00:00.000Z',
});

const ORIGIN: Origin = {
  source: '',
  channel: 'direct',
  referrer: '',
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_content: '',
  utm_term: '',
};

const CLIENT: Client = {
  browser: 'Firefox',
  browser_version: 'Firefox 145',
  os: 'Windows',
  os_version: 'Windows 10 or later',
  device: 'Desktop',
  language: 'de',
  country: 'DE',
  region: '',
  city: '',
};

/** A view as the `visit` stage gets it. */
export const beaconOf = ({ at, page }: View, browserKey: BrowserKey): AnonymousBeacon => ({
  at: at * 1000,
  site: SITE,
  batch: null,
  release: '',
  screen: 'l',
  props: {},
  via: '',
  left: {},
  browserKey,
  page: { hostname: SITE.domain, path: page, title: '' },
  origin: ORIGIN,
  client: CLIENT,
  items: [{ kind: 'view', at: at * 1000 }],
});
