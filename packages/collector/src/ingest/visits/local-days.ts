import { addDays } from '../../lib/time-zone.ts';
import type { Site } from '../../sites/site.ts';
import { siteZone } from '../../sites/site-zone.ts';

/** Bits of a mask. No day has more hours, but for one on which the site moves to another time zone. */
const MOST_HOURS = 32;
const BILLION = 1_000_000_000;

/** A local day of a site: it numbers the browsers that count on it, and the hours in which they do. */
export class LocalDay {
  /** `YYYY-MM-DD`. */
  readonly name: string;
  /** The first second that is not of it. */
  end: number;
  /** What its numbers begin with, 32 bits of chance and 32 of nothing, as two parts of a decimal: a BigInt for each row takes 0.2 µs to write. */
  readonly #high: number;
  readonly #low: number;
  #count = 0;
  readonly #hours: number[] = [];
  constructor(name: string, end: number, random: number) {
    this.name = name;
    this.end = end;
    const prefix = BigInt(random >>> 0) << 32n;
    this.#high = Number(prefix / BigInt(BILLION));
    this.#low = Number(prefix % BigInt(BILLION));
  }

  /** True: no browser counts on it. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Place of one browser more, from 1. */
  take(): number {
    return ++this.#count;
  }

  /** Frees a place, unless others came after it: no two browsers may have the same. */
  giveBack(place: number): void {
    if (place === this.#count) this.#count--;
  }

  /** Number of the browser at a place, as a decimal string, see {@link Row.visitor}. */
  numberOf(place: number): string {
    const low = this.#low + place;
    const high = this.#high + Math.floor(low / BILLION);
    return high === 0 ? `${low}` : `${high}${`${BILLION + (low % BILLION)}`.slice(1)}`;
  }

  /** Bit of an hour, Unix seconds, in a mask of hours of the day; 0: it has too many. They are numbered as they come. */
  bitOf(hour: number): number {
    const known = this.#hours.indexOf(hour);
    const at = known >= 0 ? known : this.#hours.push(hour) - 1;
    return at < MOST_HOURS ? 1 << at : 0;
  }

  /** The earliest hour of a mask. */
  earliestOf(mask: number): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const [at, hour] of this.#hours.entries()) if ((mask >>> at) & 1 && hour < earliest) earliest = hour;
    return earliest;
  }

  /** Goes on until after `at`: a site that moves to the west at its midnight is on the same day again. */
  extend(site: Site, at: number): void {
    if (at >= this.end * 1000) this.end = endOf(site, at, this.name);
  }
}

/**
 * The days on which browsers count. They may be forgotten at any time: what is counted on one from then on has other
 * numbers, which are as different from each other.
 */
export class LocalDays {
  readonly #days = new Map<string, LocalDay>();

  /** A site's day by its name, of which `at` is an instant, Unix milliseconds. @param random draws 32 bits */
  of(site: Site, name: string, at: number, random: () => number): LocalDay {
    const key = keyOf(site, name);
    const day = this.#days.get(key) ?? new LocalDay(name, endOf(site, at, name), random());
    this.#days.set(key, day);
    return day;
  }

  /** Frees a browser's place, and the day if it was the only one. */
  giveBack(site: Site, day: LocalDay, place: number): void {
    day.giveBack(place);
    const key = keyOf(site, day.name);
    if (day.isEmpty && this.#days.get(key) === day) this.#days.delete(key);
  }

  /** Forgets the days that were over at a time, Unix seconds. */
  sweep(time: number): void {
    for (const [key, { end }] of this.#days) if (end <= time) this.#days.delete(key);
  }
}

const keyOf = ({ id }: Site, name: string): string => `${id} ${name}`;

const endOf = (site: Site, at: number, name: string): number =>
  Math.floor(siteZone(site, at).startOfDay(addDays(name, 1)) / 1000);
