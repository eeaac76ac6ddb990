import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Credentials, createDoor } from './door.ts';
import { BusyError } from './lanes.ts';
import { NONCE_HEADER, SEAL_HEADER, seal } from './seal.ts';
import { shared } from './shared.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** Sends a statement as any HTTP client would. */
const post = (statement: string, search: Record<string, string> = {}, password = engine.password): Promise<Response> =>
  fetch(`${engine.url}/?${new URLSearchParams({ database: engine.database ?? 'default', ...search })}`, {
    method: 'POST',
    body: statement,
    headers: { authorization: `Basic ${Buffer.from(`${engine.username}:${password}`).toString('base64')}` },
  });

const select = async (statement: string, search: Record<string, string> = {}): Promise<unknown> => {
  const response = await post(`${statement} FORMAT JSONCompactEachRow`, search);
  expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([200, null]);
  return JSON.parse(`[${(await response.text()).trim().replaceAll('\n', ',')}]`);
};

const codeOf = async (reply: Promise<Response>): Promise<string | null> => {
  const response = await reply;
  expect(response.ok).toBe(false);
  const code = response.headers.get('x-clickhouse-exception-code');
  expect(await response.text()).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: .*\\([A-Z_]+\\)`, 's'));
  return code;
};

describe('parameters', () => {
  const texts = [
    '',
    'plain',
    "it's",
    "'; DROP TABLE hits; --",
    "\\'; DROP TABLE hits; --",
    "') OR 1 = 1 --",
    '\\',
    '\\N',
    '\\\\N',
    'NULL',
    'DEFAULT',
    'tab\tnewline\nreturn\rnul\0end',
    '{x:String}',
    '日本語 🙂 é',
    '`"$$',
    '/* -- #',
    'x'.repeat(100_000),
  ];

  it.each(texts.map((text) => ({ text, name: JSON.stringify(text).slice(0, 40) })))(
    'a text $name',
    async ({ text }) => {
      expect(await engine.store.query('SELECT {x:String} AS x', { x: text })).toEqual([{ x: text }]);
    },
  );

  it('a list of texts', async () => {
    const list = texts.slice(0, -1);
    expect(await engine.store.query('SELECT {x:Array(String)} AS x', { x: list })).toEqual([{ x: list }]);
    expect(await engine.store.query('SELECT {x:Array(String)} AS x', { x: [] })).toEqual([{ x: [] }]);
  });

  it.each([
    { type: 'UInt8', value: 255, read: 255 },
    { type: 'Int64', value: -5, read: '-5' },
    { type: 'UInt64', value: '18446744073709551615', read: '18446744073709551615' },
    { type: 'Float64', value: 0.1, read: 0.1 },
    { type: 'Bool', value: true, read: true },
    { type: 'Date', value: '2026-02-28', read: '2026-02-28' },
    { type: "DateTime('UTC')", value: 1_767_225_600, read: '2026-01-01 00:00:00' },
    { type: 'Array(UInt32)', value: [1, 2, 3], read: [1, 2, 3] },
    { type: 'Identifier', value: 'one', read: 1 },
  ])('of type $type', async ({ type, value, read }) => {
    expect(await engine.store.query(`SELECT {x:${type}} AS x FROM (SELECT toUInt8(1) AS one)`, { x: value })).toEqual([
      { x: read },
    ]);
  });

  it('hold in a statement that changes something', async () => {
    await engine.store.command('CREATE TABLE noted (text String) ENGINE = MergeTree ORDER BY text');
    await engine.store.command('INSERT INTO noted VALUES ({a:String})', { a: "'; DROP TABLE noted; --" });
    await engine.store.command('INSERT INTO noted SELECT {a:String}', { a: '\\\n' });
    expect(await engine.store.query('SELECT text FROM noted ORDER BY text')).toEqual([
      { text: "'; DROP TABLE noted; --" },
      { text: '\\\n' },
    ]);
  });

  it('do not stay for the next statement', async () => {
    // More times than there are readers, so that the same one is asked again.
    for (let i = 0; i < 6; i++) {
      await engine.store.query('SELECT {left:String} AS x', { left: 'secret' });
      await expect(engine.store.query('SELECT {left:String} AS x')).rejects.toMatchObject({ outcome: 'refused' });
    }
  });

  it('with a name that is none are refused', async () => {
    expect(await codeOf(post('SELECT 1', { "x' = 1, max_threads": '1' }))).not.toBe('0');
  });
});

describe('settings', () => {
  const threads = "SELECT toUInt32(getSetting('max_threads')), getSetting('max_execution_time')::UInt32";

  it('hold for one request', async () => {
    const before = await select(threads);
    for (let i = 0; i < 6; i++) {
      expect(await select(threads, { max_threads: '7', max_execution_time: '9' })).toEqual([[7, 9]]);
      expect(await select(threads)).toEqual(before);
    }
  });

  it('hold for no later request when the statement fails', async () => {
    const before = await select(threads);
    for (let i = 0; i < 6; i++) {
      expect(await codeOf(post('SELECT nothing', { max_threads: '7' }))).toBe('47');
      expect(await codeOf(post('SELECT 1', { max_threads: '7', no_such_setting: '1' }))).toBe('115');
      expect(await select(threads)).toEqual(before);
    }
  });

  it('bound the time of a query', async () => {
    expect(
      await codeOf(
        post('SELECT sum(sleepEachRow(0.1)) FROM numbers(100)', { max_execution_time: '1', max_block_size: '1' }),
      ),
    ).toBe('159');
  });
});

describe('formats', () => {
  it('default_format is used where the statement names none', async () => {
    expect(await (await post('SELECT 1 AS a', { default_format: 'JSONEachRow' })).text()).toBe('{"a":1}\n');
    expect(await (await post('SELECT 1 AS a FORMAT CSV', { default_format: 'JSONEachRow' })).text()).toBe('1\n');
    expect(await (await post('SELECT 1 AS a, 2 AS b')).text()).toBe('1\t2\n');
  });

  it('integers of 64 bits come as texts, smaller ones as numbers', async () => {
    expect(
      await engine.store.query('SELECT toUInt64(9007199254740993) AS a, toInt64(-1) AS b, toUInt32(7) AS c'),
    ).toEqual([{ a: '9007199254740993', b: '-1', c: 7 }]);
  });

  it('times are in UTC', async () => {
    expect(await select("SELECT toString(toDateTime(1767225600)), timezoneOf(now('UTC'))")).toEqual([
      ['2026-01-01 00:00:00', 'UTC'],
    ]);
  });
});

describe('errors', () => {
  it.each([
    { statement: 'SELEC 1', code: '62' },
    { statement: 'SELECT 1; SELECT 2', code: '62' },
    { statement: 'SELECT * FROM no_such_table', code: '60' },
    { statement: 'SELECT throwIf(1)', code: '395' },
  ])('$statement is answered with code $code', async ({ statement, code }) => {
    expect(await codeOf(post(statement))).toBe(code);
  });

  it('a semicolon in a text or a comment, or at the end, ends nothing', async () => {
    expect(await (await post("SELECT 'a;b' /* ; c */ -- ; d\n;")).text()).toBe('a;b\n');
  });

  it('an unknown database', async () => {
    expect(await codeOf(post('SELECT 1', { database: 'no_such_database' }))).toBe('81');
    expect(await select('SELECT 1')).toEqual([[1]]);
  });

  it('a wrong password', async () => {
    expect(await codeOf(post('SELECT 1', {}, 'wrong'))).toBe('516');
  });

  it('a request without credentials', async () => {
    const response = await fetch(engine.url, { method: 'POST', body: 'SELECT 1' });
    expect(response.ok).toBe(false);
  });
});

describe('databases', () => {
  it('hold for one request', async () => {
    const database = `${engine.database ?? 'default'}_other`;
    await engine.store.command(`CREATE DATABASE ${database}`);
    await (await post('CREATE TABLE there (a UInt8) ENGINE = MergeTree ORDER BY a', { database })).text();
    for (let i = 0; i < 6; i++) {
      expect(await select('SELECT currentDatabase()', { database })).toEqual([[database]]);
      expect(await select('SELECT currentDatabase()')).toEqual([[engine.database ?? 'default']]);
    }
    expect(await codeOf(post('SELECT * FROM there'))).toBe('60');
    await engine.store.command(`DROP DATABASE ${database}`);
  });
});

it('answers many questions at a time, each its own', async () => {
  const numbers = Array.from({ length: 100 }, (_, i) => i);
  const asked = numbers.map((x) => engine.store.query('SELECT {x:UInt32} AS x, {y:String} AS y', { x, y: `y${x}` }));
  expect((await Promise.all(asked)).flat()).toEqual(numbers.map((x) => ({ x, y: `y${x}` })));
});

describe('a door', () => {
  /** A door with nothing behind it that works. */
  const openDoor = async (credentials: Credentials, check = () => Promise.resolve()): Promise<string> => {
    const door = createDoor({ answer: () => Promise.reject(new BusyError('full')), check }, credentials);
    onTestFinished(() => {
      door.close();
      door.closeAllConnections();
    });
    await once(door.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  };
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  it('whose queue is full answers so that the client tries again', async () => {
    const refused = fetch(await openDoor({ username: 'a', password: 'b' }), { headers: basic('a:b') });
    expect([(await refused).status, await codeOf(refused.then((reply) => reply.clone()))]).toEqual([503, '202']);
  });

  it.each([
    { path: '/ping', headers: {}, status: 401 },
    { path: '/ping', headers: basic('a:wrong'), status: 401 },
    { path: '/ping', headers: { ...basic('a:b'), authorization: 'Bearer b' }, status: 401 },
    { path: '/ping', headers: basic('a:b'), status: 200 },
    { path: '/', headers: {}, status: 401 },
    { path: '/?query=SELECT+1', headers: basic('a:'), status: 401 },
    { path: '/any', headers: {}, status: 401 },
    { path: '/?query=SELECT+1', headers: basic('a:b'), status: 503 },
  ])('$path with $headers is answered with $status', async ({ path, headers, status }) => {
    const url = await openDoor({ username: 'a', password: 'b' });
    expect((await fetch(url + path, { headers })).status).toBe(status);
  });

  const sealed = (key: string, nonce: string) => ({
    [NONCE_HEADER]: nonce,
    [SEAL_HEADER]: seal(key, 'question', nonce),
  });

  it.each([
    { who: 'knows the key', headers: sealed('k', 'n'), status: 200 },
    { who: 'knows another key', headers: sealed('other', 'n'), status: 401 },
    {
      who: 'repeats an answer',
      headers: { [NONCE_HEADER]: 'n', [SEAL_HEADER]: seal('k', 'answer', 'n') },
      status: 401,
    },
    { who: 'takes the seal of another question', headers: { ...sealed('k', 'n'), [NONCE_HEADER]: 'm' }, status: 401 },
    { who: 'has the key for a password', headers: basic('passerby:k'), status: 401 },
    { who: 'says nothing', headers: {}, status: 401 },
  ])('by a key: who $who is answered with $status', async ({ headers, status }) => {
    const reply = await fetch(`${await openDoor({ key: 'k' })}/ping`, { headers });
    expect(reply.status).toBe(status);
    expect(reply.headers.get(SEAL_HEADER)).toBe(status === 200 ? seal('k', 'answer', 'n') : null);
  });

  it('by a key seals its errors, too', async () => {
    const reply = await fetch(await openDoor({ key: 'k' }), { headers: sealed('k', 'n') });
    expect([reply.status, reply.headers.get(SEAL_HEADER)]).toEqual([503, seal('k', 'answer', 'n')]);
  });
});

it('a job under way is shared by all who ask for it', async () => {
  let runs = 0;
  const job = shared(async () => {
    runs++;
    await Promise.resolve();
    if (runs === 2) throw new Error('unwell');
  });
  await Promise.all([job(), job(), job()]);
  expect(runs).toBe(1);
  const second = [job(), job()];
  for (const asked of second) await expect(asked).rejects.toThrow('unwell');
  await job();
  expect(runs).toBe(3);
});
