import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { row } from '../query/testing.ts';
import { connect } from '../store/clickhouse.ts';
import { batchOf } from '../store/lines.ts';
import type { Store } from '../store/store.ts';
import { NONCE_HEADER, SEAL_HEADER, seal } from './message-auth.ts';
import type { SocketAddress } from './socket-agent.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, key: string) => void;

interface Stand {
  readonly address: SocketAddress;
  readonly store: Store;
  /** Connections made to it, and seals that it was sent. */
  readonly connections: () => number;
  readonly sent: readonly string[];
}

/** A server in the engine's place, and a collector's client for the engine. */
const standIn = async (answer: Answer): Promise<Stand> => {
  const address = { socketPath: join(temporaryFolder().path, 'engine.sock'), key: 'the key' };
  const sent: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    sent.push(request.headers.authorization ?? '', JSON.stringify(request.headers));
    request.resume().once('end', () => answer(request, response, address.key));
  }).on('connection', () => connections++);
  await once(server.listen(address.socketPath), 'listening');
  const store = connect({ url: 'http://engine', username: '', password: '', socketAddress: () => address });
  onTestFinished(async () => {
    await store.close();
    server.close();
    server.closeAllConnections();
    rmSync(dirname(address.socketPath), { recursive: true, force: true });
  });
  return { address, store, connections: () => connections, sent };
};

const sealOf = ({ headers }: IncomingMessage, key: string) => ({
  [SEAL_HEADER]: seal(key, 'answer', String(headers[NONCE_HEADER])),
});

/** Everything that a collector asks of its store. */
const QUESTIONS: readonly { name: string; ask: (store: Store) => Promise<unknown> }[] = [
  {
    name: 'an insert',
    ask: (store) => store.insert(batchOf([row('2026-03-01T12:00:00+00:00', { kind: 'view' })], 'token')),
  },
  { name: 'a question', ask: (store) => store.query('SELECT 1 AS a') },
  { name: 'a command', ask: (store) => store.command('CREATE TABLE a') },
  { name: 'a ping', ask: (store) => store.ping() },
  { name: 'a part of a backup', ask: (store) => store.readNative('SELECT 1') },
  { name: 'a part of a restore', ask: (store) => store.writeNative('hits', Buffer.from('x')) },
];

/** What somebody who does not know the key may say. */
const LIES: readonly { name: string; answer: Answer }[] = [
  { name: 'done', answer: (_request, response) => response.end() },
  { name: 'an answer', answer: (_request, response) => response.end('{"a":1}\n') },
  { name: 'a long answer', answer: (_request, response) => response.end('{"a":1}\n'.repeat(50_000)) },
  {
    name: 'a refusal',
    answer: (_request, response) =>
      response
        .writeHead(400, { 'x-clickhouse-exception-code': '27' })
        .end('Code: 27. DB::Exception: No. (CANNOT_PARSE)'),
  },
  {
    name: 'it with a seal of its own',
    answer: (request, response) => response.writeHead(200, sealOf(request, 'x')).end(),
  },
  {
    name: 'it with the seal of the question',
    answer: ({ headers }, response) => response.writeHead(200, { [SEAL_HEADER]: headers[SEAL_HEADER] }).end(),
  },
];

describe.each(LIES)('a stranger in the place of the engine that says $name', ({ answer }) => {
  it.each(QUESTIONS)('to $name is not believed', async ({ ask }) => {
    const { store } = await standIn(answer);
    await expect(ask(store)).rejects.toMatchObject({ name: 'StoreError', outcome: 'unknown', code: null });
  });
});

it('who knows the key is believed, also when it refuses', async () => {
  const { store } = await standIn((request, response, key) =>
    response.writeHead(200, sealOf(request, key)).end('{"a":1}\n'),
  );
  expect(await store.query('SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await store.insert(batchOf([row('2026-03-01T12:00:00+00:00', { kind: 'view' })], 'token'));
  const refusing = await standIn((request, response, key) =>
    response
      .writeHead(400, { ...sealOf(request, key), 'x-clickhouse-exception-code': '27' })
      .end('Code: 27. DB::Exception: No. (CANNOT_PARSE)'),
  );
  await expect(refusing.store.query('SELECT 1')).rejects.toMatchObject({ outcome: 'unreadable', code: 27 });
});

it('an answer to one question is none to the next', async () => {
  let first: Record<string, string> | undefined;
  const { store } = await standIn((request, response, key) => {
    first ??= sealOf(request, key);
    response.writeHead(200, first).end('{"a":1}\n');
  });
  expect(await store.query('SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await expect(store.query('SELECT 1 AS a')).rejects.toMatchObject({ outcome: 'unknown', code: null });
});

it('the key is sent to nobody, and there is no password', async () => {
  const { store, sent } = await standIn((_request, response) => response.end());
  await store.ping().catch(() => {});
  expect(sent.length).toBe(2);
  expect(sent[0]).toBe('');
  expect(sent[1]).not.toContain('the key');
});

it.each([
  { folder: 'that others may enter', change: (dir: string) => chmodSync(dir, 0o755) },
  { folder: 'that is gone', change: (dir: string) => rmSync(dir, { recursive: true }) },
])('nothing is sent to a socket in a folder $folder', async ({ change }) => {
  const { address, store, connections } = await standIn((_request, response) => response.end());
  change(dirname(address.socketPath));
  await expect(store.ping()).rejects.toMatchObject({ outcome: 'unknown', code: null });
  expect(connections()).toBe(0);
});

it('as many connections are kept as are needed, 16 at most, and they are used again', async () => {
  const { store, connections } = await standIn((request, response, key) => {
    response.writeHead(200, sealOf(request, key)).end('{"a":1}\n');
  });
  await Promise.all(Array.from({ length: 100 }, () => store.query('SELECT 1 AS a')));
  await Promise.all(Array.from({ length: 100 }, () => store.query('SELECT 1 AS a')));
  expect(connections()).toBeGreaterThan(0);
  expect(connections()).toBeLessThanOrEqual(16);
});
