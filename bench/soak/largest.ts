import { setTimeout as sleep } from 'node:timers/promises';
import type { Beacon } from '../../packages/sdk/src/wire.ts';
import { REAL_AGENT } from '../../test/support/agent.ts';
import { LARGEST } from '../../test/support/large.ts';
import type { Load } from '../../test/support/load.ts';
import { SITE } from '../../test/support/stand.ts';
import { until } from '../../test/support/until.ts';
import { rssOf } from '../rss.ts';
import type { EmbeddedField } from './fields.ts';

const AT_ONCE = 50;
const PATIENCE_MS = 120_000;
const EVERY_MS = 50;
/** Merges and caches have come to rest by then. */
const REST_MS = 5_000;

/**
 * Fifty of the largest beacons that the wire allows, of all kinds, from as many addresses at once, while others go on.
 * Prints how many items were counted, seconds until all of it is stored with ordinary hits that came after it, and the
 * memory of the engine before, at its peak and after.
 */
export const floodWithLargest = async (
  { stand, hold }: EmbeddedField,
  load: Load,
  random: () => number,
): Promise<void> => {
  const kinds = Object.values(LARGEST);
  const engine = (): number => rssOf(stand.pids().engine).all;
  const before = engine();
  let peak = before;
  const watching = setInterval(() => {
    peak = Math.max(peak, engine());
  }, EVERY_MS);
  try {
    const begun = performance.now();
    const seconds = (): string => ((performance.now() - begun) / 1000).toFixed(1);
    const beacons = Array.from({ length: AT_ONCE }, () => kinds[Math.floor(random() * kinds.length)]?.(random));
    const answers = await Promise.all(beacons.map((beacon, i) => (beacon ? send(stand.url(), beacon, i) : 0)));
    const { counted } = load.tries;
    await until('hits after the flood are counted', PATIENCE_MS, () => load.tries.counted > counted);
    // Nothing else comes until all of it is stored, the hits among it.
    hold(true);
    await until('what came with the flood is stored', PATIENCE_MS, async () => (await stand.waiting()) === 0);
    const items = answers.reduce((sum, one) => sum + one, 0);
    const stored = seconds();
    await sleep(REST_MS);
    process.stdout.write(
      `${AT_ONCE} of the largest beacons: ${items} items counted, stored after ${stored} s; engine ${before.toFixed(0)} MB before, ${peak.toFixed(0)} at its peak, ${engine().toFixed(0)} after\n`,
    );
  } finally {
    hold(false);
    clearInterval(watching);
  }
};

/** @returns how many items were counted */
const send = async (url: string | null, beacon: Beacon, browser: number): Promise<number> => {
  const answer = await fetch(`${url}/in`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': REAL_AGENT, 'x-forwarded-for': `86.149.${browser}.1` },
    body: JSON.stringify({ ...beacon, s: SITE, u: `https://${SITE}/` }),
  });
  return Number(/counted=(\d+)/.exec(answer.headers.get('passerby') ?? '')?.[1] ?? 0);
};
