import type { Filter, FilterName, Metric, Question } from '../../query/stats/query.ts';
import { type Dimension, dimensionOf } from './dimensions.ts';
import { formulaOf, isMetric, type PlausibleMetric } from './metrics.ts';
import { ourRange, type Span } from './ranges.ts';

/** A direction to sort by. */
export type Direction = 'asc' | 'desc';

/** A question of theirs as it was understood, of either version of their API. */
export interface Asked {
  readonly metrics: readonly PlausibleMetric[];
  /** Theirs, with the step that `time` stands for. */
  readonly dimensions: readonly string[];
  /** In our words. */
  readonly filters: readonly Filter[];
  readonly span: Span;
  readonly order_by: readonly (readonly [string, Direction])[];
  readonly limit: number;
  readonly offset: number;
  /** Days that it is compared with; null: none. */
  readonly comparedWith: readonly [string, string] | null;
  readonly wantsTotal: boolean;
  /** Groups without a value are left out. */
  readonly isSetOnly?: true;
}

/** A question of ours about some of the groups: those that have no value of some dimensions. */
export interface Part {
  readonly question: Question;
  /** Places of the dimensions that these groups have no value of. */
  readonly unset: ReadonlySet<number>;
}

/** Questions of ours that answer one of theirs. */
export interface Plan {
  readonly parts: readonly Part[];
  /** For percentages: the visitors of the whole. */
  readonly all: Question | null;
  /** The parts have all that is needed up to the end of the page asked for, which is cut and sorted here; false: the store does both. */
  readonly isSortedHere: boolean;
  /** Groups in which nothing happened are rows too: of totals, and of a series that is compared. */
  readonly listsEmpty: boolean;
  /** Several groups of ours may be one of theirs: of places and versions, and the hour that comes twice. */
  readonly merges: boolean;
  /** Groups of a part that are taken. */
  readonly most: number;
}

/** Rows of all parts together that are put in order at once, as many as of several questions in one request. */
const MOST_ROWS = 40_000;

export const isTime = (name: string): boolean => name.startsWith('time:');

/** By which no visit is counted or viewed twice, and without which a group of time is empty. */
const OF_ANYTHING: readonly Metric[] = ['pageviews', 'events', 'visits'];

/** What our questions are. */
export const planOf = (asked: Asked, site: string): Plan => {
  const { dimensions, metrics, limit, offset } = asked;
  const groups = dimensions.map((name) => (isTime(name) ? null : expect(name)));
  const isSeries = dimensions.length > 0 && dimensions.every(isTime);
  const listsEmpty = dimensions.length === 0 || (isSeries && asked.comparedWith !== null);
  const unsettable = groups.flatMap((group, index) => (group?.unset === undefined || asked.isSetOnly ? [] : [index]));
  const parts = subsetsOf(unsettable);
  const orders = asked.order_by.map(([name]) => orderedBy(name));
  // Where the store's order is not theirs, or its groups are not theirs, all groups are needed.
  const hasParts = groups.some((group) => group?.part !== undefined);
  const needsAll = isSeries || hasParts || orders.includes(null);
  const isSortedHere = needsAll || parts.length > 1;
  const room = Math.floor(MOST_ROWS / parts.length);
  const most = needsAll ? room : Math.min(room, offset + limit);
  const ours = [...new Set([...metrics.flatMap((name) => formulaOf(name).of), ...(listsEmpty ? [] : OF_ANYTHING)])];
  const { comparedWith: other } = asked;
  const include: Question['include'] = other ? { comparisons: { mode: 'custom', date_range: other } } : {};
  const base = { site_id: site, date_range: ourRange(asked.span), include };
  const partOf = (unset: ReadonlySet<number>): Part => ({
    unset,
    question: {
      ...base,
      metrics: ours,
      dimensions: dimensions.flatMap((name, index) => (unset.has(index) ? [] : [ourName(name)])),
      filters: [
        ...asked.filters,
        ...[...unset].map((index): Filter => ['is', expect(dimensions[index] ?? '').ours, ['']]),
      ],
      order_by: asked.order_by.flatMap(([name, direction]) => {
        const by = orderedBy(name);
        return by === null || unset.has(dimensions.indexOf(name)) ? [] : [[by, direction] as const];
      }),
      pagination: isSortedHere
        ? { limit: most + (most < offset + limit || needsAll ? 1 : 0), offset: 0 }
        : { limit, offset },
      include: asked.wantsTotal ? { ...include, total_rows: true } : include,
    },
  });
  return {
    parts: parts.map(partOf),
    all: metrics.includes('percentage') ? { ...base, metrics: ['visitors'], filters: asked.filters } : null,
    isSortedHere,
    listsEmpty,
    merges: hasParts || isSeries,
    most,
  };
};

/** All sets of some of the places. */
const subsetsOf = ([place, ...others]: readonly number[]): ReadonlySet<number>[] => {
  if (place === undefined) return [new Set()];
  const without = subsetsOf(others);
  return [...without, ...without.map((set) => new Set([place, ...set]))];
};

const expect = (name: string): Dimension => {
  const dimension = dimensionOf(name);
  if (dimension === undefined) throw new TypeError(`no dimension ${name}`);
  return dimension;
};

const ourName = (name: string) => (isTime(name) ? (name as 'time:day') : expect(name).ours);

/** What the store orders by; null: its order is another one. */
const orderedBy = (name: string): Metric | FilterName | 'time:day' | null => {
  if (isMetric(name)) return formulaOf(name).orderedBy ?? null;
  if (isTime(name)) return name as 'time:day';
  const { ours, words, part } = expect(name);
  return words === undefined && part === undefined ? ours : null;
};
