/**
 * `pnpm seed`: fills a site of the folder that `pnpm dev` uses, or of another one, with made-up visits. They go through
 * all stages of a collector whose clock is moved, so that they look to the dashboard as those of a real site.
 */
import { mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEV_DATA } from '../dev/places.ts';
import { messageOf, secondsSince } from '../dev/print.ts';
import { sow } from './sow.ts';
import { openStoreOf } from './store.ts';

const USAGE = `npm run seed -- [--days 90] [--visits 300] [--site bakery.example] [--seed 1] [--until now] [--data .dev/data]`;

const options = {
  days: { type: 'string', default: '90' },
  visits: { type: 'string', default: '300' },
  site: { type: 'string', default: 'bakery.example' },
  seed: { type: 'string', default: '1' },
  until: { type: 'string', default: 'now' },
  data: { type: 'string', default: DEV_DATA },
} as const;

const whole = (name: string, text: string, most: number): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new Error(`--${name}: must be a whole number from 1 to ${most}: ${USAGE}`);
  return number;
};

const momentOf = (text: string): number => {
  const at = text === 'now' ? Date.now() : Date.parse(text);
  if (Number.isNaN(at)) throw new Error(`--until: must be a time such as 2026-06-09T12:00:00Z: ${USAGE}`);
  return at;
};

const seed = async (): Promise<void> => {
  const began = performance.now();
  const { values } = parseArgs({ options });
  const plan = {
    domain: values.site,
    days: whole('days', values.days, 1000),
    visits: whole('visits', values.visits, 100_000),
    seed: whole('seed', values.seed, 2 ** 31),
    until: momentOf(values.until),
  };
  process.umask(0o077);
  const dataDir = resolve(values.data);
  const engine = await openStoreOf(dataDir);
  const spoolDir = mkdtempSync(join(dataDir, 'seed-'));
  const told = (day: string): void => {
    if (process.stdout.isTTY) process.stdout.write(`\r${day} `);
  };
  const { visitors, visits, pageviews, events } = await sow({ ...plan, engine, spoolDir, told });
  process.stdout.write(
    `\r${plan.domain} has ${visits} visits of ${visitors} visitors now, with ${pageviews} views and ${events} events on ${plan.days} days; it took ${secondsSince(began)}.\n`,
  );
};

seed().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  },
);
