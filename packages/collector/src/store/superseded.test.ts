import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { Documents } from './documents.ts';
import type { Store } from './store.ts';
import { dropSuperseded } from './superseded.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const bodies = async (): Promise<string[]> =>
  (await engine.store.query<{ body: string }>('SELECT body FROM config ORDER BY id, version')).map(({ body }) => body);

it('leaves of documents what they are, and of deleted ones nothing but that they were there', async () => {
  const documents = new Documents(engine.store, SILENT);
  const notes = documents.collection('note', z.object({ text: z.string() }));
  await documents.refresh();
  for (const id of ['a', 'b']) await notes.ensure(id, { text: `first ${id}` });
  await notes.update('a', () => ({ text: 'second a' }));
  await notes.remove('b');
  expect(await bodies()).not.toHaveLength(2);
  await dropSuperseded(engine.store, engine.topology);
  expect(await bodies()).toEqual(['{"text":"second a"}', '']);
  await documents.refresh();
  expect(notes.get('a')?.body).toEqual({ text: 'second a' });
  expect(notes.get('b')).toBeUndefined();
});

it('writes nothing where nothing was changed', async () => {
  const said: string[] = [];
  const command: Store['command'] = async (sql) => void said.push(sql);
  await dropSuperseded({ ...engine.store, command }, engine.topology);
  expect(said).toEqual([]);
});
