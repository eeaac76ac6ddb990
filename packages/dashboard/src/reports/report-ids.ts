/** Names of all reports, also in the address. Apart from the reports, so that the messages need not know those. */
const REPORT_IDS = [
  'pages',
  'entries',
  'exits',
  'titles',
  'hostnames',
  'sources',
  'channels',
  'referrers',
  'campaigns',
  'utm_sources',
  'utm_mediums',
  'utm_contents',
  'utm_terms',
  'countries',
  'regions',
  'cities',
  'browsers',
  'browser_versions',
  'systems',
  'system_versions',
  'devices',
  'screens',
  'languages',
  'events',
  'properties',
  'outbound',
  'downloads',
  'forms',
  'form_paths',
  'missing',
  'revenue',
  'opens',
] as const;

/** Name of a report. */
export type ReportId = (typeof REPORT_IDS)[number];

/** True for the name of a report. */
export const isReportId = (name: string | null): name is ReportId => REPORT_IDS.some((id) => id === name);
