import { FieldError } from '../../packages/collector/src/http/field-error.ts';
import type { Answer, Question } from '../../packages/collector/src/query/stats/query.ts';
import { createQuery } from '../../packages/collector/src/query/stats/run.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { StoreError } from '../../packages/collector/src/store/store-error.ts';
import { usage } from '../process.ts';
import { SITE } from '../scale-sim/beacon.ts';

/** What became of a question or a statement. */
export type Outcome<T> = { readonly answer: T } | { readonly refused: string };

/** Asks the product; days back from today are those that there are hits of. */
export const createAsk = (store: Store, days: number): ((question: Question) => Promise<Outcome<Answer>>) => {
  const query = createQuery({ store, now: Date.now });
  const firstDay = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return (question) => outcomeOf(query.ask(question, { ...SITE, id: question.site_id }, firstDay));
};

/** What is too much for the store is an outcome; whatever else goes wrong is a mistake of ours. */
export const outcomeOf = async <T>(answer: Promise<T>): Promise<Outcome<T>> => {
  try {
    return { answer: await answer };
  } catch (error) {
    if (error instanceof FieldError || error instanceof StoreError) return { refused: error.message };
    throw error;
  }
};

/** What something took. */
export interface Took<T> {
  readonly outcome: T;
  readonly ms: number;
  /** CPU time of the engine in milliseconds: the same on a busy machine. */
  readonly cpuMs: number;
}

/** Takes the time of the engine, given by its process. */
export const timed = async <T>(enginePid: number, run: () => Promise<T>): Promise<Took<T>> => {
  const { cpuUs } = usage(enginePid);
  const begun = performance.now();
  const outcome = await run();
  return { outcome, ms: performance.now() - begun, cpuMs: (usage(enginePid).cpuUs - cpuUs) / 1000 };
};

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
