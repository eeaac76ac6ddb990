import type { Verdict } from '../../support/verdict.ts';

/** Plays that run at a time: they wait for timers most of the time. */
const AT_A_TIME = 48;

/** How a play ended. */
export interface Ending extends Verdict {
  /** What is wrong, in words. Empty: nothing. */
  readonly wrong: readonly string[];
}

const NOTHING: Ending = { sent: 0, counted: 0, refused: 0, unanswered: 0, stored: 0, lost: 0, doubled: 0, wrong: [] };

/** Plays one play after the other, several at a time, and adds up how they ended. */
export const playEvery = async <T>(cases: readonly T[], play: (one: T) => Promise<Ending>): Promise<Ending> => {
  const endings: Ending[] = [];
  const left = cases.values();
  const work = async (): Promise<void> => {
    for (const one of left)
      endings.push(
        await play(one).catch((error: unknown) => ({ ...NOTHING, wrong: [`${JSON.stringify(one)}: ${error}`] })),
      );
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return endings.reduce(add);
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
