import type { Site } from '../../sites/site.ts';
import { type Ask, answerTo, type Row } from './answer.ts';
import { type Difference, differencesOfMetrics, differencesOfValues, warningsOf } from './differences.ts';
import type { Asked } from './plan.ts';
import { comparedWith, echoOf, labelsOf, type Moment, type Span, spanOf, stepOf } from './ranges.ts';
import type { PlausibleRequest } from './request.ts';

/** What `POST /api/v2/query` answers (https://plausible.io/docs/stats-api#response-structure). */
export interface PlausibleAnswer {
  readonly results: readonly Row[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
}

const LIMIT = 10_000;

/** Answers a question of theirs. @throws FieldError */
export const answerV2 = async (
  request: PlausibleRequest,
  { domain }: Site,
  moment: Moment,
  ask: Ask,
): Promise<PlausibleAnswer> => {
  const span = await knownSpan(spanOf(request.date_range, moment), domain, ask);
  const { include = {}, translated } = request;
  const asked = askedOf(request, span, moment);
  const { rows, total, differences } = await answerTo(asked, domain, moment, ask);
  const step = asked.dimensions.find(isStep);
  const ofMetrics = [...differences, ...differencesOfMetrics(asked, translated.names)];
  const ofValues = [...translated.differences, ...differencesOfValues([...asked.dimensions, ...translated.names])];
  return {
    results: rows,
    meta: {
      ...(include.imports && { imports_included: false, imports_skip_reason: 'no_imported_data' }),
      ...metaOf('metric_warnings', ofMetrics),
      ...metaOf('dimension_warnings', ofValues),
      ...(include.time_labels && step && { time_labels: labelsOf(step, span, moment) }),
      ...(total !== undefined && { total_rows: total }),
    },
    query: echo(request, asked, domain, echoOf(span, moment)),
  };
};

const isStep = (name: string): name is 'time:day' => name.startsWith('time:');

/** The days since the first hit, of which our own questions tell. */
const knownSpan = async (span: Span | null, site: string, ask: Ask): Promise<Span> => {
  if (span !== null) return span;
  const [answer] = await ask([{ site_id: site, metrics: ['visits'], date_range: 'all' }]);
  const [first = '', last = ''] = (answer?.query.date_range ?? []).map((time) => time.slice(0, 'YYYY-MM-DD'.length));
  return { kind: 'days', first, last };
};

const askedOf = (request: PlausibleRequest, span: Span, moment: Moment): Asked => {
  const { metrics, order_by, pagination, include = {}, translated } = request;
  const stepped = (name: string): string => (name === 'time' ? stepOf(span, moment) : name);
  const dimensions = request.dimensions.map(stepped);
  const time = dimensions.find(isStep);
  const byDefault = [...(time ? [[time, 'asc'] as const] : []), [metrics[0] ?? 'visitors', 'desc'] as const];
  return {
    metrics,
    dimensions,
    filters: translated.filters,
    span,
    order_by: order_by ? order_by.map(([name, direction]) => [stepped(name), direction] as const) : byDefault,
    limit: pagination?.limit ?? LIMIT,
    offset: pagination?.offset ?? 0,
    comparedWith: include.comparisons ? comparedWith(include.comparisons, span, moment) : null,
    wantsTotal: include.total_rows === true,
  };
};

const metaOf = (name: string, differences: readonly Difference[]) => {
  const warnings = warningsOf(differences);
  return warnings ? { [name]: warnings } : {};
};

/** The question as it was understood. What is false is left out of `include`. */
const echo = ({ filters, include = {} }: PlausibleRequest, asked: Asked, site: string, range: readonly string[]) => ({
  site_id: site,
  metrics: asked.metrics,
  date_range: range,
  filters,
  dimensions: asked.dimensions,
  order_by: asked.order_by,
  include: Object.fromEntries(Object.entries(include).filter(([, value]) => value !== false)),
  pagination: { offset: asked.offset, limit: asked.limit },
});
