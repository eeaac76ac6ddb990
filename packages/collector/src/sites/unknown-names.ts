import { scrubText } from '../privacy/scrub/text.ts';
import { hostIn } from './host-name.ts';

/** A name by which beacons called a site that is none here. */
export interface UnknownName {
  /** A host, as browsers write it. */
  readonly name: string;
  /** Beacons that named it since it was first met. */
  readonly count: number;
  /** When the last of them came, Unix seconds. */
  readonly last: number;
}

/** What beacons named that is no site here. */
export interface UnknownNames {
  /** The most frequent first. */
  readonly names: readonly UnknownName[];
  /** Beacons since the start that named what is not listed. */
  readonly other: number;
}

const MOST_NAMES = 300;
const LONGEST_NAME = 80;
/** A name that nobody has used for so long leaves. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

interface Entry {
  count: number;
  /** Unix milliseconds. */
  last: number;
}

/**
 * Counts the names that are no site here, in memory. They come from anybody: only what can be a host is kept, and only so
 * many. Where there is no room the rarest gives way, so that many invented names do not push out one that many pages use.
 */
export class UnknownNameCounter {
  readonly #entries = new Map<string, Entry>();
  #total = 0;
  #other = 0;

  /** Beacons counted since the start. */
  get total(): number {
    return this.#total;
  }

  /** @param at Unix milliseconds */
  note(name: string, at: number): void {
    this.#total += 1;
    const host = listed(name);
    const entry = this.#entries.get(host);
    if (host === '') this.#other += 1;
    else if (entry === undefined) this.#add(host, at);
    else {
      entry.count += 1;
      entry.last = at;
    }
  }

  /** @param isKnown whether a name is a site's by now */
  list(at: number, isKnown: (name: string) => boolean): UnknownNames {
    for (const [name, { last }] of this.#entries) if (at - last > KEPT_MS || isKnown(name)) this.#entries.delete(name);
    const names = [...this.#entries].map(([name, { count, last }]) => ({ name, count, last: Math.floor(last / 1000) }));
    return { names: names.sort((a, b) => b.count - a.count || b.last - a.last), other: this.#other };
  }

  #add(name: string, at: number): void {
    if (this.#entries.size >= MOST_NAMES) this.#makeRoom();
    this.#entries.set(name, { count: 1, last: at });
  }

  /** Of the rarest the one that was not met for longest. */
  #makeRoom(): void {
    const [rarest] = [...this.#entries].reduce((a, b) => (order(a[1], b[1]) <= 0 ? a : b));
    this.#other += this.#entries.get(rarest)?.count ?? 0;
    this.#entries.delete(rarest);
  }
}

const order = (a: Entry, b: Entry): number => a.count - b.count || a.last - b.last;

/** The name as it may be listed; empty: it may not. It is read as a host, where a number is an address of the internet. */
const listed = (name: string): string => {
  const host = hostIn(name) ?? '';
  const address = `http://${host}/`;
  return host.length <= LONGEST_NAME && scrubText(address) === address ? host : '';
};
