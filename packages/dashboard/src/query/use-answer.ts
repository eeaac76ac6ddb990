import { type Answer, api } from '../api/client.ts';
import type { View } from '../state/view.ts';
import { type Ask, buildQuestion } from './question.ts';
import { type Loaded, type Repeat, useLoad } from './use-load.ts';

/** Where on the statistics page a question is asked. */
export interface Scope {
  readonly domain: string;
  readonly view: View;
}

/** Asks the collector, and again when the question changes. `ask` null: nothing to ask yet. */
export const useAnswer = ({ domain, view }: Scope, ask: Ask | null, repeat?: Repeat): Loaded<Answer> => {
  const question = ask && buildQuestion(domain, view, ask);
  return useLoad(
    question && JSON.stringify(question),
    (signal) => (question ? api.query(question, signal) : Promise.reject(new TypeError('no question'))),
    repeat,
  );
};
