import type { Zone } from '../../lib/time-zone.ts';
import type { Count } from './metrics.ts';
import type { Part } from './plan/part.ts';
import type { Statistics } from './sql/relation.ts';

/** A group as the store says it. */
export type SqlRow = Readonly<Record<string, string | number>>;

/** What the store is asked. */
export interface Asking {
  readonly statistics: Statistics;
  readonly parts: readonly Part[];
  /** Counts of which a group must have one, to be listed. */
  readonly listed: readonly Count[];
  readonly zone: Zone;
}
