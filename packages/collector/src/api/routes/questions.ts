import { z } from 'zod';
import type { Asker } from '../../query/admission/asker.ts';
import type { Queries } from '../../query/create-queries.ts';
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
    query: z.looseObject({}).describe('The question as it was understood.'),
  })
  .meta({ id: 'Answer' });

/** The sites that a request asks about. */
export const sitesOf = (taken: Question | Questions): NamedSite[] =>
  'questions' in taken
    ? taken.questions.map(({ site_id }, index) => ({ domain: site_id, field: `${placeOf(index)}.site_id` }))
    : [{ domain: taken.site_id, field: 'request' }];

/** What the guards before a question have found. */
export interface Asking {
  readonly siteOf: (domain: string) => Site;
  readonly asker: Asker;
}

/** Asks a question of the sites that it names. */
export const askedOf = (ask: Queries['ask'], question: Question, { siteOf, asker }: Asking): Promise<Answer> =>
  ask(question, siteOf(question.site_id), asker);
