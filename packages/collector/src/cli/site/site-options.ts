import { UsageError } from '../../config/start-error.ts';
import { DIFFERENCES } from '../../sites/rules.ts';
import type { Option } from '../usage.ts';

/** A setting of a site as an option, and how its value is read and shown. */
interface SiteOption extends Option {
  /** As the API names it; with a dot, what stands in another one. */
  readonly field: string;
  readonly read: (value: string, option: string) => unknown;
}

const text = (value: string): string => value;
const onOrOff = (value: string, option: string): boolean => {
  if (value !== 'on' && value !== 'off')
    throw new UsageError(option, `must be on or off, not ${JSON.stringify(value)}.`);
  return value === 'on';
};
const whole = (value: string, option: string): number => {
  if (!/^-?\d{1,15}$/.test(value))
    throw new UsageError(option, `must be a whole number, not ${JSON.stringify(value)}.`);
  return Number(value);
};

const one = (field: string, value: string, what: string): SiteOption => ({
  type: 'string',
  field,
  value,
  what,
  read: text,
});
const number = (field: string, value: string, what: string): SiteOption => ({
  ...one(field, value, what),
  read: whole,
});
const flag = (field: string, what: string): SiteOption => ({ ...one(field, 'on|off', what), read: onOrOff });
const list = (field: string, value: string, what: string): SiteOption & { readonly multiple: true } => ({
  ...one(field, value, `${what}; '' for none`),
  multiple: true,
});

/** The settings of a site, in the order in which they are shown. */
export const SITE_OPTIONS = {
  name: one('name', 'NAME', 'what it is called in the dashboard'),
  timezone: one('timezone', 'Europe/Berlin', 'the time zone of its days, from the next local midnight on'),
  domain: one('domain', 'example.org', 'another domain; the former one becomes an alias'),
  aliases: list('aliases', 'www.example.org', 'other names by which tags call it'),
  'hits-days': number('hitsDays', '400', 'days that single hits are kept; 0: they are never stored, only their totals'),
  'logs-days': number('logsDays', '90', 'days that log records are kept'),
  'sums-days': number('sumsDays', '0', 'days that totals are kept; 0: for good'),
  dnt: flag('dnt', 'whether Do Not Track is honoured'),
  'collect-places': one('collect.places', 'country|region|city', 'how exactly the place is kept'),
  'collect-screens': flag('collect.screens', 'whether the class of the window’s width is kept'),
  'collect-languages': flag('collect.languages', 'whether the browser’s language is kept'),
  'spam-list': flag('spamList', 'whether sources that are known for referrer spam are left out'),
  hostnames: list('hostnames', '*.example.com', 'hosts whose pages count'),
  'ignored-addresses': list('ignoredAddresses', '203.0.113.7', 'addresses and networks whose visits do not count'),
  'blocked-countries': list('blockedCountries', 'DE', 'countries whose visits do not count'),
  'excluded-pages': list('excludedPages', "'/admin/*'", 'pages that do not count'),
  'blocked-sources': list('blockedSources', 'spam.example', 'hosts from which visits do not count'),
  'ignored-referrers': list('ignoredReferrers', 'pay.example', 'hosts that visitors come back from'),
  'query-parameters': list('queryParameters', 'q', 'parameters that belong to a page'),
  'merged-pages': list('mergedPages', DIFFERENCES.join('|'), 'in what the addresses of one page differ'),
  'daily-items': number('dailyItems', '10000000', 'views, events and so on that are taken of a day'),
  'daily-log-megabytes': number('dailyLogMegabytes', '200', 'megabytes of log lines that are taken of a day'),
  'max-revenue': number('maxRevenue', '1000000', 'the most that one event may have brought in'),
  refunds: flag('refunds', 'whether an event may take revenue back'),
} as const satisfies Readonly<Record<string, SiteOption>>;

const ENTRIES = Object.entries<SiteOption>(SITE_OPTIONS);

/** What each field is called on the command line. */
export const NAMED: Readonly<Record<string, string>> = Object.fromEntries(
  ENTRIES.map(([name, { field }]) => [field, `--${name}`]),
);

/** What is to be changed, as the API takes it. @throws UsageError */
export const changeOf = (given: Readonly<Record<string, string | readonly string[] | undefined>>): object => {
  const change: Record<string, unknown> = {};
  for (const [name, option] of ENTRIES) {
    const value = given[name];
    if (value === undefined || (typeof value !== 'string' && value.length === 0)) continue;
    const read = typeof value === 'string' ? option.read(value, `--${name}`) : value.filter((entry) => entry !== '');
    const [field = '', inner] = option.field.split('.');
    change[field] = inner === undefined ? read : { ...(change[field] as object | undefined), [inner]: read };
  }
  return change;
};
