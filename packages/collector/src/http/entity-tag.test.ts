import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { entityTag } from './entity-tag.ts';

let text = 'one';
const app = new Hono()
  .use(async (c, next) => {
    c.header('x-of-all', 'yes');
    await next();
  })
  .on(['GET', 'POST'], '/', entityTag, (c) => c.json({ text }))
  .get('/refused', entityTag, (c) => c.json({}, 400));

const ask = async (method: string, tag?: string, path = '/') => {
  const response = await app.request(path, { method, headers: tag === undefined ? {} : { 'if-none-match': tag } });
  return { status: response.status, headers: response.headers, body: await response.text() };
};

test('equal answers have the same tag, however they are asked for, and others another one', async () => {
  text = 'one';
  const tags = [(await ask('GET')).headers.get('etag'), (await ask('POST')).headers.get('etag')];
  expect(tags).toEqual([expect.stringMatching(/^"[\w-]{22}"$/), tags[0]]);
  text = 'two';
  expect((await ask('GET')).headers.get('etag')).not.toBe(tags[0]);
});

test.each([
  ['GET', (tag: string) => tag, 304],
  ['HEAD', (tag: string) => tag, 304],
  ['GET', (tag: string) => `"other", W/${tag}`, 304],
  ['GET', () => '*', 304],
  ['GET', () => '"other"', 200],
  ['GET', (tag: string) => tag.slice(1, -1), 200],
  // What changes nothing for who asks by POST, who has a body to read.
  ['POST', (tag: string) => tag, 200],
])('%s of who has it, or says so', async (method, given, status) => {
  const tag = (await ask('GET')).headers.get('etag') ?? '';
  const answer = await ask(method, given(tag));
  expect(answer).toMatchObject({ status, body: status === 200 ? JSON.stringify({ text }) : '' });
  expect([answer.headers.get('etag'), answer.headers.get('x-of-all'), answer.headers.has('content-type')]).toEqual([
    tag,
    'yes',
    status === 200,
  ]);
});

test('a refusal has none', async () => {
  const { status, headers } = await ask('GET', '*', '/refused');
  expect([status, headers.get('etag')]).toEqual([400, null]);
});
