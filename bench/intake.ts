/**
 * `npm run bench:intake`: one collector with everything on beside a bare Hono server that only parses JSON, in turns,
 * 100 connections each, from wrk (Debian: `apt install wrk`, macOS: `brew install wrk`). Needs Linux for CPU and
 * memory, and a build (`npm start` makes one). Prints ratios: only they mean something on another machine.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { childrenOf, startServer, stopServer, usage } from './process.ts';

const ROUNDS = 5;
const SECONDS = 8;
/** Until the code is compiled and every visitor is known. */
const WARM_UP_SECONDS = 10;
const CONNECTIONS = 100;
const PORTS = { bare: 4391, collector: 4392 };
const TOKEN = 'token-of-the-benchmark';

interface Load {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const load = async (port: number, seconds: number, seed: number): Promise<Load> => {
  const args = [
    '-t1',
    `-c${CONNECTIONS}`,
    `-d${seconds}s`,
    '--latency',
    '-s',
    path('intake.lua'),
    `http://127.0.0.1:${port}`,
    '--',
    String(seed),
  ];
  const { stdout } = await promisify(execFile)('wrk', args);
  const result = /RESULT (.*)/.exec(stdout)?.[1];
  if (result === undefined) throw new Error(`wrk gave no result:\n${stdout}`);
  return JSON.parse(result) as Load;
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const counted = async (): Promise<number> => {
  const response = await fetch(`http://127.0.0.1:${PORTS.collector}/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return Number(/passerby_items_total\{outcome="counted"\} (\d+)/.exec(await response.text())?.[1] ?? 0);
};

const main = async (): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'passerby-bench-'));
  const bare = await startServer(
    ['--import', 'tsx', path('bare-server.ts')],
    { PORT: String(PORTS.bare) },
    `http://127.0.0.1:${PORTS.bare}/`,
  );
  const collector = await startServer(
    [path('../packages/collector/dist/main.js')],
    {
      PORT: String(PORTS.collector),
      DATA_DIR: dataDir,
      TRUSTED_PROXIES: '127.0.0.1/32',
      CLIENT_LIMIT: '0',
      OWNER_TOKEN: TOKEN,
    },
    `http://127.0.0.1:${PORTS.collector}/readyz`,
  );
  const [engine] = childrenOf(collector.pid);
  if (engine === undefined) throw new Error('the collector has no engine');
  await load(PORTS.bare, WARM_UP_SECONDS, 1);
  await load(PORTS.collector, WARM_UP_SECONDS, 2);

  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const idle = usage(bare.pid);
    const base = await load(PORTS.bare, SECONDS, 100 + round);
    const bareUs = (usage(bare.pid).cpuUs - idle.cpuUs) / base.requests;
    const before = { collector: usage(collector.pid), engine: usage(engine), counted: await counted() };
    const full = await load(PORTS.collector, SECONDS, 200 + round);
    const after = { collector: usage(collector.pid), engine: usage(engine), counted: await counted() };
    const hits = after.counted - before.counted;
    const perHit = (who: 'collector' | 'engine'): number => (after[who].cpuUs - before[who].cpuUs) / hits;
    rounds.push({
      bare: base.requests / base.seconds,
      full: full.requests / full.seconds,
      p99: [base.p99, full.p99] as const,
      errors: full.errors,
      bareUs,
      collectorUs: perHit('collector'),
      engineUs: perHit('engine'),
      rss: [after.collector.rssMb, after.engine.rssMb] as const,
    });
  }
  for (const r of rounds)
    print(
      `bare ${r.bare.toFixed(0)}/s, p99 ${r.p99[0].toFixed(1)} ms · collector ${r.full.toFixed(0)}/s, p99 ${r.p99[1].toFixed(1)} ms, errors ${r.errors}` +
        ` · CPU: bare ${r.bareUs.toFixed(0)} µs a request; a hit: collector ${r.collectorUs.toFixed(0)} µs, engine ${r.engineUs.toFixed(0)} µs · RSS ${r.rss[0]} + ${r.rss[1]} MB`,
    );
  print(
    `requests/s ratio ${median(rounds.map((r) => r.full / r.bare)).toFixed(2)}, p99 ratio ${median(rounds.map((r) => r.p99[1] / r.p99[0])).toFixed(2)} (medians of ${ROUNDS})`,
  );
  await stopServer(bare);
  await stopServer(collector);
  rmSync(dataDir, { recursive: true, force: true });
};

await main();
