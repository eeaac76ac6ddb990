/** How something was found. `skipped`: it could not be looked at. */
export const STATES = ['ok', 'warn', 'wrong', 'skipped'] as const;
export type State = (typeof STATES)[number];

/** What a check says of one thing. */
export interface Finding {
  /** Of the check: `sums`. */
  readonly name: string;
  readonly state: State;
  /** A sentence, without values of visitors. */
  readonly says: string;
  /** What ends the trouble. */
  readonly do?: string;
}

/** A finding without the name of its check, which whoever runs it adds. */
export type Found = Omit<Finding, 'name'>;

export const ok = (says: string): Found => ({ state: 'ok', says });
export const warn = (says: string, remedy: string): Found => ({ state: 'warn', says, do: remedy });
export const wrong = (says: string, remedy: string): Found => ({ state: 'wrong', says, do: remedy });
export const skipped = (says: string, remedy?: string): Found => ({
  state: 'skipped',
  says,
  ...(remedy !== undefined && { do: remedy }),
});

/** A number and what it counts. @example count(2, 'part') // '2 parts' */
export const count = (number: number, what: string, plural = `${what}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? what : plural}`;

const UNITS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
] as const;

/** How long something lasts or has lasted, in the largest unit that it fills. @example ago(90_000) // '1 minute' */
export const ago = (ms: number): string => {
  const [size, unit] = UNITS.find(([size]) => ms >= size) ?? UNITS[3];
  return count(Math.max(0, Math.floor(ms / size)), unit);
};

/** The first of many findings, and how many more there are. */
export const atMost = (most: number, found: readonly Found[], rest: (more: number) => Found): Found[] =>
  found.length <= most ? [...found] : [...found.slice(0, most), rest(found.length - most)];
