import type { Metric } from '@passerby/collector/query';
import { countryName, languageName, screenName } from '../names.ts';
import type { FilterDimension } from '../state/filters.ts';

/** What a list shows: the groups of one dimension, by the first of its metrics. */
export interface Report {
  readonly dimension: FilterDimension;
  /** Columns of the panel. */
  readonly metrics: readonly [Metric, ...Metric[]];
  /** Columns of the full list. */
  readonly detail: readonly [Metric, ...Metric[]];
  /** How a value is written; missing: as it is. */
  readonly name?: (value: string) => string;
  /** The value is a page of the site. */
  readonly isPage?: true;
}

const ofVisits = (dimension: FilterDimension, name?: (value: string) => string): Report => ({
  dimension,
  metrics: ['visitors'],
  detail: ['visitors', 'visits', 'bounce_rate', 'visit_duration'],
  ...(name && { name }),
});

/** All reports. A new one is a new entry here, its title in `text.ts`, and its place in {@link PANELS}. */
export const REPORTS = {
  pages: {
    dimension: 'event:page',
    metrics: ['visitors', 'pageviews'],
    detail: ['visitors', 'pageviews', 'bounce_rate'],
    isPage: true,
  },
  entries: {
    dimension: 'visit:entry_page',
    metrics: ['visits'],
    detail: ['visits', 'visitors', 'bounce_rate', 'visit_duration'],
    isPage: true,
  },
  exits: { dimension: 'visit:exit_page', metrics: ['visits'], detail: ['visits'], isPage: true },
  sources: ofVisits('visit:source'),
  channels: ofVisits('visit:channel'),
  referrers: ofVisits('visit:referrer'),
  campaigns: ofVisits('visit:utm_campaign'),
  utm_sources: ofVisits('visit:utm_source'),
  utm_mediums: ofVisits('visit:utm_medium'),
  utm_contents: ofVisits('visit:utm_content'),
  utm_terms: ofVisits('visit:utm_term'),
  countries: ofVisits('visit:country', countryName),
  browsers: ofVisits('visit:browser'),
  browser_versions: ofVisits('visit:browser_version'),
  systems: ofVisits('visit:os'),
  system_versions: ofVisits('visit:os_version'),
  devices: ofVisits('visit:device'),
  screens: ofVisits('visit:screen', screenName),
  languages: ofVisits('visit:language', languageName),
  events: { dimension: 'event:name', metrics: ['events', 'visitors'], detail: ['events', 'visitors', 'visits'] },
} as const satisfies Record<string, Report>;

/** Name of a report, also in the address. */
export type ReportId = keyof typeof REPORTS;

/** True for the name of a report. */
export const isReportId = (name: string | null): name is ReportId => name !== null && Object.hasOwn(REPORTS, name);

/** The report of a name. */
export const reportOf = (id: ReportId): Report => REPORTS[id];

/** A panel: its tabs, each with one report or several of a kind; the first is the default. */
export interface Panel {
  readonly id: 'pages' | 'sources' | 'places' | 'devices' | 'events';
  readonly tabs: readonly (readonly [ReportId, ...ReportId[]])[];
}

/** The panels in reading order. */
export const PANELS: readonly Panel[] = [
  { id: 'pages', tabs: [['pages'], ['entries'], ['exits']] },
  {
    id: 'sources',
    tabs: [
      ['sources'],
      ['channels'],
      ['referrers'],
      ['campaigns', 'utm_sources', 'utm_mediums', 'utm_contents', 'utm_terms'],
    ],
  },
  { id: 'places', tabs: [['countries']] },
  {
    id: 'devices',
    tabs: [['browsers', 'browser_versions'], ['systems', 'system_versions'], ['devices'], ['screens'], ['languages']],
  },
  { id: 'events', tabs: [['events']] },
];

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
export const choose = (panel: Panel, chosen: readonly ReportId[], id: ReportId): ReportId[] => [
  ...chosen.filter((other) => !reportsIn(panel).includes(other)),
  id,
];
