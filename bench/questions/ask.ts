import { setMaxListeners } from 'node:events';
import { FieldError } from '../../packages/collector/src/http/field-error.ts';
import { createQueries } from '../../packages/collector/src/query/create-queries.ts';
import type { Answer, Question } from '../../packages/collector/src/query/stats/query.ts';
import { createQuery } from '../../packages/collector/src/query/stats/run.ts';
import { StoreError } from '../../packages/collector/src/store/store-error.ts';
import { usage } from '../process.ts';
import { type FilledStore, siteOf } from './filled-store.ts';

/** A question about one site, by its id. */
export type SiteQuestion = Question & { readonly site_id: string };

/** What became of a question or a statement. */
export type Outcome<T> = { readonly answer: T } | { readonly refused: string };

/** Asks one question, with nothing between it and the engine. */
export const createAsk = ({
  store,
  now,
  firstDay,
}: FilledStore): ((question: SiteQuestion) => Promise<Outcome<Answer>>) => {
  const query = createQuery({ store, now });
  return (question) => outcomeOf(query.ask(question, siteOf(question.site_id), firstDay));
};

/** Asks several in one request, as one account does; how many were refused. No answer of before is known. */
export const createAskTogether =
  ({ store, now }: FilledStore): ((questions: readonly SiteQuestion[]) => Promise<number>) =>
  async (questions) => {
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const { askAll } = createQueries({ store, isShared: false, log, now });
    const { signal } = new AbortController();
    // All questions of a request listen to it.
    setMaxListeners(0, signal);
    const asker = { account: 'reader', signal };
    const answers = await askAll(
      questions.map((question) => ({ question, sites: [siteOf(question.site_id)] })),
      asker,
    );
    return answers.filter(({ status }) => status === 'rejected').length;
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

/** The same several times, one after the other. */
export const several = async <T>(rounds: number, run: () => Promise<Took<T>>): Promise<Took<T>[]> => {
  const tries: Took<T>[] = [];
  for (let round = 0; round < rounds; round++) tries.push(await run());
  return tries;
};

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** On average: the system counts CPU time in steps of 10 ms. */
export const cpuOf = (tries: readonly Took<unknown>[]): number =>
  tries.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / tries.length;
