import type { Site } from '../sites/site.ts';
import type { Store } from '../store/store.ts';
import { zone } from '../zone.ts';
import type { LogsAnswer, LogsQuestion } from './logs.ts';
import type { LogsInquiry } from './logs-match.ts';
import { problems } from './problems.ts';
import { boundsOf, rangeOf } from './range.ts';
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
    const local = zone(site.timezone);
    const moment = { zone: local, now: now(), firstDay: local.day(Date.parse(site.created)) };
    const inquiry: LogsInquiry = {
      question,
      site: site.id,
      bounds: boundsOf(rangeOf(question.date_range ?? '7d', moment), moment.zone),
      limit: question.limit ?? LIMIT,
      offset: question.offset ?? 0,
    };
    return question.view === 'problems' ? problems(store, inquiry) : records(store, inquiry);
  },
});
