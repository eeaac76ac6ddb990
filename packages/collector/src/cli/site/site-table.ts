import { shownHost } from '../../sites/host-name.ts';
import type { Site } from '../../sites/site.ts';
import { tableOf } from '../table.ts';
import { SITE_OPTIONS } from './site-options.ts';

/** The settings of a site, as `passerby site set` names and takes them. */
export const siteTable = (site: Site): string => {
  const rows = Object.entries(SITE_OPTIONS).map(([name, { field }]) => [name, shown(valueIn(site, field))]);
  const next = site.timezoneNext;
  return [
    tableOf(['SETTING', shownHost(site.domain)], rows),
    ...(next === null
      ? []
      : [`From ${new Date(next.from * 1000).toISOString()} on its days are those of ${next.timezone}.`]),
  ].join('\n\n');
};

const valueIn = (site: Site, field: string): unknown =>
  field.split('.').reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>>)[name], site);

const shown = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join(' ');
  return String(value);
};
