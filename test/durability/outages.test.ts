import { describe, expect, type TestContext, test } from 'vitest';
import { startTestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { type Gate, startGate } from '../support/gate.ts';
import { type Load, type LoadOptions, startLoad } from '../support/load.ts';
import { SITE, type Stand, startStand } from '../support/stand.ts';
import { until } from '../support/until.ts';
import { judge } from '../support/verdict.ts';
import { aWhile, freezeEngine, hangEngine, killCollector } from './faults.ts';
import { expectKept, random, undergo } from './undergo.ts';

const timeout = 120_000;

interface Field {
  readonly stands: readonly Stand[];
  /** The line between the collectors and their engine. */
  readonly gate: Gate;
  /** The engine, by a line of its own. */
  readonly store: Store;
  readonly load: Load;
}

/** Puts collectors on one engine, which is a server of its own, through a fault. */
const undergoOnServer = async (
  { onTestFinished }: TestContext,
  fault: string,
  { collectors = 1, ...how }: Partial<LoadOptions> & { readonly collectors?: number },
  strike: (field: Field) => Promise<void>,
): Promise<Load> => {
  const engine = await startTestEngine();
  onTestFinished(() => engine.stop());
  const gate = await startGate(Number(new URL(engine.url).port));
  onTestFinished(gate.stop);
  const { username, password, database = 'default', store } = engine;
  const env = { CLICKHOUSE_URL: `http://${username}:${password}@127.0.0.1:${gate.port}/${database}` };
  const stands: Stand[] = [];
  for (let started = 0; started < collectors; started++) {
    const stand = await startStand(env);
    onTestFinished(stand.clear);
    stands.push(stand);
  }
  const target = (client: number): string | null => stands[client % collectors]?.url() ?? null;
  const load = startLoad({ site: SITE, target, random, ...how });
  await strike({ stands, gate, store, load });
  await load.stop();
  for (const stand of stands) {
    await stand.drained();
    await stand.end();
  }
  expectKept(fault, await judge(store, load.sent), load);
  return load;
};

/** Inserts that were done, and whose answers were lost. */
const lostInserts = ({ lost }: Gate): number =>
  lost.filter(({ asked, answered }) => asked.includes('INSERT') && answered.includes(' 200 ')).length;

describe.concurrent('the engine', () => {
  test('standing still for a moment', { timeout }, async () => {
    const load = await undergo('engine frozen for 4 s', { strike: (stand) => freezeEngine(stand, random, 4_000) });
    expect(load.tries).toMatchObject({ refused: 0, none: 0 });
  });

  test('standing still until it is given up', { timeout }, async () => {
    const load = await undergo('engine frozen until it is killed', { strike: (stand) => hangEngine(stand, random) });
    expect(load.tries).toMatchObject({ refused: 0, none: 0 });
  });

  test('gone, while its collector is killed, started, told to end and started', { timeout }, async (context) => {
    await undergoOnServer(context, 'engine gone, collector started twice meanwhile', {}, async (field) => {
      const [stand] = field.stands as [Stand];
      await aWhile(random);
      field.gate.set('shut');
      await aWhile(random);
      expect(field.load.tries.counted).toBeGreaterThan(0);
      expect(field.load.tries.refused).toBe(0);
      await killCollector(stand, random);
      await aWhile(random);
      await stand.end();
      await stand.start();
      const { counted } = field.load.tries;
      await until('hits are counted without an engine', 20_000, () => field.load.tries.counted > counted + 50);
      expect(await stand.waiting()).toBeGreaterThan(100);
      field.gate.set('open');
    });
  });

  test('whose answers are lost', { timeout }, async (context) => {
    await undergoOnServer(context, "engine's answers lost, 4 times", { twice: true }, async ({ gate }) => {
      for (let times = 0; times < 4; times++) {
        await aWhile(random, 500);
        gate.set('deaf');
        const before = lostInserts(gate);
        await until('the answer to an insert is lost', 20_000, () => lostInserts(gate) > before);
        await aWhile(random, 500);
        gate.set('open');
      }
    });
  });

  test('of two collectors, one of which is killed', { timeout }, async (context) => {
    await undergoOnServer(
      context,
      'one of two collectors killed 3 times',
      { collectors: 2 },
      async ({ stands, load }) => {
        const [killed] = stands as [Stand, Stand];
        for (let kills = 0; kills < 3 || load.tries.none === 0; kills++) await killCollector(killed, random);
      },
    );
  });
});
