import { afterAll, beforeAll, expect, it } from 'vitest';
import { Dice } from '../../../../../test/counting/dice.ts';
import { createRandom } from '../../../../../test/support/clock.ts';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { row, SITE } from '../../query/testing.ts';
import { CURRENCY, DIMENSIONS, HOUR, TOTAL } from '../../store/dimensions.ts';
import { batchOf } from '../../store/lines.ts';
import { NEW_VALUES, type Row } from '../../store/row.ts';
import { createPurge, type Part } from './purge.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const DAY = '2026-06-09';
const PAGES = ['/', '/a', '/b'];

/** Whether it is met for the first time. */
const isFirst = (met: Set<string>, what: string): boolean => {
  const size = met.size;
  return met.add(what).size > size;
};

/** All that one browser does on the day, as the intake would book it; some hits come late. */
const browser = (dice: Dice, site: string, number: number): Row[] => {
  const met = new Set<string>();
  const isNew = (what: string, value: string): boolean => value !== '' && isFirst(met, `${what} ${value}`);
  let earliest = Number.POSITIVE_INFINITY;
  let minute = 60 + dice.below(120);
  const rows: Row[] = [];
  const country = dice.pick(['DE', 'AT']);
  for (let visit = 0; visit < 1 + dice.below(3); visit++) {
    const pageOf = (): string => dice.pick(PAGES);
    const entry = pageOf();
    const frozen = {
      country,
      source: dice.pick(['spam', 'Google', 'news']),
      utm_term: dice.pick(['', 'x', 'y']),
      screen: dice.pick(['s', 'l']),
      entry_page: entry,
      first_visit: visit === 0 ? 1 : 0,
    } as const;
    const begun = row(`${DAY}T00:00:00+02:00`, { kind: 'view' }).ts + minute * 60;
    const ofVisit = new Set<string>();
    let [step, views, before] = [0, 0, ''];
    for (let hit = 0; hit < 1 + dice.below(4); hit++) {
      step += 1;
      const isLate = hit > 0 && dice.chance(0.2);
      const ts = begun + hit * 300 - (isLate ? 900 : 0);
      const hour = (at: number): number => at - (at % 3600);
      const page = hit === 0 ? entry : pageOf();
      const isEvent = dice.chance(0.35);
      const name = isEvent ? dice.pick(['Order', 'Spam']) : '';
      const first = hit === 0;
      const isNewHour = isNew('hour', String(hour(ts)));
      const isEarlier = hour(ts) < earliest && earliest !== Number.POSITIVE_INFINITY;
      const bit = (at: number, column: (typeof NEW_VALUES)[number]): number =>
        isNew(column, String((frozen as Partial<Row>)[column] ?? '')) && visit > 0 ? 2 ** at : 0;
      const new_values = first ? NEW_VALUES.reduce((sum, column, at) => sum + bit(at, column), 0) : 0;
      const bounceBefore = views === 1 && step === 2 && !rows.at(-1)?.events;
      views += isEvent ? 0 : 1;
      rows.push({
        ...row(`${DAY}T00:00:00+02:00`, { kind: isEvent ? 'event' : 'view' }),
        ...frozen,
        site,
        ts,
        hour: hour(begun),
        hit_hour: hour(ts),
        visit: String(number * 10 + visit + 1),
        visitor: String((7n << 32n) + BigInt(number)),
        step,
        page,
        name,
        title: dice.pick(['One', 'Two']),
        props: { plan: dice.pick(['free', 'forged']) },
        prev_page: isEvent ? '' : before,
        ...(isEvent && dice.chance(0.5) && { revenue: dice.below(9000), currency: dice.pick(['EUR', 'USD']) }),
        views: isEvent ? 0 : 1,
        events: isEvent ? 1 : 0,
        visits: first ? 1 : 0,
        visitors: first && visit === 0 ? 1 : 0,
        bounces: first && !isEvent ? 1 : bounceBefore ? -1 : 0,
        seconds: first || isLate ? 0 : 300,
        page_visits: isFirst(ofVisit, page) ? 1 : 0,
        page_visitors: isNew('page', page) ? 1 : 0,
        event_visits: isEvent && isFirst(ofVisit, name) ? 1 : 0,
        event_visitors: isEvent && isNew('name', name) ? 1 : 0,
        new_values,
        new_hour: isNewHour && !isEarlier && earliest !== Number.POSITIVE_INFINITY ? 1 : 0,
        earlier_than: isEarlier ? earliest : 0,
      });
      earliest = Math.min(earliest, hour(ts));
      if (!isEvent) before = page;
    }
    if (dice.chance(0.5)) {
      const last = rows.at(-1) as Row;
      rows.push({
        ...row(`${DAY}T00:00:00+02:00`, { kind: 'engagement' }),
        ...frozen,
        ...{ site, ts: last.ts, hour: last.hour, hit_hour: last.hit_hour, visit: last.visit, visitor: last.visitor },
        ...{ step: step + 1, page: last.page, title: last.title, props: last.props, engaged_ms: 5000, scroll: 40 },
      });
    }
    minute += 90 + dice.below(200);
  }
  return rows;
};

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

const partOf = (dice: Dice, rows: readonly Row[]): Part => {
  const all = { page: null, from: null, to: null };
  const said = dice.pick<Part['said']>([
    [{ dimension: 'visit:source', value: 'spam' }],
    [{ dimension: 'visit:country', value: 'AT' }],
    [{ dimension: 'event:name', value: 'Spam' }],
    [{ dimension: 'event:title', value: 'Two' }],
    [{ dimension: 'event:page', value: '/a' }],
    [{ dimension: 'event:currency', value: 'EUR' }],
    [{ dimension: 'event:props:plan', value: 'forged' }],
    [
      { dimension: 'visit:utm_term', value: 'x' },
      { dimension: 'event:page', value: '/' },
    ],
    undefined,
  ]);
  return said === undefined ? { ...all, hours: [dice.pick(rows).hour] } : { ...all, said };
};

it('what browsers did stands in sums as in hits, whatever is taken', async () => {
  const purge = createPurge(engine.store, engine.topology);
  let taken = 0;
  for (let round = 0; round < 4; round++) {
    const dice = new Dice(createRandom(round + 1));
    const site = `site${round}`;
    const rows = Array.from({ length: 6 }, (_, number) => browser(dice, site, number + 1)).flat();
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
