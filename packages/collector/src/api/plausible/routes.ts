import { Hono } from 'hono';
import { z } from 'zod';
import { mayOn } from '../../accounts/caller.ts';
import { FieldError } from '../../http/field-error.ts';
import { read } from '../../http/parse.ts';
import type { Asker } from '../../query/admission/asker.ts';
import type { Answer, Question } from '../../query/stats/query.ts';
import type { Site } from '../../sites/site.ts';
import type { Sites } from '../../sites/site-store.ts';
import { siteTimezone, siteZone } from '../../sites/site-zone.ts';
import type { Endpoint } from '../endpoint.ts';
import { plausibleRefusal } from './errors.ts';
import { aggregate, breakdown, type Place, timeseries } from './query-v1.ts';
import { answerV2 } from './query-v2.ts';
import { parseRequest, requestShape } from './request.ts';
import {
  aggregateShape,
  breakdownShape,
  parseAggregate,
  parseBreakdown,
  parseTimeseries,
  siteShape,
  timeseriesShape,
} from './request-v1.ts';

/** What the routes need. */
export interface PlausibleRoutesDeps {
  readonly endpoint: Endpoint;
  readonly sites: Sites;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly ask: (question: Question, site: Site, asker: Asker) => Promise<Answer>;
  readonly askNow: (site: Site, asker: Asker) => Promise<{ readonly visitors: number }>;
}

const number = z.number().nullable();
const row = z.object({
  dimensions: z.array(z.string()),
  metrics: z.array(number),
  comparison: z
    .object({ dimensions: z.array(z.string()), metrics: z.array(number), change: z.array(number) })
    .optional(),
});
const answerShape = z.strictObject({
  results: z.array(row),
  meta: z.looseObject({}).describe('docs/plausible.md says what may be in it.'),
  query: z.looseObject({}).describe('The question as it was understood.'),
});

const warning = z.string().optional().describe('What numbers mean otherwise than there.');
const totals = z.record(
  z.string(),
  z.strictObject({ value: number, comparison_value: number.optional(), change: number.optional() }),
);
const rows = z.array(z.record(z.string(), z.union([z.string(), number])));

const siteAnswer = z.strictObject({ domain: z.string(), timezone: z.string() });
const cursor = z.string().nullable();

/** What all of them have in common. */
const common = { tag: "Plausible's API", refusal: plausibleRefusal } as const;
const ofSite = { ...common, permission: 'viewer', site: 'site_id', asks: true } as const;

/** The doors of Plausible's API that read (docs/plausible.md). */
export const plausibleRoutes = ({ endpoint, sites, now, ask, askNow }: PlausibleRoutesDeps) => {
  const placeFor = (site: Site, asker: Asker): Place => {
    const at = now();
    const asking: Place['ask'] = (questions) => {
      asker.asks?.(questions.length);
      return Promise.all(questions.map((question) => ask(question, site, asker)));
    };
    return { site, moment: { zone: siteZone(site, at), now: at }, ask: asking };
  };
  const shownSite = (site: Site) => ({ domain: site.domain, timezone: siteTimezone(site, now()) });
  return new Hono()
    .post(
      '/v2/query',
      endpoint({
        ...ofSite,
        summary: 'Answers a question of Plausible’s Stats API v2',
        body: requestShape,
        parse: parseRequest,
        answers: { 200: answerShape },
        example: { body: { site_id: 'example.com', metrics: ['visitors', 'events'], date_range: '7d' } },
      }),
      async (c) => {
        const { site, moment, ask: asking } = placeFor(c.var.site, c.var.asker);
        return c.json(await answerV2(c.req.valid('json'), site, moment, asking));
      },
    )
    .get(
      '/v1/stats/realtime/visitors',
      endpoint({
        ...ofSite,
        summary: 'Counts the visitors of the last five minutes',
        query: siteShape,
        answers: { 200: z.number() },
        example: { query: 'site_id=example.com' },
      }),
      async (c) => c.json((await askNow(c.var.site, c.var.asker)).visitors),
    )
    .get(
      '/v1/stats/aggregate',
      endpoint({
        ...ofSite,
        summary: 'Totals, of Plausible’s Stats API v1',
        query: aggregateShape,
        parse: parseAggregate,
        answers: { 200: z.strictObject({ results: totals, warning }) },
        example: { query: 'site_id=example.com&period=6mo&metrics=visitors,pageviews,bounce_rate' },
      }),
      async (c) => c.json(await aggregate(c.req.valid('query'), placeFor(c.var.site, c.var.asker))),
    )
    .get(
      '/v1/stats/timeseries',
      endpoint({
        ...ofSite,
        summary: 'Numbers by time, of Plausible’s Stats API v1',
        query: timeseriesShape,
        parse: parseTimeseries,
        answers: { 200: z.strictObject({ results: rows, warning }) },
        example: { query: 'site_id=example.com&period=6mo' },
      }),
      async (c) => c.json(await timeseries(c.req.valid('query'), placeFor(c.var.site, c.var.asker))),
    )
    .get(
      '/v1/stats/breakdown',
      endpoint({
        ...ofSite,
        summary: 'Numbers by a property, of Plausible’s Stats API v1',
        query: breakdownShape,
        parse: parseBreakdown,
        answers: { 200: z.strictObject({ results: rows, warning }) },
        example: { query: 'site_id=example.com&period=6mo&property=visit:source&metrics=visitors,bounce_rate&limit=5' },
      }),
      async (c) => c.json(await breakdown(c.req.valid('query'), placeFor(c.var.site, c.var.asker))),
    )
    .get(
      '/v1/sites',
      endpoint({
        ...common,
        permission: 'account',
        summary: 'Lists the sites that the caller may read, of Plausible’s Sites API',
        query: listShape,
        parse: parseList,
        answers: {
          200: z.strictObject({
            sites: z.array(siteAnswer),
            meta: z.strictObject({ after: cursor, before: cursor, limit: z.number() }),
          }),
        },
        example: { query: 'limit=10' },
      }),
      (c) => {
        const { caller } = c.var;
        const seen = sites.all().filter(({ id }) => mayOn(caller, id, 'viewer'));
        const page = pageOf(seen.map(shownSite), c.req.valid('query'));
        return c.json(page);
      },
    )
    .get(
      '/v1/sites/:domain',
      endpoint({
        ...common,
        permission: 'viewer',
        asks: true,
        summary: 'Describes a site, of Plausible’s Sites API',
        note: 'Its custom properties are those that were met in the last thirty days.',
        answers: { 200: siteAnswer.extend({ custom_properties: z.array(z.string()) }) },
        example: {},
      }),
      async (c) => {
        const { site, asker } = c.var;
        const { results } = await ask(propertiesOf(site), site, asker);
        const names = results.map(({ dimensions: [name = ''] }) => name);
        return c.json({ ...shownSite(site), custom_properties: names });
      },
    );
};

const MOST_PROPERTIES = 300;

const propertiesOf = ({ domain }: Site): Question => ({
  site_id: domain,
  metrics: ['visitors'],
  date_range: '30d',
  dimensions: ['event:property'],
  pagination: { limit: MOST_PROPERTIES },
});

const text = z.string({ error: 'must be given once' });
const listShape = z.strictObject(
  { after: text.exactOptional(), before: text.exactOptional(), limit: text.exactOptional() },
  { error: 'is no parameter that is known here' },
);

const SITES = 100;
const MOST_SITES = 1_000;

/** A page of the list of sites. */
interface Page {
  /** A domain; the page begins after it. */
  readonly after: string | null;
  /** A domain; the page ends before it. */
  readonly before: string | null;
  readonly limit: number;
}

const parseList = (input: unknown): Page => {
  const { after, before, limit = String(SITES) } = read(listShape, input);
  const count = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > MOST_SITES) throw new FieldError('limit', `must be a number from 1 to ${MOST_SITES}`);
  if (after !== undefined && before !== undefined) throw new FieldError('before', 'must not be given beside after');
  return {
    after: after === undefined ? null : domainOf('after', after),
    before: before === undefined ? null : domainOf('before', before),
    limit: count,
  };
};

/** Cursors are domains, which need no quoting in an address then. */
const cursorOf = (domain: string): string => Buffer.from(domain).toString('base64url');
const domainOf = (name: string, given: string): string => {
  const domain = Buffer.from(given, 'base64url').toString();
  if (given === '' || cursorOf(domain) !== given)
    throw new FieldError(name, 'must be one that meta of an answer named');
  return domain;
};

const pageOf = <S extends { readonly domain: string }>(all: readonly S[], { after, before, limit }: Page) => {
  const sorted = all.toSorted((a, b) => (a.domain < b.domain ? -1 : 1));
  const rest = sorted.filter(
    ({ domain }) => (after === null || domain > after) && (before === null || domain < before),
  );
  const page = before === null ? rest.slice(0, limit) : rest.slice(-limit);
  const [first, last] = [page[0]?.domain, page.at(-1)?.domain];
  const hasBefore = first !== undefined && sorted[0]?.domain !== first;
  const hasAfter = last !== undefined && sorted.at(-1)?.domain !== last;
  return {
    sites: page,
    meta: { after: hasAfter ? cursorOf(last) : null, before: hasBefore ? cursorOf(first) : null, limit },
  };
};

/** What the route of health needs. */
export interface PlausibleHealthDeps {
  readonly endpoint: Endpoint;
  /** Whether the store answers. */
  readonly isReady: () => Promise<boolean>;
  /** Whether there are sites to count for, and room for their hits. */
  readonly takesBeacons: () => boolean;
}

const state = z.enum(['ok', 'error']);

/** Tells monitors whether all is well, each part under the name of what plays it there. */
export const plausibleHealthRoute = ({ endpoint, isReady, takesBeacons }: PlausibleHealthDeps) =>
  new Hono().get(
    '/health',
    endpoint({
      ...common,
      permission: 'anyone',
      summary: 'Tells whether the collector is well, as Plausible does',
      note: '`clickhouse` and `postgres` are the store, which has numbers and accounts; `sites_cache` and `sessions` are whether hits are taken. 500 if one of them is not well.',
      answers: { 200: z.strictObject({ clickhouse: state, postgres: state, sites_cache: state, sessions: state }) },
      example: {},
    }),
    async (c) => {
      const [store, intake] = [(await isReady()) ? 'ok' : 'error', takesBeacons() ? 'ok' : 'error'] as const;
      const isWell = store === 'ok' && intake === 'ok';
      return c.json({ clickhouse: store, postgres: store, sites_cache: intake, sessions: intake }, isWell ? 200 : 500);
    },
  );
