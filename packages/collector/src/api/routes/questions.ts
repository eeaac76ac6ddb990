import { z } from 'zod';
import { FieldError } from '../../http/field-error.ts';
import type { Asker } from '../../query/admission/asker.ts';
import type { Queries } from '../../query/create-queries.ts';
import { questionShape } from '../../query/stats/parse.ts';
import { filterShape } from '../../query/stats/parse-filters.ts';
import { metricName } from '../../query/stats/parse-names.ts';
import { placeOf, type Questions } from '../../query/stats/parse-questions.ts';
import type { Answer, Question } from '../../query/stats/query.ts';
import type { Site } from '../../sites/site.ts';
import type { NamedSite } from '../openapi/described.ts';

/* What all routes have that take questions. */

export const number = z.number().nullable();

export const change = number.describe(
  'Percent of the earlier number, to one decimal; null where that is no more than zero.',
);

const metricWarning = z.strictObject({
  code: z
    .enum([
      'no_meaning_by_event',
      'no_meaning_by_hour',
      'not_kept',
      'counted_otherwise_before',
      'comparison_incomplete',
    ])
    .describe('The first three: the metric is null.'),
  message: z.string(),
  from: z
    .string()
    .optional()
    .describe('First local day that is counted as today, or of the period compared with is kept.'),
});

const { site_id, metrics, dimensions, order_by } = questionShape.shape;
const localTimes = z.tuple([z.string(), z.string()]).describe('First and last second, or days of several sites.');

/** A question as it was understood. */
const understood = z.strictObject({
  site_id,
  metrics,
  date_range: localTimes,
  dimensions,
  filters: z.array(filterShape).optional(),
  order_by,
  pagination: z.strictObject({ limit: z.int(), offset: z.int() }).optional(),
  include: z
    .strictObject({
      total_rows: z.boolean().optional(),
      time_labels: z.boolean().optional(),
      comparisons: z
        .strictObject({
          mode: z.enum(['previous_period', 'year_over_year', 'custom']),
          date_range: localTimes,
          match_day_of_week: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
});

export const answerShape = z
  .strictObject({
    results: z.array(
      z.strictObject({
        dimensions: z.array(z.string()).describe('Values, in the order of the dimensions asked for.'),
        metrics: z
          .array(number)
          .describe(
            'Numbers, in the order of the metrics asked for; null: nothing to divide by, or what metric_warnings says.',
          ),
        comparison: z
          .strictObject({ dimensions: z.array(z.string()), metrics: z.array(number), change: z.array(change) })
          .optional(),
      }),
    ),
    meta: z.strictObject({
      source: z.enum(['sums', 'hits']).describe('Rollups kept for years, or single hits, deleted after a while.'),
      complete_from: z.string().describe('First local day from which the answer is complete.'),
      total_rows: z.number().optional(),
      time_labels: z.array(z.string()).optional(),
      metric_warnings: z
        .partialRecord(metricName, metricWarning)
        .optional()
        .describe('By metric: why it is null, or what it is beside what it would be today.'),
    }),
    query: understood.describe('The question as it was understood.'),
  })
  .meta({ id: 'Answer' });

/** The sites that a request asks about. */
export const sitesOf = (taken: Question | Questions): NamedSite[] =>
  'questions' in taken
    ? taken.questions.flatMap((question, index) => namedIn(question, `${placeOf(index)}.site_id`))
    : namedIn(taken, 'site_id');

const namedIn = ({ site_id }: Question, field: string): NamedSite[] =>
  typeof site_id === 'string'
    ? [{ domain: site_id, field }]
    : site_id.map((domain, index) => ({ domain, field: `${field}[${index}]` }));

/** What the guards before a question have found. */
export interface Asking {
  readonly siteOf: (domain: string) => Site;
  readonly asker: Asker;
}

/**
 * The sites of a question.
 * @throws FieldError if one is named twice, by another of its names
 */
export const sitesIn = ({ site_id }: Question, siteOf: Asking['siteOf']): Site[] => {
  const sites = [site_id].flat().map((domain) => siteOf(domain));
  const again = sites.findIndex(({ id }, index) => sites.findIndex((other) => other.id === id) < index);
  if (again >= 0) throw new FieldError(`site_id[${again}]`, `names ${sites[again]?.domain} twice`);
  return sites;
};

/** Of one question: each site's part of it is smaller than a question of its own. */
const SITES_A_QUESTION = 2;

/** What questions weigh among those that somebody may have under way: several sites are several questions. */
export const weightOf = (questions: readonly Question[]): number =>
  questions.reduce((sum, { site_id }) => sum + Math.ceil([site_id].flat().length / SITES_A_QUESTION), 0);

/** Asks a question of the sites that it names. */
export const askedOf = async (
  askSites: Queries['askSites'],
  question: Question,
  { siteOf, asker }: Asking,
): Promise<Answer> => {
  asker.asks?.(weightOf([question]));
  return askSites(question, sitesIn(question, siteOf), asker);
};
