import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { singleFlight } from '../lib/single-flight.ts';
import { type Credentials, createHttpInterface } from './http-interface.ts';
import { NONCE_HEADER, SEAL_HEADER, seal } from './message-auth.ts';
import { PoolFullError } from './session-pool.ts';
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

describe.runIf(!process.env.CLICKHOUSE_URL)('nothing but the tables can be had', () => {
  const { path: folder, remove } = temporaryFolder();
  const secret = join(folder, 'secret.csv');
  const made = join(folder, 'made');
  writeFileSync(secret, 'marked-secret\n');
  afterAll(remove);

  /** Ways to a file, an address or a process; `P` stands for the path. */
  const ways: readonly string[] = [
    "SELECT * FROM file('P')",
    "SELECT * FROM FILE('P', 'LineAsString')",
    "SELECT * FROM file /* x */ ('P')",
    "SELECT * FROM file -- x\n ('P')",
    "SELECT * FROM `file`('P')",
    'SELECT * FROM "file"(\'P\')',
    "SELECT * FROM `\\x66ile`('P')",
    "SELECT * FROM \u201cfile\u201d('P')",
    "SELECT * FROM file\u200b('P')",
    "SELECT 1 # '\n; SELECT * FROM file('P') # '",
    "SELECT 1 // '\n FROM file('P') // '",
    "SELECT $a$'$a$, * FROM file('P') WHERE 'a' != $a$'$a$",
    "SELECT * FROM 'P'",
    'SELECT * FROM `P`',
    'SELECT * FROM "P"',
    'SELECT * FROM default.`P`',
    'SELECT * FROM {path:Identifier}',
    "SELECT (SELECT * FROM file('P'))",
    "WITH a AS (SELECT * FROM file('P')) SELECT * FROM a",
    "SELECT 1 IN (SELECT * FROM file('P'))",
    "SELECT * FROM numbers(1) AS a, file('P') AS b",
    'SELECT * FROM numbers(1) AS a CROSS JOIN `P` AS b',
    "SELECT * FROM loop(file('P'))",
    "SELECT * FROM view(SELECT * FROM file('P'))",
    "SELECT * FROM merge(view(SELECT * FROM `P`), '.*')",
    "SELECT * FROM viewIfPermitted(SELECT * FROM `P` ELSE null('a String'))",
    "SELECT * FROM eval('SELECT * FROM `P`') SETTINGS allow_experimental_eval_table_function = 1",
    "SELECT file('P')",
    "SELECT `file`('P')",
    "SELECT * APPLY file FROM (SELECT 'P' AS a)",
    "SELECT * APPLY(`file`) FROM (SELECT 'P' AS a)",
    "SELECT COLUMNS('a') APPLY \"file\" FROM (SELECT 'P' AS a)",
    "DESCRIBE TABLE file('P')",
    'DESC `P`',
    "EXPLAIN SELECT * FROM file('P')",
    "SELECT * FROM filesystem('P')",
    "SELECT * FROM fileCluster('default', 'P')",
    "SELECT * FROM icebergLocal('P')",
    "SELECT * FROM deltaLakeLocal('P')",
    "SELECT * FROM paimonLocal('P')",
    "SELECT * FROM sqlite('P', 'a')",
    "SELECT * FROM executable('P', 'TSV', 'a String')",
    "SELECT * FROM url('http://127.0.0.1:9/', 'CSV', 'a String')",
    "SELECT * FROM url('file://P', 'CSV', 'a String')",
    "SELECT * FROM URL('http://127.0.0.1:9/', 'CSV', 'a String')",
    "SELECT * FROM s3('http://127.0.0.1:9/bucket/a', 'CSV', 'a String')",
    "SELECT * FROM hdfs('hdfs://127.0.0.1:9/a', 'CSV', 'a String')",
    "SELECT * FROM remote('127.0.0.1:9', system.one)",
    "SELECT * FROM remoteSecure('127.0.0.1:9', system.one)",
    "SELECT * FROM cluster('127.0.0.1:9', system.one)",
    "SELECT * FROM mysql('127.0.0.1:9', 'a', 'b', 'c', 'd')",
    "SELECT * FROM postgresql('127.0.0.1:9', 'a', 'b', 'c', 'd')",
    "SELECT * FROM mongodb('127.0.0.1:9', 'a', 'b', 'c', 'd', 'a String')",
    "SELECT * FROM redis('127.0.0.1:9', 'a', 'a String')",
    "SELECT * FROM odbc('a', 'b', 'c')",
    "DESCRIBE url('http://127.0.0.1:9/')",
    "INSERT INTO FUNCTION file('M', 'CSV', 'a String') SELECT 'x'",
    "INSERT INTO FUNCTION url('http://127.0.0.1:9/', 'CSV', 'a String') SELECT 'x'",
    "INSERT INTO kept_a SELECT * FROM file('P')",
    'INSERT INTO kept_a SELECT * FROM `P`',
    "INSERT INTO kept_a FROM INFILE 'P' FORMAT CSV",
    "INSERT INTO kept_a SELECT * FROM file('P') -- FORMAT CSV",
    'INSERT INTO kept_a SELECT * FROM `P` -- FORMAT CSV',
    "SELECT 'x' INTO OUTFILE 'M'",
    "SELECT 'x' INTO/**/OUTFILE 'M' TRUNCATE",
    "CREATE TABLE made AS file('P')",
    'CREATE TABLE made AS `P`',
    "CREATE TABLE made (a String) ENGINE = File('CSV', 'P')",
    "CREATE TABLE made (a String) ENGINE File('CSV', 'P')",
    "CREATE TABLE made (a String) ENGINE = `File`('CSV', 'P')",
    "CREATE TABLE made (a String) /* */ ENGINE /* */ = /* */ URL('http://127.0.0.1:9/')",
    "CREATE TABLE made (a String) ENGINE = S3('http://127.0.0.1:9/bucket/a')",
    "CREATE TABLE made (a String) ENGINE = EmbeddedRocksDB(0, 'M') PRIMARY KEY a",
    "CREATE TABLE made (a String) ENGINE = Executable('P', 'TSV')",
    "CREATE TABLE made (a String) ENGINE = FileLog('P', 'CSV')",
    "CREATE TABLE made (a String) ENGINE = SQLite('M', 'a')",
    'CREATE TABLE made (a String) ENGINE = Loop(default, kept_a)',
    "CREATE TABLE made (a UInt8) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = local, path = 'M/')",
    "ATTACH TABLE made FROM 'M' (a UInt8) ENGINE = MergeTree ORDER BY a",
    "ATTACH TABLE made (a String) ENGINE = File('CSV', 'P')",
    "CREATE VIEW made AS SELECT * FROM file('P')",
    'CREATE MATERIALIZED VIEW made ENGINE = Log AS SELECT 1 AS a',
    "CREATE DATABASE made ENGINE = Filesystem('P')",
    "CREATE DATABASE made ENGINE = SQLite('M')",
    "CREATE DATABASE made ENGINE = MySQL('127.0.0.1:9', 'a', 'b', 'c')",
    "CREATE DICTIONARY made (a UInt64) PRIMARY KEY a SOURCE(HTTP(url 'http://127.0.0.1:9/' format 'TSV')) LAYOUT(FLAT()) LIFETIME(1)",
    'CREATE FUNCTION made AS (a) -> file(a)',
    'CREATE FUNCTION made AS (a) -> a',
    "CREATE USER made IDENTIFIED BY 'x'",
    'CREATE ROLE made',
    'CREATE NAMED COLLECTION made AS a = 1',
    'GRANT ALL ON *.* TO default',
    'EXECUTE AS default SELECT 1',
    '/* */ SET ROLE DEFAULT',
    'SET ROLE DEFAULT',
    "BACKUP TABLE kept_a TO File('M')",
    "BACKUP TABLE kept_a TO Disk('default', 'M')",
    "RESTORE TABLE kept_a FROM File('P')",
    'SYSTEM SHUTDOWN',
    'SYSTEM DROP UNCOMPRESSED CACHE',
    'SYSTEM RELOAD CONFIG',
    "SELECT 1 AS a FORMAT Template SETTINGS format_template_row = 'P'",
    "SELECT 1 SETTINGS additional_result_filter = 'file(\\'P\\') != \\'\\''",
    "SELECT 1 SETTINGS dialect = 'prql'",
    "SELECT * FROM format(CSV, 'a UInt8', 'x\\n1\\n') SETTINGS input_format_allow_errors_num = 1, input_format_record_errors_file_path = 'M'",
    "INSERT INTO kept_n SETTINGS input_format_allow_errors_num = 1, input_format_record_errors_file_path = 'M' FORMAT CSV x\n",
    "SELECT * FROM format(AvroConfluent, 'a String', unhex('0000000001')) SETTINGS format_avro_schema_registry_url = 'http://127.0.0.1:9'",
  ];

  beforeAll(async () => {
    await engine.store.command('CREATE TABLE kept_a (a String) ENGINE = MergeTree ORDER BY a');
    await engine.store.command('CREATE TABLE kept_n (a UInt8) ENGINE = Null');
  });

  it.each(ways)('%s', async (way) => {
    const reply = await post(way.replaceAll('P', secret).replaceAll("'M", `'${made}`), { param_path: secret });
    expect([reply.ok, reply.headers.get('x-clickhouse-exception-code')]).toEqual([false, expect.any(String)]);
    expect(await reply.text()).not.toContain('marked-secret');
    expect(readdirSync(folder)).toEqual(['secret.csv']);
  });

  it.each([
    { format_template_row: secret },
    { format_schema: secret },
    { dialect: 'prql' },
    { additional_table_filters: `{'kept_a': 'file(''${secret}'') != '''''}` },
    { allow_experimental_eval_table_function: '1' },
    { output_format_schema: made },
    { input_format_record_errors_file_path: made },
    { format_avro_schema_registry_url: 'http://127.0.0.1:9' },
  ])('the setting %j', async (settings) => {
    expect(await codeOf(post('SELECT 1', settings))).toBe('452');
  });

  it('no setting that is a path or an address can be changed, also one that a newer engine brings', async () => {
    const open = "type IN ('String', 'URI') AND match(name, '(path|file|dir|url|uri|endpoint|host)$') AND NOT readonly";
    // Of a queue, whose tables cannot be made.
    expect(await select(`SELECT name FROM system.settings WHERE ${open}`)).toEqual([
      ['s3queue_default_zookeeper_path'],
    ]);
  });

  it('not even rows go into anything else', async () => {
    const insert = (target: string) => post('x\n', { query: `INSERT INTO ${target} FORMAT CSV` });
    expect((await insert('kept_a (a)')).status).toBe(200);
    for (const target of [
      `FUNCTION file('${made}', 'CSV', 'a String')`,
      `kept_a SELECT * FROM file('${secret}') --`,
      `kept_a SELECT * FROM '${secret}' /*`,
      `\`${secret}\``,
      `default.\`${secret}\``,
    ])
      expect((await insert(target)).ok).toBe(false);
    expect(await select('SELECT a FROM kept_a')).toEqual([['x']]);
    expect([readFileSync(secret, 'utf8'), readdirSync(folder)]).toEqual(['marked-secret\n', ['secret.csv']]);
  });

  it('also by what is made to be asked later', async () => {
    const file = `\`${secret}\``;
    const { store } = engine;
    await store.command('CREATE TABLE kept_b (a String) ENGINE = Null');
    await store.command('CREATE TABLE kept_c (k UInt8, a String) ENGINE = MergeTree ORDER BY k');
    await store.command("INSERT INTO kept_c VALUES (1, 'x')");
    for (const statement of [
      `CREATE VIEW by_caller (a String) AS SELECT * FROM ${file}`,
      `CREATE VIEW by_maker (a String) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT * FROM ${file}`,
      `CREATE VIEW by_nobody (a String) SQL SECURITY NONE AS SELECT * FROM ${file}`,
      `CREATE MATERIALIZED VIEW by_insert TO kept_a (a String) AS SELECT b.a AS a FROM kept_b AS a CROSS JOIN ${file} AS b`,
      `ALTER TABLE kept_c UPDATE a = (SELECT * FROM ${file}) WHERE 1 SETTINGS mutations_sync = 1`,
      `UPDATE kept_c SET a = (SELECT * FROM ${file}) WHERE 1`,
      'INSERT INTO kept_b SELECT 1',
      ...['by_caller', 'by_maker', 'by_nobody'].map((view) => `INSERT INTO kept_a SELECT * FROM ${view}`),
    ])
      await store.command(statement).catch(() => {});
    await post('y\n', { query: 'INSERT INTO kept_b (a) FORMAT CSV' });
    for (const view of ['by_caller', 'by_maker', 'by_nobody'])
      expect((await post(`SELECT * FROM ${view}`)).ok).toBe(false);
    for (const table of ['kept_a', 'kept_c'])
      expect(await select(`SELECT count() FROM ${table} WHERE a LIKE '%marked%'`)).toEqual([['0']]);
  });

  it('texts, names and comments may speak of it', async () => {
    expect(await select("SELECT 'file(''x''); # ä // “' AS `a b` /* file('x') # ä */ -- url('x')\n")).toEqual([
      ["file('x'); # ä // “"],
    ]);
    expect(await select("SELECT count() FROM format(CSV, 'a String', 'x\ny')")).toEqual([['2']]);
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

describe('an interface', () => {
  /** An interface with nothing behind it that works. */
  const openDoor = async (credentials: Credentials, from = '127.0.0.1'): Promise<string> => {
    const full = { answer: () => Promise.reject(new PoolFullError('full')), check: () => Promise.resolve() };
    const server = createHttpInterface(full, credentials);
    server.prependListener('connection', (socket) => Object.defineProperty(socket, 'remoteAddress', { value: from }));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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

  it('on a port answers who knows the password while others hold connections and guess', async () => {
    const url = await openDoor({ username: 'a', password: 'b' });
    const port = Number(new URL(url).port);
    const idle = Array.from({ length: 200 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    onTestFinished(() => {
      for (const socket of idle) socket.destroy();
    });
    const guesses = Array.from({ length: 50 }, (_, i) => fetch(`${url}/ping`, { headers: basic(`a:${i}`) }));
    const right = Array.from({ length: 20 }, () => fetch(`${url}/ping`, { headers: basic('a:b') }));
    await Promise.allSettled(guesses);
    const answered = await Promise.allSettled(right);
    expect((await fetch(`${url}/ping`, { headers: basic('a:b') })).status).toBe(200);
    expect(answered.filter((reply) => reply.status === 'fulfilled' && reply.value.status !== 200)).toEqual([]);
  });

  it('on a port looks at no password of an address that has shown too many wrong ones', async () => {
    const url = await openDoor({ username: 'a', password: 'b' }, '192.0.2.1');
    const statusOf = async (text: string): Promise<number> =>
      (await fetch(`${url}/ping`, { headers: { ...basic(text), connection: 'close' } })).status;
    for (let wrong = 0; wrong < 10; wrong++) expect(await statusOf('a:wrong')).toBe(401);
    expect(await statusOf('a:b')).toBe(429);
  });

  it('on a port reads no headers beyond all need', async () => {
    const url = await openDoor({ username: 'a', password: 'b' });
    const reply = fetch(`${url}/?query=${'x'.repeat(600_000)}`, { headers: basic('a:b') });
    expect(await reply.then(({ status }) => status)).toBe(431);
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

it('a job under way is singleFlight by all who ask for it', async () => {
  let runs = 0;
  const job = singleFlight(async () => {
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
