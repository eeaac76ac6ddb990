import { readFileSync } from 'node:fs';

/** Resident memory in MB, and the part of it that is no file's and is given back only by the process itself. */
export interface Rss {
  readonly all: number;
  readonly own: number;
}

/** Highest values seen so far, each for itself. */
export interface Peak {
  readonly collector: Rss;
  readonly engine: Rss;
  readonly together: Rss;
}

/** Watches the memory of a collector and its engine. */
export interface Watch {
  /** The highest values since the last time it was asked. */
  take(): Peak;
  stop(): void;
}

const EVERY_MS = 250;
const NONE: Rss = { all: 0, own: 0 };

/** @param pids the two processes of this moment; NaN: there is none */
export const watchRss = (pids: () => { readonly collector: number; readonly engine: number }): Watch => {
  let peak: Peak = { collector: NONE, engine: NONE, together: NONE };
  const look = (): void => {
    const now = pids();
    const [collector, engine] = [rssOf(now.collector), rssOf(now.engine)];
    peak = {
      collector: higher(peak.collector, collector),
      engine: higher(peak.engine, engine),
      together: higher(peak.together, { all: collector.all + engine.all, own: collector.own + engine.own }),
    };
  };
  const looking = setInterval(look, EVERY_MS);
  return {
    take() {
      look();
      const taken = peak;
      peak = { collector: NONE, engine: NONE, together: NONE };
      return taken;
    },
    stop: () => clearInterval(looking),
  };
};

/** As it is printed. */
export const wordsOf = ({ collector, engine, together }: Peak): string =>
  `collector ${mb(collector)}, engine ${mb(engine)}, together ${mb(together)}`;

const mb = ({ all, own }: Rss): string => `${all.toFixed(0)} MB (${own.toFixed(0)} without files)`;

const higher = (a: Rss, b: Rss): Rss => ({ all: Math.max(a.all, b.all), own: Math.max(a.own, b.own) });

/** @param pid NaN: there is no such process at the moment */
export const rssOf = (pid: number): Rss => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const value = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
    return { all: value('VmRSS'), own: value('RssAnon') };
  } catch {
    // It is not there at the moment.
    return NONE;
  }
};
