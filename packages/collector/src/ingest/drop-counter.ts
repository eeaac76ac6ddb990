import type { Site } from '../sites/site.ts';
import { siteZone } from '../sites/site-zone.ts';
import { EMPTY_ROW, type Row } from '../store/row.ts';
import type { DropReason } from './drop.ts';

interface Entry {
  readonly site: Site;
  readonly reason: DropReason;
  readonly at: number;
  count: number;
}

/** Counts taken out to be stored. */
export interface Drained {
  readonly rows: readonly Row[];
  /** Counts them again, since they could not be stored. To be called once at most. */
  undo(): void;
}

/** Counts what was dropped, by site, local day and reason, until the counts are stored as rows. */
export class DropCounter {
  #entries = new Map<string, Entry>();

  note(site: Site, reason: DropReason, count: number, at: number): void {
    const key = `${site.id} ${siteZone(site, at).day(at)} ${reason}`;
    const entry = this.#entries.get(key);
    if (entry === undefined) this.#entries.set(key, { site, reason, at, count });
    else entry.count += count;
  }

  /** Takes out what was noted since the last time. */
  drain(): Drained {
    const taken = [...this.#entries.values()];
    this.#entries = new Map();
    return {
      rows: taken.map(dropRow),
      undo: () => {
        for (const { site, reason, count, at } of taken) this.note(site, reason, count, at);
      },
    };
  }
}

const dropRow = ({ site, reason, at, count }: Entry): Row => {
  const local = siteZone(site, at);
  const day = local.day(at);
  return {
    ...EMPTY_ROW,
    site: site.id,
    ts: Math.floor(at / 1000),
    day,
    hour: local.hourStart(at),
    hit_hour: local.hourStart(at),
    kind: 'drop',
    name: reason,
    events: count,
    hit_until: day,
    log_until: day,
  };
};
