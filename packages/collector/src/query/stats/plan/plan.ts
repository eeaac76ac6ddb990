import { addDays } from '../../../lib/time-zone.ts';
import { days, NO_END, type Range } from '../../period/range.ts';
import { COUNTER_DIMENSIONS } from '../dimensions.ts';
import type { Count } from '../metrics.ts';
import { type Asked, counterDimensionOf, timeOf } from '../normalize.ts';
import { hitsPlan } from './hits.ts';
import type { CountPlan, Part, PlanContext } from './part.ts';
import { sumsPlan } from './sums.ts';

/**
 * Plans each count by itself, so that no number depends on what is asked beside it, and puts those together that come from
 * the same rows. `sums` answer what touches one dimension at most beside time, by the day; single hits everything else.
 */
export const planFor = (asked: Asked, counts: readonly Count[], range: Range, context: PlanContext): Part[] => {
  const parts = new Map<string, Part & { readonly sums: Map<Count, string> }>();
  for (const count of counts)
    for (const { source, sum, ...of } of plansOf(asked, count, range, context)) {
      const key = JSON.stringify([source, of.range]);
      const part = parts.get(key) ?? { source, ...of, sums: new Map() };
      part.sums.set(count, sum);
      parts.set(key, part);
    }
  return [...parts.values()];
};

type RangePlan = CountPlan & Pick<Part, 'range' | 'isCut'>;

/** Numbers of days add up: where a range is cut within a day, its whole days need not come from hits with that day. */
const plansOf = (asked: Asked, count: Count, range: Range, context: PlanContext): RangePlan[] => {
  const whole = planOf(asked, count, range, context);
  if (whole.source.table === 'sums') return [{ ...whole, range, isCut: false }];
  const pieces = piecesOf(range).map((piece) => ({
    ...planOf(asked, count, piece, context),
    range: piece,
    isCut: piece.hours !== null,
  }));
  return pieces.some(({ source }) => source.table === 'sums') ? pieces : [{ ...whole, range, isCut: false }];
};

const planOf = (asked: Asked, count: Count, range: Range, context: PlanContext): CountPlan => {
  const counter = counterDimensionOf(asked);
  if (counter)
    return {
      source: { table: 'sums', rollup: COUNTER_DIMENSIONS[counter], values: 'all' },
      sum: 'sum(r.events)',
    };
  const isByHour = timeOf(asked) === 'time:hour' || range.hours !== null;
  return (context.only === 'hits' ? null : sumsPlan(asked, count, range, context)) ?? hitsPlan(asked, count, isByHour);
};

/** A range's first day, its last one, and the whole days between them. */
const piecesOf = ({ first, last, hours }: Range): Range[] => {
  if (!hours || first === last) return [];
  const { least, most } = hours;
  const beginsWithin = least > 0;
  const endsWithin = most < NO_END;
  const from = beginsWithin ? addDays(first, 1) : first;
  const to = endsWithin ? addDays(last, -1) : last;
  return [
    ...(beginsWithin ? [{ first, last: first, hours: { ...hours, most: NO_END } }] : []),
    ...(from <= to ? [days(from, to)] : []),
    ...(endsWithin ? [{ first: last, last, hours: { ...hours, least: 0 } }] : []),
  ];
};
