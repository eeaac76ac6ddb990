/**
 * `npm run check:deploy`: the real nginx and Caddy, each with its file of `deploy/`, before the built collector. Not a
 * part of `npm test`, because it needs both: `apt-get install nginx-light caddy openssl`.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCollectorProcess } from '../../test/support/collector-process.ts';
import { createSearch } from '../../test/support/search.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { filesUnder } from '../../test/support/written.ts';
import { ANNA, ask, BERT, beacon, secrets } from './client.ts';
import { type Place, type ProxyServer, proxies, type Running } from './proxies.ts';
import { freePort, type Relay, startRelay } from './relay.ts';

/** What a check works with: the proxy's addresses, and the way from it to the collector. */
interface Stage {
  readonly http: string;
  readonly https: string;
  readonly relay: Relay;
}

const CLIENT_LIMIT = 5;

const checks: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'leads from http to https': async ({ http }) => {
    const { status, header } = await ask(`${http}/login`);
    assert.deepEqual([status, header('location')?.startsWith('https://localhost')], [308, true]);
  },
  'passes a beacon on, and what became of it': async ({ https }) => {
    const { status, header } = await beacon(https, ANNA);
    assert.deepEqual([status, header('passerby')], [202, 'counted=1']);
  },
  'passes the address of the client, not its own and not what the client says': async ({ https }) => {
    for (let sent = 1; sent < CLIENT_LIMIT; sent++) assert.equal((await beacon(https, ANNA)).status, 202);
    assert.deepEqual([(await beacon(https, ANNA)).status, (await beacon(https, BERT)).status], [429, 202]);
  },
  'has the dashboard kept to TLS, and nothing kept by visitors': async ({ https }) => {
    const page = await ask(`${https}/login`, { headers: { accept: 'text/html' } });
    assert.match(page.header('strict-transport-security') ?? '', /^max-age=\d+$/);
    for (const answer of [await ask(`${https}/p.js`), await beacon(https, BERT)]) {
      assert.ok(answer.status < 300);
      assert.equal(answer.header('strict-transport-security'), undefined);
    }
  },
  'limits bodies': async ({ https }) => {
    // Caddy says 502 where it should say 413: https://github.com/caddyserver/caddy/issues/5652
    for (const size of [70_000, 1_000_000]) assert.ok([413, 502].includes((await beacon(https, BERT, size)).status));
  },
  'keeps connections to the collector open': async ({ https, relay }) => {
    const before = relay.connections();
    for (let asked = 0; asked < 50; asked++) assert.equal((await ask(`${https}/healthz`)).status, 200);
    assert.ok(relay.connections() - before <= 2, `${relay.connections() - before} connections for 50 requests`);
  },
  'says so when the collector is away': async ({ https, relay }) => {
    relay.cut();
    assert.equal((await beacon(https, BERT)).status, 502);
  },
};

const check = async (proxy: ProxyServer, folder: string): Promise<void> => {
  const collector = await startCollectorProcess(join(folder, 'data'), {
    TRUSTED_PROXIES: '127.0.0.1',
    CLIENT_LIMIT: String(CLIENT_LIMIT),
  });
  assert.equal((await collector.api('POST', '/api/sites', { domain: 'site.example' })).status, 201);
  const relay = await startRelay(Number(new URL(collector.url).port));
  const place: Place = {
    folder: join(folder, 'proxy'),
    http: await freePort(),
    https: await freePort(),
    collector: relay.port,
  };
  mkdirSync(place.folder);
  const running = proxy.start(place);
  const printed = Promise.all([text(running.stdout), text(running.stderr)]);
  try {
    await pass(
      proxy.name,
      { http: `http://localhost:${place.http}`, https: `https://localhost:${place.https}`, relay },
      running,
    );
  } finally {
    relay.cut();
    running.kill();
    await Promise.all([printed, collector.end()]);
  }
  await writtenNothing(place.folder, (await printed).join('\n'));
  say(proxy.name, 'has written nothing about visitors');
};

const pass = async (name: string, stage: Stage, running: Running): Promise<void> => {
  await untilItAnswers(stage.https, running);
  for (const [what, isSo] of Object.entries(checks)) {
    await isSo(stage);
    say(name, what);
  }
};

const untilItAnswers = async (url: string, running: Running): Promise<void> => {
  for (;;) {
    assert.equal(running.exitCode, null, 'it ended');
    const isUp = await ask(`${url}/healthz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isUp) return;
    await sleep(50);
  }
};

const writtenNothing = async (folder: string, printed: string): Promise<void> => {
  const search = createSearch(secrets);
  const found = filesUnder(folder).flatMap(({ where, content }) => search(where, content));
  assert.deepEqual([...search('what it printed', printed), ...found], []);
};

const say = (name: string, what: string): void => {
  process.stdout.write(`${name}: ${what}\n`);
};

for (const proxy of proxies) {
  if (spawnSync(proxy.name, ['--help']).error) {
    process.stderr.write(`${proxy.name} is not installed: apt-get install nginx-light caddy openssl\n`);
    process.exit(1);
  }
  const folder = temporaryFolder();
  await check(proxy, folder.path).finally(folder.remove);
}
