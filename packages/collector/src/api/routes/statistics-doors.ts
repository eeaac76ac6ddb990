import { Hono } from 'hono';
import type { Queries } from '../../query/create-queries.ts';
import { addressShape, inAddress, parseAddress } from '../../query/stats/parse-address.ts';
import type { Answer, Question } from '../../query/stats/query.ts';
import { CSV_TYPE, csvAnswer, forCsv, wantsCsv } from '../csv-answer.ts';
import type { Endpoint } from '../endpoint.ts';
import { type Asking, answerShape, askedOf, sitesOf } from './questions.ts';

/** What the routes need. */
export interface DoorRoutesDeps {
  readonly endpoint: Endpoint;
  readonly askSites: Queries['askSites'];
}

const DOOR = {
  tag: 'Statistics',
  permission: 'viewer',
  sites: sitesOf,
  asks: true,
  tagged: true,
  tokenInAddress: true,
  query: addressShape,
  parse: parseAddress as (value: unknown) => Question,
} as const;

/** Questions in an address, for what can do no more than fetch one: sheets, `curl`, sources of data. */
export const doorRoutes = ({ endpoint, askSites }: DoorRoutesDeps) => {
  const answerTo = async (question: Question, asking: Asking, filters: string | undefined): Promise<Answer> => {
    try {
      return await askedOf(askSites, question, asking);
    } catch (error) {
      throw inAddress(error, filters);
    }
  };
  return new Hono()
    .get(
      '/query',
      endpoint({
        ...DOOR,
        alsoCsv: true,
        summary: 'Answers a question in an address',
        note: 'As JSON, or as CSV to who accepts text/csv. A token may stand in the address here and in that of the CSV, and nowhere else.',
        answers: { 200: answerShape },
        example: { query: 'site_id=example.com&metrics=visitors,pageviews&date_range=7d&dimensions=event:page' },
      }),
      async (c) => {
        const question = c.req.valid('query');
        const isCsv = wantsCsv(c);
        const answer = await answerTo(isCsv ? forCsv(question) : question, c.var, c.req.query('filters'));
        return isCsv ? csvAnswer(c, answer) : c.json(answer);
      },
    )
    .get(
      '/query.csv',
      endpoint({
        ...DOOR,
        summary: 'Answers a question in an address with a table',
        note: 'A column for each dimension and metric, and with compare two more for each metric, as visitors_before and visitors_change. At most 10,000 rows unless limit says otherwise: X-Row-Limit is there if there may be more, X-Total-Rows if total_rows asks for it.',
        answers: { 200: CSV_TYPE },
        example: { query: 'site_id=example.com&metrics=visitors,pageviews&date_range=7d&dimensions=event:page' },
      }),
      async (c) => csvAnswer(c, await answerTo(forCsv(c.req.valid('query')), c.var, c.req.query('filters'))),
    );
};
