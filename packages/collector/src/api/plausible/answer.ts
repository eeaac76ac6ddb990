import { FieldError } from '../../http/field-error.ts';
import type { Answer, AnswerRow, Metric, MetricWarning, Question } from '../../query/stats/query.ts';
import type { Difference } from './differences.ts';
import { dimensionOf, shown } from './dimensions.ts';
import { changeOf, formulaOf, type Numbers, type PlausibleMetric, together } from './metrics.ts';
import { type Asked, type Direction, isTime, type Part, type Plan, planOf } from './plan.ts';
import { type Moment, shownTime } from './ranges.ts';

/** A row of an answer of theirs. */
export interface Row {
  readonly dimensions: readonly string[];
  readonly metrics: readonly (number | null)[];
  readonly comparison?: {
    readonly dimensions: readonly string[];
    readonly metrics: readonly (number | null)[];
    readonly change: readonly (number | null)[];
  };
}

/** What an answer of theirs is made of. */
export interface Answered {
  readonly rows: readonly Row[];
  /** Groups altogether; undefined: nobody asked. */
  readonly total: number | undefined;
  /** By metrics of theirs. */
  readonly differences: readonly Difference[];
}

/** Asks questions of ours about the site, all at once. */
export type Ask = (questions: readonly Question[]) => Promise<readonly Answer[]>;

/**
 * Answers a question of theirs by questions of ours. Groups without a value are no rows of ours: they are asked for one by
 * one, as filters by no value.
 * @throws FieldError where there are more groups than can be put in order here
 */
export const answerTo = async (asked: Asked, site: string, moment: Moment, ask: Ask): Promise<Answered> => {
  const plan = planOf(asked, site);
  const answers = await ask([...plan.parts.map(({ question }) => question), ...(plan.all ? [plan.all] : [])]);
  const context = { asked, moment, everybody: everybodyOf(plan.all ? answers.at(-1) : undefined) };
  const groups = plan.parts.flatMap((part, index) => groupsOf(answers[index], part, plan, context));
  const merged = plan.merges ? mergedOf(groups) : groups;
  const listed = plan.listsEmpty ? merged : merged.filter(isThere);
  const unknown = unknownOf(answers, asked.metrics);
  const rows = listed.map((group) => rowOf(group, context, unknown));
  return {
    rows: plan.isSortedHere ? pageOf(rows, asked) : rows,
    total: asked.wantsTotal ? totalOf(answers.slice(0, plan.parts.length), plan, listed) : undefined,
    differences: [...unknown.values()],
  };
};

/** A group under the names that they have for it. */
interface Group {
  readonly dimensions: readonly string[];
  readonly numbers: Numbers;
  readonly before: { readonly dimensions: readonly string[]; readonly numbers: Numbers } | null;
}

interface Context {
  readonly asked: Asked;
  readonly moment: Moment;
  /** Visitors of the whole, and of what it is compared with. */
  readonly everybody: readonly [number, number];
}

const everybodyOf = (all: Answer | undefined): readonly [number, number] => {
  const row = all?.results[0];
  return [row?.metrics[0] ?? 0, row?.comparison?.metrics[0] ?? 0];
};

const groupsOf = (answer: Answer | undefined, part: Part, { isSortedHere, most }: Plan, context: Context): Group[] => {
  const results = answer?.results ?? [];
  if (isSortedHere && results.length > most)
    throw new FieldError(
      'dimensions',
      `have more than ${most} groups, too many to be put in this order: choose a shorter period, add a filter, or order by visitors`,
      'over_limit',
    );
  return results.map((row) => groupOf(row, part, context));
};

const groupOf = (row: AnswerRow, { question, unset }: Part, { asked, moment }: Context): Group => {
  const numbersOf = (values: readonly (number | null)[]): Numbers =>
    Object.fromEntries(question.metrics.map((metric, index) => [metric, values[index] ?? null]));
  const namesOf = (values: readonly string[], shift: boolean): string[] => {
    const left = values.values();
    return asked.dimensions.map((name, index) => {
      const value = unset.has(index) ? '' : (left.next().value ?? '');
      return nameOf(name, value, { asked, moment, isUnset: unset.has(index), isBefore: shift });
    });
  };
  const { comparison } = row;
  return {
    dimensions: namesOf(row.dimensions, false),
    numbers: numbersOf(row.metrics),
    before: comparison
      ? { dimensions: namesOf(comparison.dimensions, true), numbers: numbersOf(comparison.metrics) }
      : null,
  };
};

interface Naming extends Pick<Context, 'asked' | 'moment'> {
  readonly isUnset: boolean;
  readonly isBefore: boolean;
}

const nameOf = (name: string, value: string, { asked, moment, isUnset, isBefore }: Naming): string => {
  if (isTime(name)) {
    const [first, last] = asked.comparedWith ?? ['', ''];
    const span = isBefore ? ({ kind: 'days', first, last } as const) : asked.span;
    return shownTime(name as 'time:day', value, span, moment);
  }
  const dimension = dimensionOf(name);
  if (dimension === undefined) return value;
  return isUnset ? (dimension.unset ?? value) : shown(dimension, value);
};

/** Groups that have one name there are one. */
const mergedOf = (groups: readonly Group[]): Group[] => {
  const merged = new Map<string, Group>();
  for (const group of groups) {
    const key = JSON.stringify(group.dimensions);
    const known = merged.get(key);
    merged.set(key, known === undefined ? group : united(known, group));
  }
  return [...merged.values()];
};

const united = (one: Group, other: Group): Group => ({
  dimensions: one.dimensions,
  numbers: together(one.numbers, other.numbers),
  before:
    one.before && other.before
      ? { dimensions: one.before.dimensions, numbers: together(one.before.numbers, other.before.numbers) }
      : null,
});

const isThere = ({ numbers }: Group): boolean => Object.values(numbers).some((number) => number !== null && number > 0);

const rowOf = ({ dimensions, numbers, before }: Group, { asked, everybody }: Context, unknown: Unknown): Row => {
  const valuesOf = (of: Numbers, all: number): (number | null)[] =>
    asked.metrics.map((metric) => {
      const { value, empty } = formulaOf(metric);
      return value(of, all) ?? (unknown.get(metric)?.isNull ? null : empty);
    });
  const metrics = valuesOf(numbers, everybody[0]);
  if (before === null) return { dimensions, metrics };
  const earlier = valuesOf(before.numbers, everybody[1]);
  const change = asked.metrics.map((metric, index) => changeOf(metric, metrics[index] ?? null, earlier[index] ?? null));
  return { dimensions, metrics, comparison: { dimensions: before.dimensions, metrics: earlier, change } };
};

/** The page that is asked for, of rows that are all there up to its end. */
const pageOf = (rows: readonly Row[], { metrics, dimensions, order_by, limit, offset }: Asked): Row[] => {
  const byDimensions = dimensions.map((_, index) => compareBy(({ dimensions: names }) => names[index] ?? '', 'asc'));
  const asked = order_by.map(([name, direction]) => {
    const metric = (metrics as readonly string[]).indexOf(name);
    return metric < 0
      ? compareBy(({ dimensions: names }) => names[dimensions.indexOf(name)] ?? '', direction)
      : compareBy(({ metrics: values }) => values[metric] ?? null, direction);
  });
  const comparisons = [...asked, ...byDimensions];
  return rows
    .toSorted((a, b) => comparisons.reduce((result, compare) => result || compare(a, b), 0))
    .slice(offset, offset + limit);
};

/** Texts by their bytes, as the store compares them; no number comes last. */
const compareBy =
  (keyOf: (row: Row) => string | number | null, direction: Direction) =>
  (a: Row, b: Row): number => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const order = typeof one === 'number' ? one - Number(other) : byBytes(one, String(other));
    return direction === 'asc' ? order : -order;
  };

/** Half of a character that takes two places. Without such, texts are in one order by places and by bytes. */
const SURROGATE = /[\ud800-\udfff]/;

const byBytes = (a: string, b: string): number => {
  if (a === b) return 0;
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
};

/** Groups of parts may be one there; where all are at hand, they are counted. */
const totalOf = (answers: readonly Answer[], { isSortedHere, most }: Plan, listed: readonly Group[]): number => {
  const isWhole = isSortedHere && answers.every(({ results }) => results.length < most);
  return isWhole ? listed.length : answers.reduce((sum, { meta }) => sum + (meta.total_rows ?? 0), 0);
};

/** Reasons for which there is no number. */
const NULLS: ReadonlySet<string> = new Set(['no_meaning_by_event', 'no_meaning_by_hour', 'not_kept']);

/** Why metrics of theirs are null or otherwise. */
type Unknown = ReadonlyMap<PlausibleMetric, Difference & { readonly isNull: boolean }>;

const unknownOf = (answers: readonly Answer[], metrics: readonly PlausibleMetric[]): Unknown => {
  const warnings = new Map<Metric, MetricWarning>();
  for (const { meta } of answers)
    for (const [metric, warning] of Object.entries(meta.metric_warnings ?? {})) warnings.set(metric as Metric, warning);
  return new Map(
    metrics.flatMap((metric) => {
      const warning = formulaOf(metric)
        .of.map((part) => warnings.get(part))
        .find((one) => one !== undefined);
      if (warning === undefined) return [];
      const { code, message } = warning;
      return [[metric, { code, about: metric, warning: message, isNull: NULLS.has(code) }] as const];
    }),
  );
};
