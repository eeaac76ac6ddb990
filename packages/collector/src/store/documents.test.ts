import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { createLog } from '../lib/logger.ts';
import { type Collection, StaleError, UnreadError } from './collection.ts';
import { Documents } from './documents.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

const shape = z.object({ word: z.string() });
type Word = z.infer<typeof shape>;

/** What one collector knows. */
interface Collector {
  readonly documents: Documents;
  readonly words: Collection<Word>;
}

let engine: TestEngine;
let kind: string;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());
beforeEach(({ task }) => {
  kind = task.id;
});

const unread = (store: Store = engine.store, log = SILENT): Collector => {
  const documents = new Documents(store, log);
  return { documents, words: documents.collection(kind, shape) };
};

const started = async (...args: Parameters<typeof unread>): Promise<Collector> => {
  const collector = unread(...args);
  await collector.documents.refresh();
  return collector;
};

const away = new StoreError('away', 'unknown', null, '');
const broken = (part: Partial<Store>): Store => ({ ...engine.store, ...part });
const word = ({ words }: Collector, id = 'x'): string | undefined => words.get(id)?.body.word;
const outcomes = async (jobs: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(jobs)).map((job) => (job.status === 'fulfilled' ? 'written' : job.reason.name)).sort();

describe('before the store was read', () => {
  test.each<[string, (words: Collection<Word>) => unknown]>([
    ['get', (words) => words.get('x')],
    ['all', (words) => words.all()],
    ['put', (words) => words.put('x', { word: 'a' }, 0)],
    ['ensure', (words) => words.ensure('x', { word: 'a' })],
    ['remove', (words) => words.remove('x')],
  ])('%s does not guess', async (_name, use) => {
    const { documents, words } = unread();
    await expect((async () => use(words))()).rejects.toBeInstanceOf(UnreadError);
    expect([documents.isRead, documents.isCurrent]).toEqual([false, false]);
  });

  test('a store that does not answer is none that is empty', async () => {
    const collector = unread(broken({ query: () => Promise.reject(away) }));
    await expect(collector.documents.refresh()).rejects.toBe(away);
    expect(() => word(collector)).toThrow(UnreadError);
  });
});

describe('two collectors', () => {
  test('know what the other wrote, changed and removed after the next read', async () => {
    const [a, b] = [await started(), await started()];
    for (const change of [
      () => a.words.put('x', { word: 'first' }, 0),
      () => b.words.put('x', { word: 'second' }, 1),
      () => a.words.remove('x'),
    ]) {
      await change();
      await Promise.all([a.documents.refresh(), b.documents.refresh()]);
      expect(word(b)).toBe(word(a));
    }
    expect([word(a), a.words.all()]).toEqual([undefined, []]);
    expect(await b.words.put('x', { word: 'anew' }, 0)).toMatchObject({ version: 4 });
    await a.documents.refresh();
    expect(word(a)).toBe('anew');
  });

  test.each<[string, (other: Collection<Word>) => Promise<unknown>, string | undefined]>([
    ['changed', (other) => other.put('x', { word: 'theirs' }, 1), 'theirs'],
    ['removed', (other) => other.remove('x'), undefined],
  ])('are told when the other has %s what they change, and know it from then on', async (_what, change, left) => {
    const [a, b] = [await started(), await started()];
    await a.words.put('x', { word: 'first' }, 0);
    await b.documents.refresh();
    await change(b.words);
    await expect(a.words.put('x', { word: 'mine' }, 1)).rejects.toBeInstanceOf(StaleError);
    expect(word(a)).toBe(left);
    await b.documents.refresh();
    expect(word(b)).toBe(left);
  });

  test('that remove what the other has changed are told', async () => {
    const [a, b] = [await started(), await started()];
    await a.words.put('x', { word: 'first' }, 0);
    await b.documents.refresh();
    await b.words.put('x', { word: 'second' }, 1);
    await expect(a.words.remove('x')).rejects.toBeInstanceOf(StaleError);
    expect(word(a)).toBe('second');
  });

  test('that write one version at once, many times each, have one winner', async () => {
    const [a, b] = [await started(), await started()];
    const writes = Array.from({ length: 10 }, (_, n) => [
      a.words.put('x', { word: `a${n}` }, 0),
      b.words.put('x', { word: `b${n}` }, 0),
    ]);
    expect(await outcomes(writes.flat())).toEqual([...Array(19).fill('StaleError'), 'written']);
    await Promise.all([a.documents.refresh(), b.documents.refresh()]);
    expect([word(b), b.words.get('x')?.version]).toEqual([word(a), 1]);
  });

  test('that both see to it that a document is there have the same', async () => {
    const [a, b] = [await started(), await started()];
    const [mine, theirs] = await Promise.all([a.words.ensure('x', { word: 'a' }), b.words.ensure('x', { word: 'b' })]);
    expect(mine).toEqual(theirs);
    expect(await a.words.ensure('x', { word: 'late' })).toEqual(mine);
  });
});

describe('a change', () => {
  const longer = ({ word }: Word): Word => ({ word: `${word}+` });
  const adding =
    (letter: string) =>
    ({ word }: Word): Word => ({ word: word + letter });
  const letters = (text: string | undefined): string => [...(text ?? '')].sort().join('');

  test('is made on the basis of what is there, however many make one at once', async () => {
    const [a, b] = [await started(), await started()];
    await a.words.put('x', { word: '' }, 0);
    await b.documents.refresh();
    await Promise.all([...'abcdef'].map((letter, n) => [a, b][n % 2]?.words.update('x', adding(letter))));
    await Promise.all([a.documents.refresh(), b.documents.refresh()]);
    expect([letters(word(a)), word(b), a.words.get('x')?.version]).toEqual(['abcdef', word(a), 7]);
  });

  test('that two make alike at once is made once', async () => {
    const [a, b] = [await started(), await started()];
    await a.words.put('x', { word: '' }, 0);
    await b.documents.refresh();
    await Promise.all([a, b].map(({ words }) => words.update('x', () => ({ word: 'same' }))));
    await b.documents.refresh();
    expect(word(b)).toBe('same');
  });

  test('may be none, or a removal, or of a document that is not there', async () => {
    const { words } = await started();
    const seen = await words.put('x', { word: 'first' }, 0);
    expect(await words.update('x', (body) => body)).toBe(seen);
    expect(await words.update('y', longer)).toBeUndefined();
    expect(await words.update('x', () => null)).toBeUndefined();
    expect(words.all()).toEqual([]);
  });

  test('that throws changes nothing, and stops no other', async () => {
    const { words } = await started();
    await words.put('x', { word: 'first' }, 0);
    const refuse = (): never => {
      throw new Error('refused');
    };
    const [refused, made] = await Promise.allSettled([words.update('x', refuse), words.update('x', longer)]);
    expect([refused.status, made.status, words.get('x')?.body.word]).toEqual(['rejected', 'fulfilled', 'first+']);
  });
});

describe('reading again', () => {
  test('takes one read after the other, so that an older one never comes last', async () => {
    const answers: ((rows: readonly object[]) => void)[] = [];
    const query = <T>() => new Promise<T[]>((resolve) => answers.push((rows) => resolve([...rows] as T[])));
    const { documents, words } = unread(broken({ query }));
    const early = documents.refresh();
    await new Promise(setImmediate);
    const [late, shared] = [documents.refresh(), documents.refresh()];
    await new Promise(setImmediate);
    expect(answers).toHaveLength(1);
    answers[0]?.([]);
    await early;
    await new Promise(setImmediate);
    expect(answers).toHaveLength(2);
    answers[1]?.([{ kind, id: 'x', version: 1, body: '{"word":"new"}' }]);
    await Promise.all([late, shared]);
    expect([words.get('x')?.version, answers.length]).toEqual([1, 2]);
  });

  test('never takes back what was written here, however often it happens meanwhile', async () => {
    const [a, b] = [await started(), await started()];
    let isOver = false;
    const seen: number[] = [];
    const reading = (async () => {
      while (!isOver) {
        await a.documents.refresh();
        seen.push(a.words.get('x')?.version ?? 0);
      }
    })();
    for (let version = 0; version < 30; version++) {
      const writer = version % 3 === 2 ? b : a;
      if (writer === b) await b.documents.refresh();
      await writer.words.put('x', { word: `${version}` }, version);
      if (writer === b) await a.documents.refresh();
      expect(word(a)).toBe(`${version}`);
    }
    isOver = true;
    await reading;
    expect(seen).toEqual([...seen].sort((x, y) => x - y));
    expect(seen.length).toBeGreaterThan(10);
  });

  test('makes nothing anew where nothing has changed', async () => {
    const [a, b] = [await started(), await started()];
    for (const id of ['x', 'y']) await a.words.put(id, { word: id }, 0);
    const [all, y] = [a.words.all(), a.words.get('y')];
    await a.documents.refresh();
    expect(a.words.all()).toBe(all);
    await b.documents.refresh();
    await b.words.put('x', { word: 'changed' }, 1);
    await a.documents.refresh();
    expect(word(a)).toBe('changed');
    expect(a.words.get('y')).toBe(y);
  });

  test('leaves what is known where the store is away, and says that there may be more', async () => {
    let isAway = false;
    const query: Store['query'] = (...args) => (isAway ? Promise.reject(away) : engine.store.query(...args));
    const collector = await started(broken({ query }));
    await collector.words.put('x', { word: 'known' }, 0);
    for (const state of [true, false]) {
      isAway = state;
      await collector.documents.refresh().catch(() => undefined);
      const { isRead, isCurrent } = collector.documents;
      expect([word(collector), isRead, isCurrent]).toEqual(['known', true, !state]);
    }
  });

  test('passes over a document that nobody here understands, says so once, and keeps what it was', async () => {
    const lines: string[] = [];
    const [a, other] = [
      await started(
        engine.store,
        createLog((line) => lines.push(line)),
      ),
      await started(),
    ];
    await other.words.put('x', { word: 'understood' }, 0);
    await other.words.put('y', { word: 'another' }, 0);
    await a.documents.refresh();
    for (const [version, body] of [
      [2, '{"word":1}'],
      [3, '{"wor'],
    ]) {
      await engine.store.command(
        'INSERT INTO config (kind, id, version, body, deleted) SELECT {kind:String}, {id:String}, {version:UInt64}, {body:String}, 0',
        { kind, id: 'x', version: version ?? 0, body: body ?? '' },
      );
      for (let n = 0; n < 3; n++) await a.documents.refresh();
      expect([word(a), word(a, 'y')]).toEqual(['understood', 'another']);
    }
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('wor"');
    await expect(a.words.put('x', { word: 'mine' }, 1)).rejects.toBeInstanceOf(StaleError);
  });
});

describe('a write', () => {
  test('that the store refuses changes nothing here', async () => {
    const collector = await started(broken({ command: () => Promise.reject(away) }));
    await expect(collector.words.put('x', { word: 'lost' }, 0)).rejects.toBe(away);
    expect(word(collector)).toBeUndefined();
  });

  test('whose answer is lost is known once the store is read', async () => {
    const command: Store['command'] = async (...args) => {
      await engine.store.command(...args);
      throw away;
    };
    const collector = await started(broken({ command }));
    await expect(collector.words.put('x', { word: 'stored' }, 0)).rejects.toBe(away);
    await collector.documents.refresh();
    expect(word(collector)).toBe('stored');
  });

  test('that the store confirms and does not show is not called written', async () => {
    const collector = await started(broken({ command: () => Promise.resolve() }));
    await expect(collector.words.put('x', { word: 'lost' }, 0)).rejects.toMatchObject({ outcome: 'unknown' });
  });

  test('keeps every character', async () => {
    const [a, b] = [await started(), await started()];
    for (const [n, text] of ['\0\n\t\\N', "'; DROP TABLE config --", '\ud800', 'ü😀', '{x:String}'].entries()) {
      await a.words.put(`${n}`, { word: text }, 0);
      await b.documents.refresh();
      expect(word(b, `${n}`)).toBe(text);
    }
  });
});
