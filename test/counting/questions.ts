import type { DateRange, Filter, Metric, Question, TimeDimension } from '../../packages/collector/src/query/query.ts';
import { DIMENSIONS, type DimensionName } from '../../packages/collector/src/store/dimensions.ts';
import { daysLater } from './calendar.ts';
import type { Dice } from './dice.ts';
import { filedUnder, type Textbook } from './model.ts';

const METRICS: readonly Metric[] = [
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
  'events',
];
const NAMES = Object.keys(DIMENSIONS) as DimensionName[];
const TIMES: readonly TimeDimension[] = ['time:day', 'time:hour'];
const NAMED_RANGES: readonly DateRange[] = ['day', '24h', '7d', '28d', '30d', 'month', 'year', 'all'];

/** Groups that an answer may have at most: more than any of these has. */
const ALL_GROUPS = { limit: 10_000 };

/** Draws questions about a site, of what there is in it. */
export class Questions {
  readonly #site: string;
  readonly #book: Textbook;
  readonly #now: number;
  readonly #dice: Dice;
  readonly #values: Readonly<Record<string, readonly string[]>>;

  /** `now` in Unix seconds. */
  constructor(site: string, book: Textbook, now: number, dice: Dice) {
    this.#site = site;
    this.#book = book;
    this.#now = now;
    this.#dice = dice;
    this.#values = Object.fromEntries(
      NAMES.map((name) => [name, [...new Set(book.hits.map((hit) => filedUnder(hit, name)))]]),
    );
  }

  /** Every metric by every dimension, by itself, by day and by hour, each over another range. */
  systematic(): Question[] {
    const groups = [[], ...NAMES.map((name) => [name])];
    return groups.flatMap((group) =>
      [[], ...TIMES.map((time) => [time])].flatMap((time) =>
        [...METRICS.map((metric) => [metric]), METRICS].map((metrics) => this.#ask(metrics, [...time, ...group], [])),
      ),
    );
  }

  /** Every metric under a filter of every dimension, as a whole and by day: one value of it, several, or parts. */
  filtered(): Question[] {
    return NAMES.flatMap((name) =>
      METRICS.map((metric) =>
        this.#ask([metric], this.#dice.pick([[], ['time:day'], [name], ['time:day', name]]), [this.#comparison(name)]),
      ),
    );
  }

  /** Any metrics by time and up to three dimensions under any filters. */
  mixed(count: number): Question[] {
    return Array.from({ length: count }, () => {
      const time = this.#dice.pick<readonly TimeDimension[]>([[], [], ['time:day'], ['time:hour']]);
      const filters = this.#dice.few(2, () => this.#filter(2));
      return this.#ask(
        this.#dice.pick([METRICS, METRICS.slice(0, 3), [this.#dice.pick(METRICS)]]),
        [...time, ...this.#dice.some(3, NAMES)],
        filters,
      );
    });
  }

  #ask(metrics: readonly Metric[], dimensions: Question['dimensions'] & {}, filters: readonly Filter[]): Question {
    const date_range = this.#range();
    return { site_id: this.#site, metrics, dimensions, filters, date_range, pagination: ALL_GROUPS };
  }

  #range(): DateRange {
    if (this.#dice.chance(0.6)) return this.#dice.pick(NAMED_RANGES);
    const { day: today } = this.#book.calendar.read(this.#now);
    const [from, to] = [this.#dice.below(9), this.#dice.below(9)].sort((a, b) => b - a);
    if (this.#dice.chance(0.5)) return [daysLater(today, -(from ?? 0)), daysLater(today, 1 - (to ?? 0))];
    const [first, last] = [this.#dice.below(7 * 86_400), this.#dice.below(7 * 86_400)].sort((a, b) => b - a);
    return [this.#book.calendar.write(this.#now - (first ?? 0)), this.#book.calendar.write(this.#now - (last ?? 0))];
  }

  #filter(depth: number): Filter {
    if (depth === 0 || this.#dice.chance(0.6)) return this.#comparison(this.#dice.pick(NAMES));
    if (this.#dice.chance(0.3)) return ['not', this.#filter(depth - 1)];
    const parts = [this.#filter(depth - 1), ...this.#dice.few(2, () => this.#filter(depth - 1))];
    return [this.#dice.pick(['and', 'or']), parts];
  }

  #comparison(name: DimensionName): Filter {
    const operator = this.#dice.pick(['is', 'is', 'is_not', 'contains'] as const);
    const value = (): string => this.#value(name);
    const values = [value(), ...this.#dice.few(2, value)];
    return [operator, name, operator === 'contains' ? values.map((text) => this.#part(text)) : values];
  }

  /** Mostly one that occurs: also the empty one. */
  #value(name: DimensionName): string {
    return this.#dice.chance(0.05) ? 'nothing of the kind' : this.#dice.pick(this.#values[name] ?? []);
  }

  /** A piece of a text, written otherwise. */
  #part(text: string): string {
    const start = this.#dice.below(text.length);
    const part = text.slice(start, start + 1 + this.#dice.below(5));
    return this.#dice.pick([part, part.toUpperCase(), part.toLowerCase()]);
  }
}
