import type { Store } from './store.ts';
import type { Topology } from './topology.ts';

/** Says what is done now that takes a while. */
export type Tell = (what: string, facts: Readonly<Record<string, string | number>>) => void;

/**
 * A statement, or a change of rows that takes more than statements, which a new store is spared. Either can be run again,
 * wherever it was interrupted.
 */
export type Step = string | ((store: Store, tell: Tell) => Promise<void>);

/** The steps to a version of the schema. */
export type Migration = (topology: Topology) => readonly Step[];
