import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { Documents } from '../store/documents.ts';
import { OneTimeLinks } from './one-time-links.ts';

const HOUR = 3_600_000;
let now = Date.UTC(2026, 5, 1);
const about = z.object({ word: z.string() });

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());
afterEach(() => engine.store.command('TRUNCATE TABLE config'));

/** What one collector knows of the links. */
const started = async (): Promise<{ links: OneTimeLinks<{ word: string }>; documents: Documents }> => {
  const documents = new Documents(engine.store, SILENT);
  const links = new OneTimeLinks(documents, 'word', about, HOUR, () => now);
  await documents.refresh();
  return { links, documents };
};
const outcomes = async (jobs: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(jobs)).map((job) => (job.status === 'fulfilled' ? 'used' : job.reason.message)).sort();
const DEAD = expect.stringContaining('not good any more');

test('a link is good once, however many use it at once and wherever', async () => {
  const [a, b] = [await started(), await started()];
  const { token } = await a.links.create({ word: 'x' });
  await b.documents.refresh();
  const used: string[] = [];
  const use = ({ links }: typeof a): Promise<unknown> =>
    links.use(token, async ({ word }) => {
      used.push(word);
    });
  const all = await outcomes([a, b, a, b, a, b].map(use));
  expect(all).toEqual([...Array(5).fill(DEAD), 'used']);
  expect(used).toEqual(['x']);
  await b.documents.refresh();
  expect([a.links.find(token), b.links.find(token), b.links.all()]).toEqual([undefined, undefined, []]);
});

test('a link is good again if what it was used for failed', async () => {
  const { links } = await started();
  const { token } = await links.create({ word: 'x' });
  const failing = links.use(token, () => Promise.reject(new Error('the e-mail is taken')));
  await expect(failing).rejects.toThrow('the e-mail is taken');
  expect(await links.use(token, async ({ word }) => word)).toBe('x');
});

test.each(['', 'x', 'a'.repeat(43)])('“%s” is no link', async (token) => {
  const { links } = await started();
  await links.create({ word: 'x' });
  expect(links.find(token)).toBeUndefined();
  await expect(links.use(token, async () => 1)).rejects.toMatchObject({ status: 404, field: 'token' });
});

test('a link is good for its time, then it is deleted', async () => {
  const { links } = await started();
  const { token, expires } = await links.create({ word: 'x' });
  expect(Date.parse(expires)).toBe(now + HOUR);
  now += HOUR - 1;
  expect(links.find(token)).toMatchObject({ about: { word: 'x' } });
  now += 1;
  expect([links.find(token), links.all()]).toEqual([undefined, []]);
  await expect(links.use(token, async () => 1)).rejects.toMatchObject({ status: 404 });
  await links.create({ word: 'y' });
  expect(await engine.store.query("SELECT id FROM config FINAL WHERE kind = 'word' AND deleted = 0")).toHaveLength(1);
});

test('links are taken back by what they are about', async () => {
  const { links } = await started();
  const [x, y] = [await links.create({ word: 'x' }), await links.create({ word: 'y' })];
  await links.removeAbout(({ word }) => word === 'x');
  expect([links.find(x.token), links.find(y.token)?.id]).toEqual([undefined, y.id]);
});
