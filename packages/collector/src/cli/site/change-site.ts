import { dataDirIn } from '../../config/config.ts';
import { UsageError } from '../../config/start-error.ts';
import { shownHost } from '../../sites/host-name.ts';
import type { Extent } from '../../sites/purge/purge.ts';
import type { Site } from '../../sites/site.ts';
import { command, JSON_OPTION, notConfirmed, YES_OPTION } from '../command.ts';
import { operatorOf } from '../control/client.ts';
import { report, say, tell } from '../output.ts';
import { tableOf } from '../table.ts';
import { findSite, pathOf } from './find-site.ts';
import { changeOf, NAMED, SITE_OPTIONS } from './site-options.ts';
import { siteTable } from './site-table.ts';

/** `passerby site set` */
export const siteSet = command({
  name: 'site set',
  does: 'Changes settings of a site: those that are named. A list is replaced, by all that is given of it.',
  takes: { DOMAIN: 'the site' },
  options: { ...SITE_OPTIONS, json: JSON_OPTION },
  examples: [
    'passerby site set example.com --hits-days 30',
    "passerby site set example.com --excluded-pages '/admin/*' --excluded-pages '/preview/*' --dnt off",
  ],
  async run({ positionals: { DOMAIN }, values: { json, ...given } }, env) {
    const change = changeOf(given);
    if (Object.keys(change).length === 0)
      throw new UsageError(
        'site set',
        'names nothing to change; passerby help site set says what there is.',
        'missing',
      );
    const operator = operatorOf(dataDirIn(env));
    const site = await operator.ask<Site>('PATCH', pathOf(await findSite(operator, DOMAIN)), change, NAMED);
    report(json, site, () => `${siteTable(site)}\n\n${shownHost(site.domain)} was changed.`);
  },
});

/** `passerby site delete` */
export const siteDelete = command({
  name: 'site delete',
  does: 'Deletes a site with all that was counted for it, for good; without --yes it is only said what would go.',
  takes: { DOMAIN: 'the site' },
  options: { yes: YES_OPTION, json: JSON_OPTION },
  examples: ['passerby site delete example.com --yes'],
  async run({ positionals: { DOMAIN }, values: { json, yes } }, env) {
    const operator = operatorOf(dataDirIn(env));
    const site = await findSite(operator, DOMAIN);
    const extent = await operator.ask<Extent>('GET', `${pathOf(site)}/purge`);
    if (yes) await operator.ask('DELETE', pathOf(site), { confirm: site.domain });
    tellExtent(json, site, extent, yes);
    if (!yes) throw notConfirmed(`passerby site delete ${shownHost(site.domain)} --yes deletes the site with these.`);
    if (!json) say(`\n${shownHost(site.domain)} was deleted.`);
  },
});

/** What a purge may name, as the API calls it. */
const PARTS = {
  from: { type: 'string', value: '2026-03-01', what: 'first day of what goes' },
  to: { type: 'string', value: '2026-03-31', what: 'last day of what goes' },
  page: { type: 'string', value: '/secret', what: 'a page, which is forgotten by name; its visits stay counted' },
  event: { type: 'string', value: 'NAME', what: 'hits of this event' },
  source: { type: 'string', value: 'NAME', what: 'hits of visits from this source' },
  hour: { type: 'string', value: '2026-03-01T14:00', what: 'hits of visits that began in this hour of the site' },
  dimension: { type: 'string', value: 'visit:browser', what: 'hits by what they say; needs --value' },
  value: { type: 'string', value: 'VALUE', what: 'what the dimension says' },
} as const;
const PURGE_NAMED = Object.fromEntries(Object.keys(PARTS).map((name) => [name, `--${name}`]));

/** `passerby site purge` */
export const sitePurge = command({
  name: 'site purge',
  does: 'Deletes a part of what is stored of a site, for good; without --yes it is only said what would go.',
  takes: { DOMAIN: 'the site' },
  options: {
    ...PARTS,
    all: { type: 'boolean', what: 'all that was counted; the site stays' },
    yes: YES_OPTION,
    json: JSON_OPTION,
  },
  examples: [
    'passerby site purge example.com --from 2026-03-01 --to 2026-03-31',
    'passerby site purge example.com --page /secret --yes',
  ],
  async run({ positionals: { DOMAIN }, values: { json, yes, all, ...given } }, env) {
    const part = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
    if (all && part.length > 0) throw new UsageError('--all', `must not be given beside --${part[0]?.[0]}.`);
    if (!all && part.length === 0)
      throw new UsageError('site purge', 'names no part; --all is all that was counted.', 'missing');
    const operator = operatorOf(dataDirIn(env));
    const site = await findSite(operator, DOMAIN);
    const path = `${pathOf(site)}/purge`;
    const extent = await (yes
      ? operator.ask<Extent>('POST', path, { ...Object.fromEntries(part), confirm: site.domain }, PURGE_NAMED)
      : operator.ask<Extent>('GET', `${path}?${new URLSearchParams(part)}`, undefined, PURGE_NAMED));
    tellExtent(json, site, extent, yes);
    if (!yes) throw notConfirmed('passerby site purge … --yes deletes these for good.');
  },
});

const tellExtent = (json: boolean, { domain }: Site, extent: Extent, done: boolean): void =>
  (done ? report : tell)(json, { domain, ...extent, done }, () => extentTable(extent, done));

const extentTable = ({ hits, logs, days, keptDays }: Extent, done: boolean): string =>
  tableOf(
    ['WHAT', done ? 'DELETED' : 'WOULD GO'],
    [
      ['views and events', hits],
      ['log records and errors', logs],
      ['days with any of them', days],
      ...(keptDays === undefined ? [] : [['days of which totals stay', keptDays] as const]),
    ],
  );
