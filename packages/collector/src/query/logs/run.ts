import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';
import type { Store } from '../../store/store.ts';
import { boundsOf, resolveRange } from '../period/range.ts';
import type { PlannedLogsQuery } from './conditions.ts';
import type { LogsAnswer, LogsQuestion } from './logs.ts';
import { problems } from './problems.ts';
import { records } from './records.ts';

/** Answers questions about a site's logs. */
export interface Logs {
  /** @throws FieldError if there is something wrong with the range */
  ask(question: LogsQuestion, site: Site): Promise<LogsAnswer>;
}

const LIMIT = 50;

/** `now` in Unix milliseconds. */
export const createLogs = ({ store, now }: { store: Store; now: () => number }): Logs => ({
  ask: (question, site) => {
    const at = now();
    const local = siteZone(site, at);
    const context = { zone: local, now: at, firstDay: local.day(Date.parse(site.created)) };
    const planned: PlannedLogsQuery = {
      question,
      site: site.id,
      bounds: boundsOf(resolveRange(question.date_range ?? '7d', context), context.zone),
      limit: question.limit ?? LIMIT,
      offset: question.offset ?? 0,
    };
    return question.view === 'problems' ? problems(store, planned) : records(store, planned);
  },
});
