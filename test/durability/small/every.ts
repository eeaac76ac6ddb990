import type { Verdict } from '../../support/verdict.ts';

/** Plays that run at a time, of all tests together: they wait for timers most of the time. */
const AT_A_TIME = 48;

let playing = 0;
const waiting: (() => void)[] = [];

/** Waits until there is room for one more. */
const inTurn = async <T>(play: () => Promise<T>): Promise<T> => {
  if (playing === AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
  else playing += 1;
  try {
    return await play();
  } finally {
    const next = waiting.shift();
    if (next === undefined) playing -= 1;
    else next();
  }
};

/** How a play ended. */
export interface Ending extends Verdict {
  /** What is wrong, in words. Empty: nothing. */
  readonly wrong: readonly string[];
}

const NOTHING: Ending = { sent: 0, counted: 0, refused: 0, unanswered: 0, stored: 0, lost: 0, doubled: 0, wrong: [] };

/** Plays every play, several at a time, and adds up how they ended. */
export const playEvery = async <T>(cases: readonly T[], play: (one: T) => Promise<Ending>): Promise<Ending> => {
  const broken = (one: T, error: unknown): Ending => ({ ...NOTHING, wrong: [`${JSON.stringify(one)}: ${error}`] });
  const endings = cases.map((one) => inTurn(() => play(one).catch((error: unknown) => broken(one, error))));
  return (await Promise.all(endings)).reduce(add);
};

const add = (a: Ending, b: Ending): Ending => ({
  sent: a.sent + b.sent,
  counted: a.counted + b.counted,
  refused: a.refused + b.refused,
  unanswered: a.unanswered + b.unanswered,
  stored: a.stored + b.stored,
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
  wrong: [...a.wrong, ...b.wrong],
});
