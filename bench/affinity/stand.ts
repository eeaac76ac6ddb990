import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Answer, Question } from '../../packages/collector/src/query/stats/query.ts';
import { startServer } from '../process.ts';
import type { Counts } from '../scale-sim/simulate.ts';
import { DOMAIN } from './client.ts';

/** What is stored of a day. Bounces are known as a rate. */
export interface Counted extends Omit<Counts, 'bounces'> {
  readonly bounceRate: number | null;
}

/** Two collectors on one engine, in a time that the bench makes. */
export interface Stand {
  /** `host:port` of each. */
  readonly collectors: readonly string[];
  /** Sets the collectors' clock, Unix seconds. */
  readonly setTime: (second: number) => void;
  /** Starts those that are not running. */
  readonly start: () => Promise<void>;
  /** Ends one and waits for it. */
  readonly end: (collector: number, signal: NodeJS.Signals) => Promise<void>;
  readonly counted: (day: string) => Promise<Counted>;
  readonly stop: () => Promise<void>;
}

const PORTS = [4401, 4402];
const TOKEN = 'token-of-the-benchmark';
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** @param folder for the data of both and the clock */
export const openStand = async (folder: string): Promise<Stand> => {
  const engine = await startTestEngine();
  const clockFile = join(folder, 'clock');
  const clock = openSync(clockFile, 'w');
  const running = new Map<number, ChildProcess>();
  const url = (collector: number): string => `http://127.0.0.1:${PORTS[collector]}`;

  const setTime = (second: number): void => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(second * 1000);
    writeSync(clock, bytes, 0, 8, 0);
  };

  const start = async (collector: number): Promise<void> => {
    const { host } = new URL(engine.url);
    const env = {
      HOST: '127.0.0.1',
      PORT: String(PORTS[collector]),
      DATA_DIR: join(folder, String(collector)),
      CLICKHOUSE_URL: `http://${engine.username}:${engine.password}@${host}`,
      TRUSTED_PROXIES: '127.0.0.1/32',
      CLIENT_LIMIT: '0',
      OWNER_TOKEN: TOKEN,
      DEMO: '0',
      BENCH_CLOCK: clockFile,
    };
    const args = ['--import', path('clock.mjs'), path('../../packages/collector/dist/main.js')];
    running.set(collector, await startServer(args, env, `${url(collector)}/readyz`));
  };

  const end = async (collector: number, signal: NodeJS.Signals): Promise<void> => {
    const child = running.get(collector);
    running.delete(collector);
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };

  /** Asks any collector that runs. */
  const api = async <T>(path: string, body: unknown): Promise<T> => {
    const [collector = 0] = running.keys();
    const answer = await fetch(url(collector) + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };

  setTime(0);
  await start(0);
  await api('/api/sites', { domain: DOMAIN });
  return {
    collectors: PORTS.map((port) => `127.0.0.1:${port}`),
    setTime,
    async start() {
      for (const collector of PORTS.keys()) if (!running.has(collector)) await start(collector);
    },
    end,
    async counted(day) {
      const question: Question = {
        site_id: DOMAIN,
        metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate'],
        date_range: [day, day],
      };
      const { results } = await api<Answer>('/api/query', question);
      const [visitors, visits, views, bounceRate] = results[0]?.metrics ?? [];
      return { visitors: visitors ?? 0, visits: visits ?? 0, views: views ?? 0, bounceRate: bounceRate ?? null };
    },
    async stop() {
      for (const collector of PORTS.keys()) await end(collector, 'SIGTERM');
      await engine.stop();
      closeSync(clock);
    },
  };
};
