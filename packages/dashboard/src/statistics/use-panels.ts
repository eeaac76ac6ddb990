import type { Site } from '../api/client.ts';
import type { Ask } from '../query/question.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { PANELS, type Panel, withoutReports } from '../reports/panels.ts';
import type { ReportId } from '../reports/report-ids.ts';

const PLACES = { country: ['regions', 'cities'], region: ['cities'], city: [] } as const;

/** Reports of what a site does not keep. */
export const notKept = ({ places, screens, languages }: Site['collect']): ReportId[] => [
  ...PLACES[places],
  ...(screens ? [] : (['screens'] as const)),
  ...(languages ? [] : (['languages'] as const)),
];

const REVENUE: Ask = { metrics: ['events'], dimensions: ['event:currency'], limit: 1 };
const OPENS: Ask = { metrics: ['events'], dimensions: ['open:name'], limit: 1 };

/**
 * The panels with the tabs that this site has something in: what it keeps; money and e-mails if there were any in the
 * period. Both come in one moment, behind all the others, so that none moves away under a pointer.
 */
export const usePanels = (scope: Scope, site: Site | undefined): readonly Panel[] => {
  const unfiltered = { domain: scope.domain, view: { ...scope.view, filters: [] } };
  const revenue = useAnswer(unfiltered, REVENUE);
  const opens = useAnswer(unfiltered, OPENS);
  const left = new Set<ReportId>(site ? notKept(site.collect) : []);
  const areKnown = revenue.data !== null && opens.data !== null;
  if (!areKnown || !revenue.data.results.length) left.add('revenue');
  if (!areKnown || !opens.data.results.length) left.add('opens');
  for (const id of scope.view.shown) left.delete(id);
  return PANELS.map((panel) => withoutReports(panel, left));
};
