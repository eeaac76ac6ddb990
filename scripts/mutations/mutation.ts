/** A small deliberate fault in the source, and the tests that must notice it. */
export interface Mutation {
  /** The source, from the repository's folder. */
  readonly file: string;
  /** Stands in it exactly once. */
  readonly text: string;
  readonly replacement: string;
  /** What would be wrong for somebody. */
  readonly why: string;
  /** Test files, from the repository's folder. */
  readonly tests: readonly string[];
}

/** A mutation in a list about one file: what is wrong, the text, its replacement, and its tests where they are others. */
type Entry = readonly [why: string, text: string, replacement: string, ...tests: string[]];

const COLLECTOR = 'packages/collector/src/';

/** Mutations of one file of the collector. Names of tests are from its sources, or begin with `test/`. */
export const mutationsOf = (file: string, tests: readonly string[], entries: readonly Entry[]): Mutation[] =>
  entries.map(([why, text, replacement, ...others]) => ({
    file: COLLECTOR + file,
    text,
    replacement,
    why,
    tests: (others.length > 0 ? others : tests).map((name) => (name.startsWith('test/') ? name : COLLECTOR + name)),
  }));
