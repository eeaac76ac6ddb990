import { expect, test } from 'vitest';
import { createAnswerCache } from './answer-cache.ts';

/** A store in which things change when the test says so, and which answers when it says so. */
const stage = ({ counts = true } = {}) => {
  let time = 0;
  let changes = 0;
  const asked: { signal: AbortSignal; answer: (value: object) => void; fail: (error: Error) => void }[] = [];
  const answers = createAnswerCache({ now: () => time, changes: () => (counts ? changes : undefined), keptMs: 5000 });
  const ask = (key: unknown = 'q', signal = new AbortController().signal, account = 'ann'): Promise<object> =>
    answers.keep(
      [key],
      { account, signal },
      (shared) =>
        new Promise((answer, fail) => {
          asked.push({ signal: shared, answer, fail });
        }),
    );
  return {
    asked,
    ask,
    after: (ms: number) => {
      time += ms;
    },
    store: () => {
      changes += 1;
    },
    answer: async (value: object, n = asked.length - 1) => {
      asked[n]?.answer(value);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};

test('equal questions asked together are asked once', async () => {
  const { ask, asked, answer } = stage();
  const all = [ask(), ask(), ask('other')];
  expect(asked).toHaveLength(2);
  await answer({ a: 1 }, 0);
  await answer({ b: 1 }, 1);
  expect(await Promise.all(all)).toEqual([{ a: 1 }, { a: 1 }, { b: 1 }]);
});

test('an answer is kept until something is stored, and no longer than it may be', async () => {
  const { ask, asked, answer, store, after } = stage();
  void ask();
  await answer({ a: 1 });
  after(4999);
  expect(await ask()).toEqual({ a: 1 });
  after(1);
  void ask();
  expect(asked).toHaveLength(2);
  await answer({ a: 2 });
  expect(await ask()).toEqual({ a: 2 });
  store();
  void ask();
  expect(asked).toHaveLength(3);
});

test('an answer that began before something was stored is neither kept nor shared with who asks after it', async () => {
  const { ask, asked, answer, store } = stage();
  const before = ask();
  store();
  const after = ask();
  expect(asked).toHaveLength(2);
  await answer({ a: 'old' }, 0);
  expect(await before).toEqual({ a: 'old' });
  await answer({ a: 'new' }, 1);
  expect([await after, await ask()]).toEqual([{ a: 'new' }, { a: 'new' }]);
});

test('a question is given up when the last who waits for it has gone, and asked anew', async () => {
  const { ask, asked } = stage();
  const [one, other] = [new AbortController(), new AbortController()];
  const waiting = [ask('q', one.signal), ask('q', other.signal)];
  one.abort(new Error('one'));
  await expect(waiting[0]).rejects.toThrow('one');
  expect(asked[0]?.signal.aborted).toBe(false);
  other.abort(new Error('other'));
  await expect(waiting[1]).rejects.toThrow('other');
  expect(asked[0]?.signal.aborted).toBe(true);
  void ask();
  expect(asked).toHaveLength(2);
  await expect(ask('q', one.signal)).rejects.toThrow('one');
});

test('a failure is told to all who wait, and to nobody later', async () => {
  const { ask, asked } = stage();
  const waiting = [ask(), ask()];
  asked[0]?.fail(new Error('no'));
  for (const answer of waiting) await expect(answer).rejects.toThrow('no');
  void ask();
  expect(asked).toHaveLength(2);
});

test('nothing is kept where nobody knows what is stored', async () => {
  const { ask, asked, answer } = stage({ counts: false });
  const all = [ask(), ask()];
  await answer({ a: 1 });
  expect(await Promise.all(all)).toEqual([{ a: 1 }, { a: 1 }]);
  void ask();
  expect(asked).toHaveLength(2);
});

test('nobody waits for what another account has under way, and all have what is kept', async () => {
  const { ask, asked, answer } = stage();
  const signal = new AbortController().signal;
  void ask('q', signal, 'ann');
  const other = ask('q', signal, 'bob');
  expect(asked).toHaveLength(2);
  await answer({ a: 1 }, 1);
  expect([await other, await ask('q', signal, 'eve')]).toEqual([{ a: 1 }, { a: 1 }]);
  expect(asked).toHaveLength(2);
});

test('what is only shared is not kept', async () => {
  const answers = createAnswerCache({ now: () => 0, changes: () => 0, keptMs: 5000 });
  const { signal } = new AbortController();
  let asked = 0;
  const ask = (): Promise<object> => answers.share(['q'], { account: 'ann', signal }, async () => ({ asked: ++asked }));
  expect(await Promise.all([ask(), ask()])).toEqual([{ asked: 1 }, { asked: 1 }]);
  expect(await ask()).toEqual({ asked: 2 });
});

test('what is kept has an end: the oldest go, and the largest are not kept', async () => {
  const { ask, asked, answer } = stage();
  const large = { text: 'x'.repeat(300_000) };
  for (let n = 0; n < 20; n++) {
    void ask(n);
    await answer(large);
  }
  await ask(19);
  expect(asked).toHaveLength(20);
  void ask(0);
  expect(asked).toHaveLength(21);
  void ask('huge');
  await answer({ text: 'x'.repeat(400_000) });
  void ask('huge');
  expect(asked).toHaveLength(23);
});

/** The same, of questions about closed days; `late` stores what may be of them. */
const stageOfDays = ({ knows = true } = {}) => {
  let [time, changes, oldChanges, asked] = [0, 0, 0, 0];
  const answers = createAnswerCache({
    now: () => time,
    changes: () => changes,
    oldChanges: () => (knows ? oldChanges : undefined),
    keptMs: 5000,
  });
  const { signal } = new AbortController();
  const ask = (lasts = true, meanwhile = (): void => undefined): Promise<object> =>
    answers.keep(
      ['now', time],
      { account: 'ann', signal },
      async () => {
        meanwhile();
        return { asked: ++asked };
      },
      { key: ['yesterday'], lasts: () => lasts },
    );
  return {
    ask,
    at: (ms: number) => {
      time = ms;
    },
    store: () => {
      changes += 1;
    },
    late: () => {
      [changes, oldChanges] = [changes + 1, oldChanges + 1];
    },
  };
};

test('an answer about closed days is kept while what is fresh is stored, and forgotten with what may be old', async () => {
  const { ask, at, store, late } = stageOfDays();
  await ask();
  store();
  at(86_000_000);
  expect(await ask()).toEqual({ asked: 1 });
  late();
  expect(await ask()).toEqual({ asked: 2 });
  expect(await ask(true, late)).toEqual({ asked: 2 });
});

test.each([
  ['what is told of will go by itself', {}, false, undefined],
  ['something old was stored meanwhile', {}, true, 'late'],
  ['nobody knows what others store', { knows: false }, true, undefined],
] as const)('it is kept no longer than others where %s', async (_, options, lasts, meanwhile) => {
  const stage = stageOfDays(options);
  await stage.ask(lasts, meanwhile && stage[meanwhile]);
  stage.store();
  stage.at(1);
  expect(await stage.ask()).toEqual({ asked: 2 });
});

test('a clock that is set back makes days that were closed go on', async () => {
  const { ask, at } = stageOfDays();
  at(10_000);
  await ask();
  at(20_000);
  expect(await ask()).toEqual({ asked: 1 });
  at(4_000);
  expect(await ask()).toEqual({ asked: 2 });
});
