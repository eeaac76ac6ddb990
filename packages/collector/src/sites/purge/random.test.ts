import { afterAll, beforeAll, expect, it } from 'vitest';
import { Dice } from '../../../../../test/counting/dice.ts';
import { createRandom } from '../../../../../test/support/clock.ts';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { SITE } from '../../query/testing.ts';
import { CURRENCY, DIMENSIONS, HOUR, TOTAL } from '../../store/dimensions.ts';
import { batchOf } from '../../store/lines.ts';
import { createPurge } from './purge.ts';
import { partOf, rowsOfPeople } from './testing.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

interface Counted {
  readonly dimension: number;
  readonly value: string;
  readonly numbers: readonly string[];
}

const inOrder = (a: Counted, b: Counted): number => a.dimension - b.dimension || (a.value < b.value ? -1 : 1);

/** Numbers of `sums`, by dimension and value. */
const inSums = async (site: string): Promise<Counted[]> => {
  const found = await engine.store.query<Counted>(
    `SELECT dimension, value, [sum(views), sum(events), sum(engaged_ms), sum(revenue), sum(visits),
      sum(seen_visits), sum(visitors) + sum(later_visitors), sum(seen_visitors)]::Array(Int64) AS numbers
    FROM sums WHERE site = {site:String} GROUP BY dimension, value HAVING arrayExists(n -> n != 0, numbers)`,
    { site },
  );
  return found.sort(inOrder);
};

/** The same of `hits`, by sets. */
const inHits = async (site: string): Promise<Counted[]> => {
  const hits = `(SELECT *, min(if(kind IN (1, 2), hit_hour, toDateTime('2099-01-01'))) OVER (PARTITION BY visitor) AS earliest,
    row_number() OVER (PARTITION BY visitor, kind IN (1, 2) ORDER BY 1 - first_visit, visit, step) = 1 AND kind IN (1, 2) AS is_first
    FROM hits WHERE site = {site:String})`;
  const additive = 'sum(views), sum(events), sum(engaged_ms)';
  const group = (dimension: number, value: string, numbers: string, where = '1'): string =>
    `SELECT toUInt8(${dimension}) AS dimension, toString(${value}) AS value, [${numbers}]::Array(Int64) AS numbers
    FROM ${hits} AS h WHERE ${where} GROUP BY value`;
  const browsers = 'uniqExactIf(visitor, kind IN (1, 2))';
  const frozen = Object.values(DIMENSIONS).flatMap(({ column, rollup, scope }) =>
    scope === 'visit' && column !== null && rollup !== null
      ? [group(rollup, column, `${additive}, 0, sum(visits), 0, ${browsers}, 0`)]
      : [],
  );
  const seconds = (column: string): string => `toUnixTimestamp(${column})`;
  const seen = (kinds: string): string =>
    `sum(visits), uniqExactIf(visit, ${kinds}), countIf(is_first), uniqExactIf(visitor, ${kinds})`;
  const parts = [
    group(TOTAL, `'*'`, `${additive}, 0, sum(visits), 0, ${browsers}, 0`),
    group(
      HOUR,
      seconds('hit_hour'),
      `${additive}, 0, 0, 0, uniqExactIf(visitor, kind IN (1, 2) AND hit_hour = earliest), uniqExactIf(visitor, kind IN (1, 2) AND hit_hour != earliest)`,
    ),
    group(HOUR, seconds('hour'), '0, 0, 0, 0, sum(visits), 0, 0, 0'),
    group(10, 'page', `${additive}, 0, ${seen('kind IN (1, 2)')}`),
    group(11, 'name', `sum(views), sum(events), 0, 0, ${seen('kind = 2')}`, 'kind = 2'),
    group(CURRENCY, 'currency', `0, sum(events), 0, sum(revenue), sum(visits), 0, countIf(is_first), 0`),
    ...frozen,
  ];
  const found = await engine.store.query<Counted>(
    `SELECT dimension, value, sumForEach(numbers) AS numbers FROM (${parts.join(' UNION ALL ')})
    WHERE value != '' GROUP BY dimension, value HAVING arrayExists(n -> n != 0, numbers)`,
    { site },
  );
  return found.sort(inOrder);
};

/** Each takes seconds. */
const ROUNDS = Number(process.env.PURGE_ROUNDS ?? 3);

it('what browsers did stands in sums as in hits, whatever is taken', async () => {
  const purge = createPurge(engine.store, engine.topology);
  let taken = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const dice = new Dice(createRandom(round + 1));
    const site = `site${round}`;
    const rows = rowsOfPeople(dice, site);
    await engine.store.insert(batchOf(rows, site));
    expect(await inSums(site)).toEqual(await inHits(site));
    for (let time = 0; time < 2; time++) {
      const part = partOf(dice, rows);
      taken += (await purge.purge({ ...SITE, id: site }, part, (job) => job())).hits;
      expect(await inSums(site), `${round} ${JSON.stringify(part)}`).toEqual(await inHits(site));
    }
  }
  expect(taken).toBeGreaterThan(10);
});
