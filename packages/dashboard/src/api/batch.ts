import type { Question } from '@passerby/collector/query';
import { ApiError } from './api-error.ts';

/** What a request of several questions brings: for each its answer, or why there is none. */
export type Sent<Answer> = readonly (Answer | ApiError)[];

/** Sends questions, of which there is at least one. Rejects where it is refused as a whole. */
export type Send<Answer> = (questions: readonly Question[], signal: AbortSignal) => Promise<Sent<Answer>>;

interface Asked<Answer> {
  readonly question: Question;
  readonly signal: AbortSignal | undefined;
  readonly answer: (outcome: Answer | ApiError) => void;
}

/** The collector's own limits of a request: questions, and rows of all their answers; those of one that names none. */
const MOST = 40;
const MOST_ROWS = 40_000;
const ROWS = 1_000;

const rowsOf = ({ question }: Pick<Asked<never>, 'question'>): number => question.pagination?.limit ?? ROWS;

/** What is asked in as few requests as the limits allow. */
const requestsOf = <Answer>(asked: readonly Asked<Answer>[]): Asked<Answer>[][] => {
  const requests: Asked<Answer>[][] = [];
  let rows = 0;
  for (const one of asked) {
    const last = requests.at(-1);
    rows += rowsOf(one);
    if (last && last.length < MOST && rows <= MOST_ROWS) last.push(one);
    else {
      requests.push([one]);
      rows = rowsOf(one);
    }
  }
  return requests;
};

/** The field of a refusal that is about one question of several: `questions[3].filters[0]`. */
const OF_QUESTION = /^questions\[(\d+)\]\.?/;

type Waiting = Pick<Asked<never>, 'signal'>;

const isWanted = ({ signal }: Waiting): boolean => !signal?.aborted;

/** Ends when nobody waits for an answer any more. Returned with what forgets those who do. */
const untilNobodyWaits = (asked: readonly Waiting[]): { signal: AbortSignal; settle: () => void } => {
  const [given, settled] = [new AbortController(), new AbortController()];
  const look = () => {
    if (!asked.some(isWanted)) given.abort();
  };
  for (const { signal } of asked) signal?.addEventListener('abort', look, { signal: settled.signal });
  return { signal: given.signal, settle: () => settled.abort() };
};

/**
 * Gathers the questions that are asked in one moment (one task) and sends them as one request. One that is refused takes
 * none of the others with it: they are sent again without it.
 *
 * @returns Asks one question; rejects with {@link ApiError}.
 */
export const gather = <Answer extends object>(
  send: Send<Answer>,
): ((question: Question, signal?: AbortSignal) => Promise<Answer>) => {
  let gathered: Asked<Answer>[] = [];

  const deliver = async (all: readonly Asked<Answer>[]): Promise<void> => {
    const asked = all.filter(isWanted);
    if (asked.length === 0) return;
    const { signal, settle } = untilNobodyWaits(asked);
    try {
      const outcomes = await send(
        asked.map(({ question }) => question),
        signal,
      );
      for (const [index, { answer }] of asked.entries())
        answer(outcomes[index] ?? new ApiError(0, '', 'The answer is missing.'));
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError(0, '', String(cause));
      const refused = asked[Number(OF_QUESTION.exec(error.field)?.[1])];
      if (refused) {
        refused.answer(error.at(error.field.replace(OF_QUESTION, '')));
        await deliver(asked.filter((one) => one !== refused));
      } else for (const { answer } of asked) answer(error);
    } finally {
      settle();
    }
  };

  const sendAll = (): void => {
    const asked = gathered;
    gathered = [];
    for (const request of requestsOf(asked)) void deliver(request);
  };

  return (question, signal) =>
    new Promise((resolve, reject) => {
      if (gathered.length === 0) setTimeout(sendAll);
      const answer = (outcome: Answer | ApiError) => (outcome instanceof ApiError ? reject(outcome) : resolve(outcome));
      gathered.push({ question, signal, answer });
    });
};
