/** A clock that stands still until it is told to move. */
export interface Clock {
  readonly now: () => number;
  /** Moves to a time, Unix milliseconds. */
  set(ms: number): void;
  /** Moves on by milliseconds. */
  advance(ms: number): void;
}

export const createClock = (start: number): Clock => {
  let ms = start;
  return {
    now: () => ms,
    set(to) {
      ms = to;
    },
    advance(by) {
      ms += by;
    },
  };
};

/** Numbers from a seed, 0 ≤ x < 1 (mulberry32): the same run again. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};
