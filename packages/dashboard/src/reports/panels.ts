import {
  builtInCalled,
  builtInLike,
  builtInName,
  countryName,
  languageName,
  placeName,
  screenName,
  storedSystemVersion,
  systemVersionName,
  viaName,
} from '../i18n/names.ts';
import { shownPath } from '../i18n/page-path.ts';
import { type Filter, type FilterDimension, isAddress, propertyDimension } from '../state/filters.ts';
import { isOfEvents, metricsUnder, type ShownMetrics } from './metrics.ts';
import type { Report, ReportOfKinds } from './report.ts';
import type { ReportId } from './report-ids.ts';

const ofVisits = (dimension: FilterDimension, name?: (value: string) => string): Report => ({
  dimension,
  metrics: ['visitors'],
  detail: ['visitors', 'visits', 'bounce_rate', 'visit_duration'],
  more: { visitor: ['visitors', 'visits_per_visitor', 'events_per_visitor'] },
  ...(name && { name }),
});

const ofViews = (dimension: FilterDimension): Report => ({
  dimension,
  metrics: ['visitors', 'pageviews'],
  detail: ['visitors', 'visits', 'pageviews'],
  more: {
    reading: ['visitors', 'time_on_page', 'scroll_depth'],
    ways: ['entries', 'bounce_rate', 'exits', 'exit_rate'],
  },
});

const ofEvents = (dimension: FilterDimension): Report => ({
  dimension,
  metrics: ['events', 'visitors'],
  detail: ['events', 'visitors', 'visits'],
});

/** One of the events that the script reports by itself, by one of its properties. */
const ofAutomatic = (event: string, property: string): Report => ({
  ...ofEvents(propertyDimension(property)),
  filters: [['is', 'event:name', [event]]],
});

/** All reports. A new one is an entry here, a name in `report-ids.ts`, a title in the texts, a place in {@link PANELS}. */
export const REPORTS = {
  pages: { ...ofViews('event:page'), isPage: true },
  entries: {
    dimension: 'visit:entry_page',
    metrics: ['visits', 'bounce_rate'],
    detail: ['visits', 'visitors', 'bounce_rate', 'visit_duration'],
    isPage: true,
  },
  exits: { dimension: 'visit:exit_page', metrics: ['visits'], detail: ['visits'], isPage: true },
  titles: ofViews('event:title'),
  hostnames: ofViews('event:hostname'),
  sources: ofVisits('visit:source'),
  channels: ofVisits('visit:channel'),
  referrers: ofVisits('visit:referrer'),
  campaigns: ofVisits('visit:utm_campaign'),
  utm_sources: ofVisits('visit:utm_source'),
  utm_mediums: ofVisits('visit:utm_medium'),
  utm_contents: ofVisits('visit:utm_content'),
  utm_terms: ofVisits('visit:utm_term'),
  countries: ofVisits('visit:country', countryName),
  regions: ofVisits('visit:region', placeName),
  cities: ofVisits('visit:city', placeName),
  browsers: ofVisits('visit:browser'),
  browser_versions: ofVisits('visit:browser_version'),
  systems: ofVisits('visit:os'),
  system_versions: ofVisits('visit:os_version'),
  devices: ofVisits('visit:device'),
  screens: ofVisits('visit:screen', screenName),
  languages: ofVisits('visit:language', languageName),
  events: {
    ...ofEvents('event:name'),
    metrics: ['events', 'visitors', 'percentage'],
    detail: ['events', 'visitors', 'visits', 'percentage'],
    more: { visitor: ['events', 'visitors', 'events_per_visitor'] },
    leadsTo: 'properties',
  },
  properties: {
    kinds: 'event:property',
    by: 'visitors',
    of: (property) => ({
      dimension: propertyDimension(property),
      metrics: ['visitors', 'events', 'pageviews'],
      detail: ['visitors', 'visits', 'events', 'pageviews'],
    }),
  },
  outbound: { ...ofAutomatic('Outbound link', 'url'), isAddress: true },
  downloads: { ...ofAutomatic('File download', 'url'), isAddress: true },
  forms: ofAutomatic('Form submission', 'form'),
  form_paths: ofAutomatic('Form submission', 'path'),
  missing: { ...ofAutomatic('404', 'path'), isPage: true },
  revenue: {
    kinds: 'event:currency',
    by: 'events',
    of: (currency) => ({
      dimension: 'event:name',
      filters: [['is', 'event:currency', [currency]]],
      metrics: ['revenue', 'events', 'visitors'],
      detail: ['revenue', 'events', 'visitors', 'revenue_per_visitor'],
    }),
  },
  opens: { dimension: 'open:name', metrics: ['events'], detail: ['events'] },
} as const satisfies Record<ReportId, Report | ReportOfKinds>;

/** The columns of a report's full list under the reader's filters, by their names. */
export const columnsOf = (
  { detail, more }: Report,
  filters: readonly Filter[],
): Readonly<Record<string, ShownMetrics>> => ({
  views: metricsUnder(filters, detail),
  ...(!filters.some(isOfEvents) && more),
});

/** The report of a name. */
export const reportOf = (id: ReportId): Report | ReportOfKinds => REPORTS[id];

/** What a value of a report is called, in a file too. */
export const plainName = ({ dimension, name }: Report, value: string): string => {
  // No name of a code: a part of one, as "Windows", can be looked for.
  if (dimension === 'visit:os_version') return systemVersionName(value);
  return name?.(value) ?? builtInName(dimension, value);
};

/** The same on the screen, where addresses stand in the order of their steps. */
export const rowName = (report: Report, value: string): string =>
  isAddress(report.dimension, value) ? shownPath(value) : plainName(report, value);

/**
 * What was typed of a value, as it is stored: versions of systems are called otherwise in other languages, and of the
 * address that somebody copied a page is the path, a source the host.
 */
export const asStored = (dimension: FilterDimension, typed: string): string => {
  const [, address = '', host = ''] = /^https?:\/\/(([^/?#]+).*)$/is.exec(typed) ?? [];
  switch (dimension) {
    case 'visit:os_version':
      return storedSystemVersion(typed);
    case 'event:page':
    case 'visit:entry_page':
    case 'visit:exit_page':
      return address === '' ? typed : address.slice(host.length) || '/';
    case 'event:hostname':
    case 'visit:source':
      return host || (builtInCalled(dimension, typed) ?? typed);
    case 'visit:referrer':
      return address || typed;
    default:
      return builtInCalled(dimension, typed) ?? typed;
  }
};

/** What was typed of values, as parts of stored ones: what is built in is found by the name that is shown. */
export const partsAsStored = (dimension: FilterDimension, typed: string): string[] => [
  ...new Set([asStored(dimension, typed), ...builtInLike(dimension, typed)]),
];

/** How a value of a dimension is written. */
export const valueName = (dimension: FilterDimension, value: string): string => {
  if (dimension === 'event:via') return viaName(value);
  const report = reportBy(dimension);
  return report ? rowName(report, value) : isAddress(dimension, value) ? shownPath(value) : value;
};

/** The report that groups by a dimension, if there is one. */
export const reportBy = (dimension: FilterDimension): Report | undefined => {
  const reports: readonly (Report | ReportOfKinds)[] = Object.values(REPORTS);
  return reports.find((report): report is Report => 'dimension' in report && report.dimension === dimension);
};

/** A panel: its tabs, each with one report or several of a kind; the first is the default. */
export interface Panel {
  readonly id: 'pages' | 'sources' | 'places' | 'devices' | 'events';
  readonly tabs: readonly (readonly [ReportId, ...ReportId[]])[];
}

/** The panels in reading order. */
export const PANELS: readonly Panel[] = [
  { id: 'pages', tabs: [['pages'], ['entries'], ['exits'], ['titles'], ['hostnames']] },
  {
    id: 'sources',
    tabs: [
      ['sources'],
      ['channels'],
      ['referrers'],
      ['campaigns', 'utm_sources', 'utm_mediums', 'utm_contents', 'utm_terms'],
    ],
  },
  { id: 'places', tabs: [['countries'], ['regions'], ['cities']] },
  {
    id: 'devices',
    tabs: [['browsers', 'browser_versions'], ['systems', 'system_versions'], ['devices'], ['screens'], ['languages']],
  },
  {
    id: 'events',
    tabs: [
      ['events'],
      ['properties'],
      ['outbound'],
      ['downloads'],
      ['forms', 'form_paths'],
      ['missing'],
      ['revenue'],
      ['opens'],
    ],
  },
];

/** A panel without the tabs of some reports. */
export const withoutReports = (panel: Panel, left: ReadonlySet<ReportId>): Panel => ({
  ...panel,
  tabs: panel.tabs.filter(([first]) => !left.has(first)),
});

/** All the reports of a panel. */
export const reportsIn = (panel: Panel): ReportId[] => panel.tabs.flat();

/** Reports shown without being chosen. */
export const DEFAULT_REPORTS: ReadonlySet<ReportId> = new Set(PANELS.flatMap((panel) => reportsIn(panel).slice(0, 1)));

/** The report that a panel shows, given the ones chosen. */
export const shownIn = (panel: Panel, chosen: readonly ReportId[]): ReportId => {
  const reports = reportsIn(panel);
  return chosen.find((id) => reports.includes(id)) ?? reports[0] ?? 'pages';
};

/** The chosen reports after choosing one more in its panel. */
export const choose = (chosen: readonly ReportId[], id: ReportId): ReportId[] => {
  const neighbours = PANELS.map(reportsIn).find((reports) => reports.includes(id)) ?? [];
  return [...chosen.filter((other) => !neighbours.includes(other)), id];
};
