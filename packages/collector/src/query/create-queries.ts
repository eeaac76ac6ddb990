import type { Log } from '../lib/logger.ts';
import { utcDay } from '../lib/time-zone.ts';
import type { Site } from '../sites/site.ts';
import type { Store } from '../store/store.ts';
import { type Admission, type AdmissionDeps, createAdmission } from './admission/admission.ts';
import type { Closed } from './admission/answer-cache.ts';
import type { Asker } from './admission/asker.ts';
import { closedOn } from './admission/closed-days.ts';
import { createCurrentVisitors } from './live/current-visitors.ts';
import { createLiveHub, type LiveHub } from './live/hub.ts';
import { createLiveQuestion } from './live/run.ts';
import type { LogsAnswer, LogsQuestion } from './logs/logs.ts';
import { createLogs } from './logs/run.ts';
import type { Overview } from './overview/overview.ts';
import type { OverviewRange } from './overview/parse.ts';
import { createOverview } from './overview/run.ts';
import { withinReach } from './period/over-limit.ts';
import type { Range } from './period/range.ts';
import { createCountedSince } from './stats/counted-from.ts';
import { createFirstDay } from './stats/first-day.ts';
import { createGathering, type Gathering } from './stats/gathering.ts';
import { filled } from './stats/normalize.ts';
import { inPlace, placeOf } from './stats/parse-questions.ts';
import { isNoPattern } from './stats/patterns.ts';
import type { Answer, Question } from './stats/query.ts';
import { createQuery, type Query } from './stats/run.ts';
import { type AskedSite, askSites, isOfSeveral, resolveSites } from './stats/several-sites.ts';

/** What {@link createQueries} needs. */
export interface QueriesDeps {
  readonly store: Store;
  /** Others may write to the store too, as to a server. */
  readonly isShared: boolean;
  /** Told of each look at the store; it waits for what is given back. Missing: nobody. */
  readonly looked?: AdmissionDeps['looked'];
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** A question and the sites that it is about. */
export interface SiteQuestion {
  readonly question: Question;
  readonly sites: readonly Site[];
}

/** All that can be asked of the store, by whoever may: what the asker may see has been checked. */
export interface Queries {
  /** Lets a question of another kind take its turn. */
  readonly admission: Admission;
  readonly ask: (question: Question, site: Site, asker: Asker) => Promise<Answer>;
  /** Asks one about several sites, which are added up, or grouped by. */
  readonly askSites: (question: Question, sites: readonly Site[], asker: Asker) => Promise<Answer>;
  /**
   * Asks several, each by itself: what fails leaves the others alone.
   * @returns in the order of the questions
   * @throws FieldError if there is something wrong with one of them
   */
  readonly askAll: (
    questions: readonly SiteQuestion[],
    asker: Asker,
  ) => Promise<readonly PromiseSettledResult<Answer>[]>;
  readonly askLogs: (question: LogsQuestion, site: Site, asker: Asker) => Promise<LogsAnswer>;
  readonly askNow: (site: Site, asker: Asker) => ReturnType<ReturnType<typeof createCurrentVisitors>['ask']>;
  readonly askOverview: (sites: readonly Site[], range: OverviewRange, asker: Asker) => Promise<Overview>;
  readonly live: LiveHub;
}

/** What an answer depends on beside its question and its rows. */
interface Known {
  /** Since when all rows are counted as today, Unix milliseconds; null: from the first on. */
  readonly since: number | null;
  /** Local day of the site's first hit. */
  readonly day: string;
}

/** What the questions of one request have in common. */
interface Together {
  readonly gathering: Gathering;
  readonly known: Known | undefined;
}

/** @throws FieldError if there is something wrong with the range */
const check = (query: Query, question: Question, sites: readonly AskedSite[], now: number): void => {
  if (isOfSeveral(question)) resolveSites(question, sites, now);
  else for (const { site, day } of sites) query.check(question, site, day);
};

/** Nothing is asked yet. */
export const createQueries = ({ store, isShared, looked, log, now }: QueriesDeps): Queries => {
  const admission = createAdmission({ store, now, isShared, ...(looked && { looked }) });
  const firstDay = createFirstDay({ store, now });
  const countedSince = createCountedSince();
  const knownOf = async (site: Site, asker: Asker): Promise<Known> => {
    const [{ since }, { day }] = await Promise.all([
      admission.share(['counted since'], asker, async (by) => ({ since: await countedSince(by) })),
      admission.share(['first day', site], asker, async (by) => ({ day: await firstDay(site, by) })),
    ]);
    return { since, day };
  };
  const closedOf = (question: Question, site: Site, key: readonly unknown[]): Closed<Answer> | null => {
    const query = createQuery({ store, now });
    const at = now();
    // What begins with the first hit ends with today, and is not closed.
    const rangesOf = (): readonly Range[] => query.ranges(question, site, utcDay(at));
    const days = closedOn(site, at, rangesOf);
    if (days === null) return null;
    const [first = ''] = rangesOf()
      .map((range) => range.first)
      .toSorted();
    return {
      key: [...days, ...key],
      // What is not complete loses more by itself. What is not kept any more is asked anew.
      lasts: ({ meta }) => meta.complete_from <= first,
    };
  };
  const askOne = (question: Question, site: Site, asker: Asker, together?: Together): Promise<Answer> => {
    const key = ['query', filled(question), site];
    const found = (by: Store, shared: Asker): Promise<Answer> => {
      const answer = ({ since, day }: Known): Promise<Answer> => {
        const count = together?.gathering.counterFor(shared);
        return createQuery({ store: by, now, countedSince: since, ...(count && { count }) }).ask(question, site, day);
      };
      // What is known is not waited for: so all questions of a request come to be counted at once.
      return withinReach(together?.known ? answer(together.known) : knownOf(site, shared).then(answer));
    };
    return admission.keep(key, asker, found, closedOf(question, site, key));
  };
  const askedSites = (sites: readonly Site[], asker: Asker): Promise<(AskedSite & Known)[]> =>
    Promise.all(sites.map(async (site) => ({ site, ...(await knownOf(site, asker)) })));
  const answerOfSites = async (question: Question, of: readonly Site[], by: Store, asker: Asker): Promise<Answer> => {
    const sites = await askedSites(of, asker);
    return askSites({ store: by, now, countedSince: sites[0]?.since ?? null }, question, sites);
  };
  const ask = ({ question, sites }: SiteQuestion, asker: Asker, together?: Together): Promise<Answer> => {
    const [site] = sites;
    if (!isOfSeveral(question) && site !== undefined) return askOne(question, site, asker, together);
    return admission.keep(['query of sites', filled(question), sites], asker, (by, shared) =>
      withinReach(answerOfSites(question, sites, by, shared)),
    );
  };
  return {
    admission,
    ask: (question, site, asker) => ask({ question, sites: [site] }, asker),
    askSites: (question, sites, asker) => ask({ question, sites }, asker),
    askAll: async (questions, asker) => {
      const query = createQuery({ store, now });
      // Where it is not known, the questions of the site tell why.
      const known = await Promise.all(questions.map(({ sites }) => askedSites(sites, asker).catch(() => undefined)));
      questions.forEach(({ question }, index) => {
        const of = known[index];
        if (of) inPlace(index, () => check(query, question, of, now()));
      });
      const gathering = createGathering(admission.ask);
      const answers = await Promise.allSettled(
        questions.map((asked, index) => ask(asked, asker, { gathering, known: known[index]?.[0] })),
      );
      answers.forEach((answer, index) => {
        // What the store alone can tell is wrong with a question.
        if (answer.status === 'rejected' && isNoPattern(answer.reason)) throw answer.reason.in(placeOf(index));
      });
      return answers;
    },
    askLogs: (question, site, asker) =>
      admission.share(['logs', question, site], asker, (by) =>
        withinReach(createLogs({ store: by, now }).ask(question, site)),
      ),
    askNow: (site, asker) =>
      admission.share(['now', site], asker, (by) => createCurrentVisitors({ store: by, now }).ask(site)),
    askOverview: (of, range, asker) =>
      admission.share(['overview', range, of], asker, (by) =>
        withinReach(createOverview({ store: by, now }).ask(of, range)),
      ),
    live: createLiveHub({
      // All live views together take turns with those who ask, as one of them.
      ask: (site) =>
        admission.ask({ account: 'live', signal: new AbortController().signal }, (by) =>
          createLiveQuestion({ store: by, now })(site),
        ),
      now,
      log,
    }),
  };
};
