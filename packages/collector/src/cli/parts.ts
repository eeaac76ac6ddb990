import type { CollectorSettings } from '../collector.ts';
import type { Program } from '../engine/child.ts';

/** What a collector is made of besides its own program. Who starts it (`main`) knows where it lies: built, or as source. */
export interface Parts {
  /** The engine's program. */
  readonly engine: Program;
  /** Folders of what it serves. */
  readonly folders: Readonly<Record<keyof CollectorSettings['folders'], string>>;
}
