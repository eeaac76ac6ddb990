import { z } from 'zod';
import { logsQuestionShape } from '../../query/logs/parse.ts';
import { overviewShape } from '../../query/overview/parse.ts';
import { questionShape } from '../../query/stats/parse.ts';
import { newSavedView } from '../../sites/saved-views.ts';
import type { Section } from './described.ts';

const number = z.number().nullable();

const answer = z.strictObject({
  results: z.array(
    z.strictObject({
      dimensions: z.array(z.string()).describe('Values, in the order of the dimensions asked for.'),
      metrics: z.array(number).describe('Numbers, in the order of the metrics asked for; null: nothing to divide by.'),
      comparison: z
        .strictObject({ dimensions: z.array(z.string()), metrics: z.array(number), change: z.array(number) })
        .optional(),
    }),
  ),
  meta: z.strictObject({
    source: z.enum(['sums', 'hits']).describe('Rollups kept for years, or single hits, deleted after a while.'),
    complete_from: z.string().describe('First local day from which the answer is complete.'),
    total_rows: z.number().optional(),
    time_labels: z.array(z.string()).optional(),
  }),
  query: z.looseObject({}).describe('The question as it was understood.'),
});

const problem = z.strictObject({
  fingerprint: z.string(),
  message: z.string(),
  stack: z.string(),
  count: z.number(),
  visits: z.number(),
  first_seen: z.string(),
  last_seen: z.string(),
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

const logs = z.discriminatedUnion('view', [
  z.strictObject({ view: z.literal('problems'), problems: z.array(problem), total: z.number() }),
  z.strictObject({ view: z.literal('records'), records: z.array(record), total: z.number() }),
]);

const counted = {
  visitors: z.number(),
  visits: z.number(),
  pageviews: z.number(),
  change: number,
  series: z.array(z.number()),
};
const overview = z.strictObject({
  sites: z.array(z.strictObject({ domain: z.string(), ...counted })),
  total: z.strictObject(counted),
});

const savedView = z.strictObject({ id: z.string(), name: z.string(), search: z.string() });

/** Asking for numbers and logs. */
export const statistics: Section = {
  title: 'Statistics',
  text: 'A question is data: which numbers, of which days, grouped and filtered by what. docs/counting.md tells what each number means.',
  routes: [
    {
      method: 'post',
      path: '/query',
      who: 'viewer',
      summary: 'Answers a question about the visits to a site',
      note: 'Filters are lists: ["is", "event:page", ["/", "/pricing"]], with is, is_not, contains, contains_not; ["and", […]], ["or", […]], ["not", […]].',
      body: questionShape,
      answer,
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
    },
    {
      method: 'get',
      path: '/logs',
      who: 'viewer',
      summary: 'Lists the errors and log lines of a site',
      query: logsQuestionShape,
      answer: logs,
      example: { query: 'site_id=example.com&view=records&date_range=7d&level=warn' },
    },
    {
      method: 'get',
      path: '/overview',
      who: 'account',
      summary: 'Sums up every site that the caller may read',
      query: overviewShape,
      answer: overview,
      example: { query: 'date_range=28d' },
    },
    {
      method: 'get',
      path: '/sites/:domain/now',
      who: 'viewer',
      summary: 'Counts the visitors of the last five minutes',
      answer: z.strictObject({ visitors: z.number(), hits: z.boolean().describe('The site has ever had one.') }),
      example: {},
    },
    {
      method: 'get',
      path: '/sites/:domain/live',
      who: 'viewer',
      summary: 'Streams what is happening on a site',
      note: 'Server-sent events named live: visitors of the last five minutes, the last thirty minutes one by one, and what they see.',
      answer: 'text/event-stream',
    },
    {
      method: 'get',
      path: '/sites/:domain/views',
      who: 'viewer',
      summary: 'Lists the views of the dashboard that were saved by name',
      answer: z.strictObject({ views: z.array(savedView) }),
      example: {},
    },
    {
      method: 'post',
      path: '/sites/:domain/views',
      who: 'editor',
      summary: 'Saves a view of the dashboard',
      body: newSavedView,
      status: 201,
      answer: savedView,
      example: { body: { name: 'Phones in Germany', search: '?device=mobile&country=DE' } },
    },
    {
      method: 'delete',
      path: '/sites/:domain/views/:id',
      who: 'editor',
      summary: 'Forgets a saved view',
      status: 204,
      example: {},
    },
  ],
};
