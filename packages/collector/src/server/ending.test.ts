import { Agent, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Listening, listen } from './listen.ts';

/** What became of a request: its status and what is said of its connection, or the code of its failure. */
type Fate = readonly [status: number, connection: string] | string;

let listening: Listening;
let port: number;
let agent: Agent;
/** Requests to `/slow` that wait. */
let slow: (() => void)[];

const answers: RequestListener = (asked, response) => {
  const answer = (): void => void response.writeHead(200, { 'content-length': 2 }).end('ok');
  if (asked.url === '/slow') slow.push(answer);
  else if (asked.url === '/begun') {
    response.writeHead(200).write('o');
    slow.push(() => response.end('k'));
  } else answer();
};

beforeEach(async () => {
  slow = [];
  listening = await listen({ port: 0, host: '127.0.0.1', maxConnections: 100, isProxy: () => true });
  listening.serve(answers);
  ({ port } = listening.server.address() as AddressInfo);
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});
afterEach(async () => {
  agent.destroy();
  await listening.end({ lingerMs: 0, answerMs: 0 });
});

const ask = (path = '/', through = agent): Promise<Fate> =>
  new Promise((resolve) => {
    request({ port, host: '127.0.0.1', path, agent: through, method: 'POST' }, (response) => {
      response.resume().once('close', () => resolve([response.statusCode ?? 0, response.headers.connection ?? '']));
    })
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
      .end('a body');
  });

const OPEN = { lingerMs: 60_000, answerMs: 60_000 };

test('who is connected is answered, told that it was the last time, and nobody new is let in', async () => {
  expect(await ask()).toEqual([200, 'keep-alive']);
  const ended = listening.end(OPEN);
  expect(await ask()).toEqual([200, 'close']);
  await ended;
  expect(await ask()).toBe('ECONNREFUSED');
});

test('what is under way is answered, and says so too', async () => {
  const asked = ask('/slow');
  await expect.poll(() => slow.length).toBe(1);
  const ended = listening.end(OPEN);
  slow[0]?.();
  expect(await asked).toEqual([200, 'close']);
  await ended;
});

test('requests that were sent ahead are answered', async () => {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3));
  await expect.poll(() => slow.length).toBe(3);
  const ended = listening.end(OPEN);
  for (const answer of slow) answer();
  await Promise.all([ended, closed]);
  expect(text.match(/^HTTP\/1.1 200|connection: close/gim)).toEqual(['HTTP/1.1 200', 'Connection: close']);
});

test('a connection that has nothing to ask holds up nobody', async () => {
  expect(await ask()).toEqual([200, 'keep-alive']);
  await listening.end({ lingerMs: 1, answerMs: 60_000 });
  await expect.poll(() => listening.load().connections).toBe(0);
});

test('nor does one whose answer had begun, once that is over', async () => {
  const asked = ask('/begun');
  await expect.poll(() => slow.length).toBe(1);
  const ended = listening.end({ lingerMs: 1, answerMs: 60_000 });
  slow[0]?.();
  expect(await asked).toEqual([200, 'keep-alive']);
  await ended;
});

test('what takes too long is cut off', async () => {
  const asked = ask('/slow');
  await expect.poll(() => slow.length).toBe(1);
  await listening.end({ lingerMs: 1, answerMs: 1 });
  expect(await asked).toBe('ECONNRESET');
});

test('where nobody is connected it ends at once', async () => {
  await listening.end(OPEN);
  expect(await ask()).toBe('ECONNREFUSED');
});
