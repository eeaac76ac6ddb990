import { Hono } from 'hono';
import { z } from 'zod';
import { mayOn } from '../../accounts/caller.ts';
import { FieldError } from '../../http/field-error.ts';
import { type Asker, accountOf } from '../../query/admission/asker.ts';
import type { Queries } from '../../query/create-queries.ts';
import type { LiveHub, LiveListener } from '../../query/live/hub.ts';
import type { LogsAnswer, LogsQuestion } from '../../query/logs/logs.ts';
import { logsQuestionShape, parseLogsQuestion } from '../../query/logs/parse.ts';
import type { Overview } from '../../query/overview/overview.ts';
import { type OverviewRange, overviewShape } from '../../query/overview/parse.ts';
import { NAMED_DAYS } from '../../query/period/range-names.ts';
import { inPlace, parseRequest, type Questions, requestShape } from '../../query/stats/parse-questions.ts';
import type { Refusal } from '../../query/stats/query.ts';
import type { Site } from '../../sites/site.ts';
import type { Sites } from '../../sites/site-store.ts';
import type { Access } from '../access.ts';
import { csvAnswer, forCsv, wantsCsv } from '../csv-answer.ts';
import type { Endpoint } from '../endpoint.ts';
import { refusal } from '../openapi/openapi.ts';
import { answerShape, askedOf, change, sitesIn, sitesOf, weightOf } from './questions.ts';

/** What the routes need. */
export interface StatisticsRoutesDeps {
  readonly access: Access;
  readonly endpoint: Endpoint;
  readonly sites: Sites;
  readonly live: LiveHub;
  readonly askSites: Queries['askSites'];
  readonly askAll: Queries['askAll'];
  /** What is answered in the place of a question that failed. */
  readonly refusalOf: (error: Error) => Refusal;
  readonly askLogs: (question: LogsQuestion, site: Site, asker: Asker) => Promise<LogsAnswer>;
  readonly askNow: (site: Site, asker: Asker) => Promise<Now>;
  readonly askOverview: (sites: readonly Site[], range: OverviewRange, asker: Asker) => Promise<Overview>;
}

const nowShape = z.strictObject({
  visitors: z.number().describe('Visits with a view or event in the last five minutes.'),
  hits: z.boolean().describe('The site has ever had one.'),
});
/** What a site's owner sees of this moment. */
export type Now = z.output<typeof nowShape>;

/** How long a browser waits before it asks again, in milliseconds: the messages end every minute. */
const RETRY = 'retry: 1000\n\n';

const answersShape = z.strictObject({
  answers: z.array(z.union([answerShape, refusal])).describe('In the order of the questions.'),
});

const problem = z.strictObject({
  fingerprint: z.string(),
  message: z.string(),
  stack: z.string(),
  count: z.number(),
  visits: z.number(),
  first_seen: z.string().describe('Of all that is kept, also before the range.'),
  last_seen: z.string(),
  is_new: z.boolean().describe('First seen within the range.'),
  page: z.string(),
  browsers: z.array(z.string()),
});

const record = z.strictObject({
  time: z.string(),
  kind: z.enum(['log', 'error']),
  severity: z.string(),
  message: z.string(),
  fingerprint: z.string(),
  stack: z.string(),
  page: z.string(),
  browser: z.string(),
  os: z.string(),
  device: z.string(),
  release: z.string(),
  attributes: z.record(z.string(), z.string()),
});

const logsShape = z.discriminatedUnion('view', [
  z.strictObject({ view: z.literal('problems'), problems: z.array(problem), total: z.number() }),
  z.strictObject({ view: z.literal('records'), records: z.array(record), total: z.number() }),
]);

const counted = {
  visitors: z.number(),
  visits: z.number(),
  pageviews: z.number(),
  change,
  series: z.array(z.number()),
};
const overviewAnswer = z.strictObject({
  sites: z.array(z.strictObject({ domain: z.string(), ...counted })),
  total: z.strictObject(counted),
});

/** Questions about a site, all sites in one view, and what is happening on one of them. */
export const statisticsRoutes = (deps: StatisticsRoutesDeps) => {
  const { access, endpoint, sites, live, askSites, askAll, refusalOf, askLogs, askNow, askOverview } = deps;
  const answersTo = async ({ questions }: Questions, siteOf: (domain: string) => Site, asker: Asker) => {
    asker.asks?.(weightOf(questions));
    const asked = questions.map((question, index) => ({
      question,
      sites: inPlace(index, () => sitesIn(question, siteOf)),
    }));
    const answers = await askAll(asked, asker);
    return { answers: answers.map((one) => (one.status === 'fulfilled' ? one.value : refusalOf(one.reason))) };
  };
  return new Hono()
    .post(
      '/query',
      endpoint({
        tag: 'Statistics',
        permission: 'viewer',
        sites: sitesOf,
        asks: true,
        tagged: true,
        alsoCsv: true,
        summary: 'Answers a question about the visits to a site, or several questions in one request',
        note: 'A list of up to 50 sites is one question about all of them: their numbers are added up, each in its own time zone; the dimension site has a row for each. Several questions, at most 40 with 40,000 rows altogether, are { "questions": […] }, and are answered in their order; one that fails while it is asked has an error in the place of its answer. Filters are lists: ["is", "event:page", ["/", "/pricing"]], with is, is_not, contains, contains_not, matches, matches_not (regular expressions of RE2, of what answers show); a fourth entry {"case_sensitive": false} ignores case; ["and", […]], ["or", […]], ["not", […]]. A range of two times, as 2026-01-31T12:00:00+01:00, begins with a local hour of the site; its end is the start of one, which is left out, or the last second of one. Other times are refused. Of the named ranges, 7d and the like end with today, 6mo and 12mo are calendar months with the one under way, and yesterday, last_week (Monday to Sunday), last_month and last_year are over. The dimension time takes hours for up to 2 days, days for up to 100, weeks for up to 400, else months; the answer’s query says which. include.comparisons asks the same of another period for each row: the previous_period, year_over_year, or a custom date_range, with match_day_of_week of the same weekdays; the answer’s query says which days these are.',
        body: requestShape,
        parse: parseRequest,
        answers: { 200: z.union([answerShape, answersShape]) },
        example: {
          body: {
            site_id: 'example.com',
            metrics: ['visitors', 'pageviews'],
            date_range: '7d',
            dimensions: ['event:page'],
            filters: [['is_not', 'visit:country', ['DE']]],
            order_by: [['visitors', 'desc']],
            pagination: { limit: 10 },
          },
        },
      }),
      async (c) => {
        const taken = c.req.valid('json');
        const isCsv = wantsCsv(c);
        if (isCsv && !('questions' in taken))
          // The typed client never accepts a table.
          return csvAnswer(c, await askedOf(askSites, forCsv(taken), c.var)) as never;
        if (isCsv) throw new FieldError('questions', 'must be one question, to be answered as CSV');
        return c.json(
          'questions' in taken
            ? await answersTo(taken, c.var.siteOf, c.var.asker)
            : await askedOf(askSites, taken, c.var),
        );
      },
    )
    .get(
      '/logs',
      endpoint({
        tag: 'Statistics',
        permission: 'viewer',
        site: 'site_id',
        asks: true,
        summary: 'Lists the errors and log lines of a site',
        query: logsQuestionShape,
        parse: (given: Given) => parseLogsQuestion(firstOfEach(given)),
        answers: { 200: logsShape },
        example: { query: 'site_id=example.com&view=records&date_range=7d&level=warn' },
      }),
      async (c) => c.json(await askLogs(c.req.valid('query'), c.var.site, c.var.asker)),
    )
    .get(
      '/overview',
      endpoint({
        tag: 'Statistics',
        permission: 'account',
        asks: true,
        summary: 'Sums up every site that the caller may read',
        note: `The range is ${NAMED_DAYS.join(', ')}, or two days as 2026-01-01,2026-01-31.`,
        query: overviewShape,
        answers: { 200: overviewAnswer },
        example: { query: 'date_range=28d' },
      }),
      async (c) => {
        const visible = sites.all().filter(({ id }) => mayOn(c.var.caller, id, 'viewer'));
        return c.json(await askOverview(visible, c.req.valid('query').date_range, c.var.asker));
      },
    )
    .get(
      '/sites/:domain/now',
      endpoint({
        tag: 'Statistics',
        permission: 'viewer',
        asks: true,
        summary: 'Counts the visitors of the last five minutes',
        answers: { 200: nowShape },
        example: {},
      }),
      async (c) => c.json(await askNow(c.var.site, c.var.asker)),
    )
    .get(
      '/sites/:domain/live',
      endpoint({
        tag: 'Statistics',
        permission: 'viewer',
        summary: 'Streams what is happening on a site',
        note: 'Server-sent events named live, every three seconds: visitors of the last five minutes, the last thirty minutes one by one, and what they see. Ends within a minute.',
        answers: { 200: 'text/event-stream', 429: 'Ten of the account are watching.' },
      }),
      (c) => {
        c.header('content-type', 'text/event-stream');
        // For nginx, which would wait for more: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        c.header('x-accel-buffering', 'no');
        // Nobody reads what HEAD asks for: it would keep a place that nobody leaves.
        if (c.req.method === 'HEAD') return c.body(null);
        const listener = live.listen(c.var.site, accountOf(c.var.caller));
        const mayStay = (): boolean => {
          const caller = access.callerOf(c);
          return caller !== undefined && mayOn(caller, c.var.site.id, 'viewer');
        };
        return c.body(streamOf(listener, mayStay));
      },
    );
};

/** The parameters of a request. */
type Given = Readonly<Record<string, string | readonly string[]>>;

/** A parameter given twice counts as given once. */
const firstOfEach = (given: Given): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? value : (value[0] ?? '')]),
  );

const encoder = new TextEncoder();

/**
 * What a listener hears, until it leaves or may not stay. The messages are texts already, made once for all who listen:
 * Hono's `streamSSE` would write each anew, begin with an empty one, and say `no-cache` where an answer is to be kept nowhere.
 */
const streamOf = ({ next, leave }: LiveListener, mayStay: () => boolean): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(RETRY)),
    async pull(controller) {
      const message = await next();
      if (message !== undefined && mayStay()) return controller.enqueue(encoder.encode(message));
      leave();
      controller.close();
    },
    cancel: leave,
  });
