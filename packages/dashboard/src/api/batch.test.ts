import type { Question } from '@passerby/collector/query';
import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import { gather, type Send } from './batch.ts';

interface Answer {
  readonly to: string;
}

const question = (site_id: string): Question => ({ site_id, metrics: ['visits'], date_range: 'day' });
const namesOf = (questions: readonly Question[]): string[] => questions.map(({ site_id }) => String(site_id));

/** What is sent, and what asks; `refuse` decides what a request brings in place of its answers. */
const desk = (refuse: (names: readonly string[]) => ApiError | null = () => null) => {
  const sent: string[][] = [];
  const signals: AbortSignal[] = [];
  const send: Send<Answer> = async (questions, signal) => {
    const names = namesOf(questions);
    sent.push(names);
    signals.push(signal);
    await new Promise((resolve) => setTimeout(resolve));
    const refused = refuse(names);
    if (refused) throw refused;
    return names.map((name) => (name.startsWith('slow') ? new ApiError(503, '', '', 'busy') : { to: name }));
  };
  return { ask: gather(send), sent, signals };
};

const outcomeOf = (asked: Promise<Answer>): Promise<string> =>
  asked.then(
    ({ to }) => to,
    (error: ApiError) => `${error.status} ${error.field}`,
  );

describe('what is asked in one moment', () => {
  it('goes in one request, and each gets its own answer', async () => {
    const { ask, sent } = desk();
    const asked = ['a', 'b', 'c'].map((name) => outcomeOf(ask(question(name))));
    expect(await Promise.all(asked)).toEqual(['a', 'b', 'c']);
    expect(sent).toEqual([['a', 'b', 'c']]);
    expect(await outcomeOf(ask(question('d')))).toBe('d');
    expect(sent).toHaveLength(2);
  });

  it('goes in as few requests as the collector takes', async () => {
    const { ask, sent } = desk();
    const names = Array.from({ length: 95 }, (_, index) => `q${index}`);
    expect(await Promise.all(names.map((name) => outcomeOf(ask(question(name)))))).toEqual(names);
    expect(sent.map(({ length }) => length)).toEqual([40, 40, 15]);
  });

  it('goes in as few requests as have no more rows than it takes', async () => {
    const { ask, sent } = desk();
    const long = { pagination: { limit: 10_000 } };
    const asked = ['a', 'b', 'c', 'd', 'e'].map((name) => outcomeOf(ask({ ...question(name), ...long })));
    asked.push(outcomeOf(ask(question('f'))));
    expect(await Promise.all(asked)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(sent).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('is answered though one of it takes too long', async () => {
    const { ask } = desk();
    const asked = ['a', 'slow', 'c'].map((name) => outcomeOf(ask(question(name))));
    expect(await Promise.all(asked)).toEqual(['a', '503 ', 'c']);
  });

  it.each([
    ['a refused field', 'questions[1].filters[0]', 'filters[0]'],
    ['a refused question', 'questions[1]', ''],
  ])('is answered but for what is wrong: %s', async (_, field, own) => {
    const { ask, sent } = desk((names) => (names.includes('wrong') ? new ApiError(400, field, '') : null));
    const asked = ['a', 'wrong', 'c'].map((name) => outcomeOf(ask(question(name))));
    expect(await Promise.all(asked)).toEqual(['a', `400 ${own}`, 'c']);
    expect(sent).toEqual([
      ['a', 'wrong', 'c'],
      ['a', 'c'],
    ]);
  });

  it.each([
    ['nobody is signed in', 'request'],
    ['a question is named that was not asked', 'questions[9].metrics'],
  ])('is refused as a whole where %s', async (_, field) => {
    const { ask, sent } = desk(() => new ApiError(401, field, ''));
    const asked = ['a', 'b'].map((name) => outcomeOf(ask(question(name))));
    expect(await Promise.all(asked)).toEqual([`401 ${field}`, `401 ${field}`]);
    expect(sent).toHaveLength(1);
  });

  it('fails where an answer is missing', async () => {
    const ask = gather<Answer>(async () => [{ to: 'a' }]);
    expect(await Promise.all(['a', 'b'].map((name) => outcomeOf(ask(question(name)))))).toEqual(['a', '0 ']);
  });
});

describe('what nobody waits for any more', () => {
  it('is not sent', async () => {
    const { ask, sent } = desk();
    const gone = new AbortController();
    void ask(question('gone'), gone.signal);
    const asked = outcomeOf(ask(question('a'), new AbortController().signal));
    gone.abort();
    expect(await asked).toBe('a');
    expect(sent).toEqual([['a']]);
  });

  it('ends its request once all have gone', async () => {
    const signals: AbortSignal[] = [];
    const ask = gather<Answer>((_, signal) => {
      signals.push(signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new TypeError('gone'))));
    });
    const [one, other] = [new AbortController(), new AbortController()];
    const asked = [outcomeOf(ask(question('a'), one.signal)), outcomeOf(ask(question('b'), other.signal))];
    await expect.poll(() => signals.length).toBe(1);
    one.abort();
    expect(signals[0]?.aborted).toBe(false);
    other.abort();
    expect(signals[0]?.aborted).toBe(true);
    expect(await Promise.all(asked)).toEqual(['0 ', '0 ']);
  });
});
