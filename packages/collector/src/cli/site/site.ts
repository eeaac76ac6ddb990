import { dataDirIn } from '../../config/config.ts';
import { shownHost } from '../../sites/host-name.ts';
import type { Site } from '../../sites/site.ts';
import { command, JSON_OPTION } from '../command.ts';
import { operatorOf } from '../control/client.ts';
import { report, tell } from '../output.ts';
import { tableOf } from '../table.ts';
import { findSite } from './find-site.ts';
import { siteTable } from './site-table.ts';

/** `passerby site add` */
export const siteAdd = command({
  name: 'site add',
  does: 'Adds a site to the collector that runs on DATA_DIR.',
  takes: { DOMAIN: 'the host of its pages, as in the script tag' },
  options: {
    timezone: { type: 'string', value: 'Europe/Berlin', what: 'the time zone of its days; without it UTC' },
    name: { type: 'string', value: 'NAME', what: 'what it is called in the dashboard; without it the domain' },
    json: JSON_OPTION,
  },
  examples: ['passerby site add example.com --timezone Europe/Berlin'],
  async run({ positionals: { DOMAIN: domain }, values: { json, ...given } }, env) {
    const site = await operatorOf(dataDirIn(env)).ask<Site>(
      'POST',
      '/api/sites',
      { domain, ...given },
      { domain: 'DOMAIN', timezone: '--timezone', name: '--name' },
    );
    report(json, site, () => `${shownHost(site.domain)} was added; its days are those of ${site.timezone}.`);
  },
});

/** `passerby site list` */
export const siteList = command({
  name: 'site list',
  does: 'Lists the sites.',
  takes: {},
  options: { json: JSON_OPTION },
  examples: ['passerby site list --json'],
  async run({ values: { json } }, env) {
    const answer = await operatorOf(dataDirIn(env)).ask<{ sites: Site[] }>('GET', '/api/sites');
    tell(json, answer, () => listed(answer.sites));
  },
});

const listed = (sites: readonly Site[]): string => {
  if (sites.length === 0) return 'There is no site yet.';
  const rows = sites.map(({ domain, name, timezone }) => [shownHost(domain), name, timezone]);
  return tableOf(['DOMAIN', 'NAME', 'TIME ZONE'], rows);
};

/** `passerby site show` */
export const siteShow = command({
  name: 'site show',
  does: 'Shows the settings of a site, each as passerby site set takes it.',
  takes: { DOMAIN: 'the site' },
  options: { json: JSON_OPTION },
  examples: ['passerby site show example.com'],
  async run({ positionals: { DOMAIN }, values: { json } }, env) {
    const site = await findSite(operatorOf(dataDirIn(env)), DOMAIN);
    tell(json, site, () => siteTable(site));
  },
});
