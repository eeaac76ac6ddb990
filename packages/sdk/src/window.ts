import type { Passerby } from './calls.ts';
import type { Log } from './log.ts';
import type { Options } from './options.ts';

/** A call that was made before there was somebody to take it, and what it was given; or `error` and its event. */
export type Kept = readonly [call: string, ...given: unknown[]];

/** What stands on the window: a page sets `off`, `beforeSend` and `q` before the script; afterwards it holds the calls. */
export interface OnPage extends Partial<Passerby & Log & Pick<Options, 'beforeSend'>> {
  /** Nothing is reported. */
  off?: boolean | undefined;
  /** Calls that are kept; once there is somebody to take them, they are taken at once. */
  q?: { push(kept: Kept): unknown; map?: Kept[]['map'] } | undefined;
  /** How often somebody was set up to count this page; only the first does. */
  started?: number | undefined;
}

declare global {
  interface Window {
    passerby?: OnPage;
  }
}
