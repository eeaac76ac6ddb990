import type {
  DateRange,
  Filter,
  FilterName,
  FilterOperator,
  GroupName,
  Metric,
  Question,
  TimeDimension,
} from '../../packages/collector/src/query/stats/query.ts';
import { DIMENSIONS, type DimensionName } from '../../packages/collector/src/store/dimensions.ts';
import { daysLater } from './calendar.ts';
import type { Dice } from './dice.ts';
import { filedUnder, type Textbook } from './model.ts';

/** All that have a meaning or a reason whatever else is asked. */
export const METRICS: readonly Metric[] = [
  'visitors',
  'visits',
  'pageviews',
  'events',
  'entries',
  'bounces',
  'bounce_rate',
  'visit_duration',
  'exits',
  'exit_rate',
  'time_on_page',
  'scroll_depth',
  'views_per_visit',
  'visits_per_visitor',
  'events_per_visitor',
  'percentage',
];
/** Those of one currency. */
const OF_MONEY: readonly Metric[] = ['revenue', 'revenue_per_visitor'];
export const NAMES: readonly FilterName[] = [
  ...(Object.keys(DIMENSIONS) as DimensionName[]),
  'event:props:plan',
  'event:props:author',
  'event:props:seats',
  'event:props:kind',
];
const GROUPS: readonly GroupName[] = [...NAMES, 'event:property'];
const TIMES: readonly TimeDimension[] = ['time:hour', 'time:day', 'time:week', 'time:month'];
const NAMED_RANGES: readonly DateRange[] = [
  ...(['day', '24h', '7d', '28d', '30d', 'month', 'year', 'all'] as const),
  ...(['yesterday', '91d', '6mo', '12mo', 'last_week', 'last_month', 'last_year'] as const),
];

const OPERATORS: readonly FilterOperator[] = [
  'is',
  'is',
  'is',
  'is_not',
  'contains',
  'contains_not',
  'matches',
  'matches_not',
];

/** Ranges of hours are of so many days. */
const RECENT_DAYS = 4;

/** Groups that an answer may have at most: more than any of these has. */
const ALL_GROUPS = { limit: 10_000 };

/** Draws questions about a site, of what there is in it. */
export class Questions {
  readonly #site: string;
  readonly #book: Textbook;
  readonly #now: number;
  readonly #dice: Dice;
  /** Of the last local hours, the earliest first. */
  readonly #starts: readonly number[];
  readonly #values: Readonly<Record<string, readonly string[]>>;

  /** `now` in Unix seconds. */
  constructor(site: string, book: Textbook, now: number, dice: Dice) {
    this.#site = site;
    this.#book = book;
    this.#now = now;
    this.#dice = dice;
    this.#starts = book.calendar.hoursBefore(now, RECENT_DAYS).map(({ hour }) => hour);
    this.#values = Object.fromEntries(
      NAMES.map((name) => [name, [...new Set(book.hits.map((hit) => filedUnder(hit, name)))]]),
    );
  }

  /** The whole list. */
  listed(): Question[] {
    return [...this.systematic(), ...this.filtered(), ...this.revenue()];
  }

  /** Every dimension by itself and by all times with all metrics, and with each of them; each over another range. */
  systematic(): Question[] {
    const groups = [[], ...GROUPS.map((name) => [name])];
    const times = [[], ...TIMES.map((time) => [time])];
    return groups.flatMap((group) => [
      ...times.map((time) => this.#ask(METRICS, [...time, ...group], [])),
      ...METRICS.map((metric) => this.#ask([metric], [...this.#dice.pick(times), ...group], [])),
    ]);
  }

  /** Every metric under a filter of every dimension, as a whole and by day: one value of it, several, or parts. */
  filtered(): Question[] {
    return NAMES.flatMap((name) =>
      METRICS.map((metric) =>
        this.#ask([metric], this.#dice.pick([[], ['time:day'], [name], ['time:day', name]]), [this.#comparison(name)]),
      ),
    );
  }

  /** Revenue by every dimension: by currency too, and of one currency, under a filter of another dimension. */
  revenue(): Question[] {
    const groups = GROUPS.filter((name) => name !== 'event:currency').map((name) => [name]);
    return [[], ...groups, ...TIMES.map((name) => [name])].flatMap((group) => [
      this.#ask([...OF_MONEY, 'events', 'visitors'], [...group, 'event:currency'], []),
      this.#ask([...this.#dice.some(2, METRICS), ...OF_MONEY], group, [
        ['is', 'event:currency', [this.#dice.pick(['EUR', 'USD', 'CHF'])]],
        ...this.#dice.few(1, () => this.#comparison(this.#dice.pick(NAMES))),
      ]),
    ]);
  }

  /** Any metrics by time and up to three dimensions under any filters. */
  mixed(count: number): Question[] {
    return Array.from({ length: count }, () => {
      const time = this.#dice.pick<readonly TimeDimension[]>([
        [],
        [],
        ...TIMES.map((one) => [one]),
        ['time:week_sunday'],
        ['time:week_saturday'],
      ]);
      const filters = this.#dice.few(2, () => this.#filter(2));
      return this.#ask(
        this.#dice.pick([METRICS, this.#dice.someOf(METRICS), [this.#dice.pick(METRICS)]]),
        [...time, ...this.#dice.some(3, GROUPS)],
        filters,
      );
    });
  }

  #ask(metrics: readonly Metric[], dimensions: Question['dimensions'] & {}, filters: readonly Filter[]): Question {
    const date_range = this.#range();
    return { site_id: this.#site, metrics, dimensions, filters, date_range, pagination: ALL_GROUPS };
  }

  #range(): DateRange {
    if (this.#dice.chance(0.5)) return this.#dice.pick(NAMED_RANGES);
    if (this.#dice.chance(0.6)) return this.#hours();
    const { day: today } = this.#book.calendar.read(this.#now);
    const [from, to] = [this.#dice.below(5), this.#dice.below(5)].sort((a, b) => b - a);
    return [daysLater(today, -(from ?? 0)), daysLater(today, 1 - (to ?? 0))];
  }

  /** Some of the last days' hours, one at least: up to the start of the hour after the last, or the second before it. */
  #hours(): DateRange {
    const starts = this.#starts;
    const first = this.#dice.below(starts.length - 1);
    const end = first + 1 + this.#dice.below(Math.min(60, starts.length - 1 - first));
    const { write } = this.#book.calendar;
    return [write(starts[first] ?? 0), write((starts[end] ?? 0) - this.#dice.pick([0, 1]))];
  }

  #filter(depth: number): Filter {
    if (depth === 0 || this.#dice.chance(0.6)) return this.#comparison(this.#dice.pick(NAMES));
    if (this.#dice.chance(0.3)) return ['not', this.#filter(depth - 1)];
    const parts = [this.#filter(depth - 1), ...this.#dice.few(2, () => this.#filter(depth - 1))];
    return [this.#dice.pick(['and', 'or']), parts];
  }

  #comparison(name: FilterName): Filter {
    const operator = this.#dice.pick(OPERATORS);
    const value = (): string => this.#value(name);
    const values = [value(), ...this.#dice.few(2, value)].map((text) => this.#asCompared(operator, text));
    if (this.#dice.chance(0.7)) return [operator, name, values];
    return [operator, name, values, { case_sensitive: this.#dice.chance(0.5) }];
  }

  #asCompared(operator: FilterOperator, text: string): string {
    if (operator.startsWith('is')) return text;
    if (operator.startsWith('contains')) return this.#part(text);
    const part = this.#part(text).replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return this.#dice.pick([part, `^${part}`, `${part}$`, `^.?${part}`, '^$', '.']);
  }

  /** Mostly one that occurs: also the empty one. */
  #value(name: FilterName): string {
    return this.#dice.chance(0.05) ? 'nothing of the kind' : this.#dice.pick(this.#values[name] ?? []);
  }

  /** A piece of a text, written otherwise. */
  #part(text: string): string {
    const start = this.#dice.below(text.length);
    const part = text.slice(start, start + 1 + this.#dice.below(5));
    return this.#dice.pick([part, part.toUpperCase(), part.toLowerCase()]);
  }
}
