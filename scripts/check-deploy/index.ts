/**
 * `npm run check:deploy`: the real nginx, Caddy, HAProxy and Apache, each with its file of `deploy/`, before the built
 * collector, which has a host of its own, is below a path of one, or listens on a Unix socket. Not a part of `npm test`, because it needs them all;
 * it says what is missing. Of systemd's files it is told what `systemd-analyze` says. `npm run check:deploy -- haproxy` is about those of that name.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER_TOKEN, startCollectorProcess } from '../../test/support/collector-process.ts';
import { createSearch } from '../../test/support/search.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { filesUnder } from '../../test/support/written.ts';
import { CLIENT_LIMIT, checks, OWNER, type Stage } from './checks.ts';
import { ask, secrets } from './client.ts';
import { leave, unlessCutOff } from './cut-off.ts';
import { apache } from './proxies/apache.ts';
import { caddy } from './proxies/caddy.ts';
import { haproxy } from './proxies/haproxy.ts';
import { nginx } from './proxies/nginx.ts';
import { BASE, type Place, type ProxyServer, type Running } from './proxy.ts';
import { freePort, startRelay } from './relay.ts';
import { verifyUnits } from './units.ts';

const PROXIES: readonly ProxyServer[] = [nginx, caddy, haproxy, apache];

const QUIET = 'writes nothing about visitors';

/** How a collector stands behind a proxy: on a host of its own, below a path of one, on a Unix socket. */
const KINDS = ['/', `${BASE}/`, 'socket'] as const;

interface Setup {
  readonly proxy: ProxyServer;
  readonly kind: (typeof KINDS)[number];
}

/** What was seen, by the name of the check; an Error: not what should be. */
type Seen = Map<string, string | Error>;

const walk = async ({ proxy, kind }: Setup, folder: string): Promise<Seen> => {
  const isBelowPath = kind === `${BASE}/`;
  const base = isBelowPath ? BASE : '';
  const [http, https, port] = [await freePort(), await freePort(), await freePort()];
  const url = `https://localhost:${https}${base}`;
  const own = kind === 'socket' ? join(folder, 'collector.sock') : port;
  const start = () =>
    startCollectorProcess(join(folder, 'data'), {
      ...(typeof own === 'string' ? { LISTEN_SOCKET: own } : { PORT: String(own), TRUSTED_PROXIES: '127.0.0.1' }),
      // Where it has a host of its own, each request says where it is.
      ...(isBelowPath ? { PUBLIC_URL: url } : {}),
      CLIENT_LIMIT: String(CLIENT_LIMIT),
      DEMO: '0',
      OWNER_EMAIL: OWNER.email,
      OWNER_PASSWORD: OWNER.password,
    });
  const seen: Seen = new Map();
  const ends: (() => Promise<unknown>)[] = [];
  let isOver = false;
  try {
    let collector = start();
    ends.push(async () => (await collector).end());
    await collector;
    const relay = await startRelay(own, kind === 'socket' ? join(folder, 'relay.sock') : 0);
    ends.push(relay.cut);
    const place: Place = { folder: join(folder, 'proxy'), http, https, collector: relay.at, isBelowPath };
    mkdirSync(place.folder);
    const running = proxy.start(place);
    const printed = Promise.all([text(running.stdout), text(running.stderr)]);
    ends.push(async () => {
      running.kill();
      seen.set(QUIET, writtenIn(place.folder, (await printed).join('\n')));
    });
    const stage: Stage = {
      http: `http://localhost:${http}`,
      https: url,
      base,
      relay,
      async restart() {
        await (await collector).end();
        // Who is not waited for any more must not leave one behind.
        if (!isOver) collector = start();
        await collector;
      },
    };
    await unlessCutOff(inTime(untilItAnswers(url, running, printed)));
    await unlessCutOff(inTime(addSite(url)));
    for (const [what, look] of Object.entries(checks))
      seen.set(what, await unlessCutOff(inTime(look(stage)).catch(asError)));
  } finally {
    isOver = true;
    for (const end of ends.reverse()) await end();
  }
  return seen;
};

const addSite = async (url: string): Promise<void> => {
  const { status } = await ask(`${url}/api/sites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${OWNER_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ domain: 'site.example' }),
  });
  assert.equal(status, 201);
};

const MOST_MS = 60_000;
const inTime = <T>(looking: Promise<T>): Promise<T> =>
  Promise.race([
    looking,
    sleep(MOST_MS, undefined, { ref: false }).then(() => {
      throw new Error(`no answer within ${MOST_MS / 1000} s`);
    }),
  ]);

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const untilItAnswers = async (url: string, running: Running, printed: Promise<string[]>): Promise<void> => {
  for (;;) {
    if (running.exitCode !== null || running.signalCode !== null)
      throw new Error(`it ended: ${(await printed).join('\n')}`);
    const isUp = await ask(`${url}/healthz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isUp) return;
    await sleep(50);
  }
};

const writtenIn = (folder: string, printed: string): string | Error => {
  const search = createSearch(secrets);
  const found = filesUnder(folder).flatMap(({ where, content }) => search(where, content));
  const all = [...search('what it printed', printed), ...found];
  return all.length === 0 ? 'nothing' : new Error(`${all.length}×: ${all[0]?.what} in ${all[0]?.where}`);
};

const nameOf = ({ proxy, kind }: Setup): string => `${proxy.name} ${kind}`;

const print = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const printTable = (columns: ReadonlyMap<string, Seen>): void => {
  const row = (cells: readonly string[]): void => print(`| ${cells.join(' | ')} |`);
  row(['', ...columns.keys()]);
  row(Array.from({ length: columns.size + 1 }, () => '---'));
  for (const what of [...Object.keys(checks), QUIET])
    row([what, ...[...columns.values()].map((seen) => cellOf(seen.get(what)))]);
};

const cellOf = (seen: string | Error | undefined): string => (seen instanceof Error ? 'NO' : (seen ?? ''));

const missing = PROXIES.filter(({ name, version }) => spawnSync(name, version).error !== undefined);
const needed = [
  ...missing.map(({ debian }) => debian),
  ...(spawnSync('openssl', ['version']).error ? ['openssl'] : []),
];
if (needed.length > 0) {
  process.stderr.write(`Not installed: ${needed.join(', ')}. On Debian: apt-get install ${needed.join(' ')}\n`);
  process.exit(1);
}

const [only = ''] = process.argv.slice(2);
if ('systemd'.includes(only)) {
  const folder = temporaryFolder();
  for (const { name, isSound, said } of verifyUnits(folder.path)) {
    print(`${name}: ${said.trim()}`);
    if (!isSound) process.exitCode = 1;
  }
  folder.remove();
}
const columns = new Map<string, Seen>();
const walkAll = async (): Promise<void> => {
  for (const proxy of PROXIES.filter(({ name }) => name.includes(only))) {
    const { stdout, stderr } = spawnSync(proxy.name, proxy.version, { encoding: 'utf8' });
    print(`${proxy.name}: ${(stdout || stderr).split('\n')[0]}`);
    for (const kind of KINDS) {
      print(`  ${nameOf({ proxy, kind })}`);
      const folder = temporaryFolder();
      // Proxies that were started by root are somebody else, who has to find the socket.
      chmodSync(folder.path, 0o711);
      columns.set(nameOf({ proxy, kind }), await walk({ proxy, kind }, folder.path).finally(folder.remove));
    }
  }
};
await walkAll().catch(leave);
print();
if (columns.size > 0) printTable(columns);
for (const [name, seen] of columns)
  for (const [what, value] of seen)
    if (value instanceof Error) {
      process.exitCode = 1;
      process.stderr.write(`\n${name}: not so: ${what}\n  ${value.message}\n`);
    }
