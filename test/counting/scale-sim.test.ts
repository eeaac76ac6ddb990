import { describe, expect, test } from 'vitest';
import { type Balancer, type BalancerKind, createBalancer, createRing } from '../../bench/scale-sim/balancers.ts';
import { createViews, START, type View } from '../../bench/scale-sim/population.ts';
import { at, restart, scenarios } from '../../bench/scale-sim/scenarios.ts';
import { type Change, simulate } from '../../bench/scale-sim/simulate.ts';
import { truth } from '../../bench/scale-sim/truth.ts';
import { createRandom } from '../support/clock.ts';

const views = createViews({ browsers: 400, hours: 48, visits: [60, 25, 15] }, createRandom(7));

describe('the simulator counts', () => {
  test.each<[BalancerKind, number]>([
    ['consistent', 1],
    ['consistent', 5],
    ['modulo', 5],
  ])('%s, %i collectors: what the textbook counts, as long as nothing changes', (kind, collectors) => {
    const counted = simulate(views, { collectors, balancer: createBalancer(kind), changes: [] });
    expect(counted).toEqual(truth(views));
  });

  test('a restart by hand', () => {
    const visit = (id: number, ...times: number[]): View[] =>
      times.map((hour) => ({ at: at(hour), browser: { id, address: '127.1.1.1', agent: id }, page: '/' }));
    const day = [
      ...visit(1, 9, 15), // comes back: again a visitor
      ...visit(2, 11.9, 12.1), // is there meanwhile: again a visitor and a visit, and two bounces
      ...visit(3, 9, 10),
      ...visit(4, 13, 15),
      ...visit(5, 9, 26, 27), // its next day is a new one anyway
    ].sort((a, b) => a.at - b.at);
    const fleet = { collectors: 1, balancer: createBalancer('consistent') };
    expect(simulate(day, { ...fleet, changes: [] })).toEqual({ visitors: 6, visits: 10, bounces: 9, views: 11 });
    const restarted = simulate(day, { ...fleet, changes: restart(0, at(12)) });
    expect(restarted).toEqual({ visitors: 8, visits: 11, bounces: 11, views: 11 });
  });

  const cases = scenarios(8).flatMap((scenario) => [1, 4].map((collectors) => ({ ...scenario, collectors })));

  test.each(cases.filter(({ from = 1, collectors }) => collectors >= from))(
    '$name ($balancer, N = $collectors): as if clients were others to each life of a collector',
    (scenario) => {
      const { balancer, collectors } = scenario;
      const changes = scenario.changes(collectors, createRandom(3));
      const counted = simulate(views, { collectors, balancer: createBalancer(balancer), changes });
      expect(counted).toEqual(truth(renamed(createBalancer(balancer), collectors, changes)));
    },
  );
});

/** The same views, by browsers that are named after the life of the collector that serves them, too. */
const renamed = (balancer: Balancer, collectors: number, changes: readonly Change[]): View[] => {
  /** Who is up, and since when. */
  const upAt = (time: number): Map<number, number> => {
    const up = new Map(Array.from({ length: collectors }, (_, collector) => [collector, START]));
    for (const { at, collector, to } of [...changes].sort((a, b) => a.at - b.at))
      if (at <= time) to === 'up' ? up.set(collector, at) : up.delete(collector);
    return up;
  };
  const moments = changes.map((change) => change.at).sort((a, b) => a - b);
  return views.map((view) => {
    // Where nobody is up, a view waits for the next who is.
    const served = [view.at, ...moments.filter((moment) => moment > view.at)].find((moment) => upAt(moment).size > 0);
    const up = upAt(served ?? 0);
    const { address } = view.browser;
    const collector = balancer(
      address,
      [...up.keys()].sort((a, b) => a - b),
    );
    const life = `${collector} since ${up.get(collector)}`;
    return { ...view, browser: { ...view.browser, address: `${address} at ${life}` } };
  });
};

describe("nginx's ring", () => {
  const ring = createRing((collector) => `127.0.0.1:${4400 + collector}`);
  const addresses = [...new Set(views.map(({ browser }) => browser.address))];

  test.each([
    ['127.55.121.177', 0],
    ['127.110.243.98', 0],
    ['127.166.109.19', 3],
    ['127.221.230.196', 2],
    ['127.21.96.117', 2],
    ['127.76.218.38', 0],
    ['127.132.83.215', 3],
    ['127.187.205.136', 3],
  ])('%s goes to server %i, as nginx 1.22.1 sent it', (address, collector) => {
    expect(ring(address, [0, 1, 2, 3])).toBe(collector);
  });

  test('whoever leaves moves its own clients only', () => {
    const moved = addresses.filter((address) => ring(address, [0, 1, 2, 3]) !== ring(address, [0, 1, 3]));
    expect(moved.length).toBeGreaterThan(0);
    expect(moved).toEqual(addresses.filter((address) => ring(address, [0, 1, 2, 3]) === 2));
  });
});
