import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCollectorProcess } from '../support/collector-process.ts';
import { reopened } from '../support/reopen.ts';
import { countRows } from '../support/rows.ts';
import { allOf, createSearch, type Finding, formsOf } from '../support/search.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { dumpOf, filesUnder, type Written } from '../support/written.ts';
import { needlesOf, PEOPLE } from './people.ts';
import { sendEverything, TYPED } from './traffic.ts';

const LIMIT = 300;

/** Says something that is no HTTP, and waits for the end. */
const sayBadly = (url: string, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(text));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
  });

const [{ agent, forwardedFor, hints = {} }] = PEOPLE;
const HINTS = Object.entries(hints).map(([name, said]) => `${name}: ${said}\r\n`);
const HEADERS = `host: x\r\nuser-agent: ${agent}\r\n${HINTS.join('')}x-forwarded-for: ${forwardedFor}\r\n`;
const BAD_REQUESTS = [
  `POST /in HTTP/9.9\r\n${HEADERS}\r\n`,
  `${agent} ${forwardedFor}\r\n\r\n`,
  `POST /in HTTP/1.1\r\n${HEADERS}content-length: banana\r\n\r\n`,
  `POST /in HTTP/1.1\r\n${HEADERS}content-length: 500\r\n\r\n{"s":"${forwardedFor}`,
  `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${HEADERS}\r\n`,
];

describe('the collector as it is run, after marked people have sent it everything and it was stopped', () => {
  const folder = temporaryFolder();
  let written: Written[] = [];
  const found = (search: ReturnType<typeof createSearch>): Finding[] =>
    written.flatMap(({ where, content }) => search(where, content));

  beforeAll(async () => {
    const collector = await startCollectorProcess(folder.path, {
      TRUSTED_PROXIES: '127.0.0.1/32',
      CLIENT_LIMIT: String(LIMIT),
      OWNER_EMAIL: 'owner@site.example',
      OWNER_PASSWORD: 'the password of the owner',
    });
    await collector.api('POST', '/api/sites', { domain: 'example.com' });
    let answered = await sendEverything(
      (path, init) => fetch(collector.url + path, { redirect: 'manual', ...init }),
      LIMIT,
    );
    for (const request of BAD_REQUESTS) answered += await sayBadly(collector.url, request);
    const code = await collector.end();
    const { stdout, stderr } = collector.output();
    written = [
      { where: 'its answers', content: answered },
      { where: 'its standard output', content: stdout },
      { where: 'its standard error', content: stderr },
      ...filesUnder(folder.path),
    ];
    expect(code).toBe(0);
    await reopened(folder.path, async (store) => {
      expect(await countRows(store, 'hits')).toBeGreaterThan(LIMIT / 2);
      written.push(...(await dumpOf(store)));
    });
  });
  afterAll(folder.remove);

  test('nothing it wrote has an address, an agent, or a hash of one', () => {
    expect(found(createSearch(needlesOf(['example.com'], [])))).toEqual([]);
  });

  test('nor a secret that they typed, nor the password that the owner chose', () => {
    const secrets = Object.entries({ ...TYPED, password: 'the password of the owner' });
    expect(found(createSearch(allOf(secrets.map(([name, secret]) => formsOf(secret, name)))))).toEqual([]);
  });

  test('the search has looked at files, tables, answers and what it said', () => {
    const places = written.map(({ where }) => where);
    expect(places).toEqual(
      expect.arrayContaining(['its answers', 'its standard output', '`default`.`hits`', '`default`.`logs`']),
    );
    expect(places.filter((place) => place.startsWith(folder.path)).length).toBeGreaterThan(20);
    expect(found(createSearch(formsOf('owner@site.example', 'the owner')))).not.toEqual([]);
  });
});
