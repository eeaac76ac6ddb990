import type { BalancerKind } from './balancers.ts';
import { START } from './population.ts';
import type { Change } from './simulate.ts';

/** What may happen to a fleet in a day. */
export interface Scenario {
  readonly name: string;
  readonly balancer: BalancerKind;
  /** Fewest collectors with which it makes sense. */
  readonly from?: number;
  readonly changes: (collectors: number, random: () => number) => Change[];
}

/** From the end of a collector until the balancer sends clients to its successor, in seconds. */
const RESTART_S = 20;
/** Between two restarts of a rolling deploy, in seconds. */
const IN_TURN_S = 60;

/** An hour of the first day, as Unix seconds. */
export const at = (hour: number): number => START + Math.round(hour * 3600);

const down = (collector: number, when: number): Change => ({ at: when, collector, to: 'down' });
const up = (collector: number, when: number): Change => ({ at: when, collector, to: 'up' });
/** A collector goes and comes back, knowing nobody. */
export const restart = (collector: number, when: number): Change[] => [
  down(collector, when),
  up(collector, when + RESTART_S),
];
const numbers = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index);
const deploy = (collectors: number, when: number): Change[] =>
  numbers(collectors).flatMap((collector) => restart(collector, when + collector * IN_TURN_S));

const NOTHING = (): Change[] => [];
const oneRestarts = (): Change[] => restart(0, at(12));
const oneLeaves = (): Change[] => [down(0, at(12))];
const oneJoins = (collectors: number): Change[] => [up(collectors, at(12))];

/** All that is simulated, in the order of the table. @param restarts how many there are of any collector, at random */
export const scenarios = (restarts: number): Scenario[] => [
  { name: 'nothing', balancer: 'consistent', changes: NOTHING },
  { name: 'one restarts at noon', balancer: 'consistent', changes: oneRestarts },
  { name: 'all restart in turn at noon', balancer: 'consistent', changes: (n) => deploy(n, at(12)) },
  {
    name: 'all restart in turn at 9, 12, 15, 18',
    balancer: 'consistent',
    changes: (n) => [9, 12, 15, 18].flatMap((hour) => deploy(n, at(hour))),
  },
  {
    name: `${restarts} restarts of any at any time`,
    balancer: 'consistent',
    changes: (n, random) =>
      numbers(restarts).flatMap((index) =>
        restart(Math.floor(random() * n), at(((index + random()) / restarts) * 24) - RESTART_S),
      ),
  },
  { name: 'one leaves at noon', balancer: 'consistent', from: 2, changes: oneLeaves },
  { name: 'one joins at noon', balancer: 'consistent', changes: oneJoins },
  {
    name: 'twice as many from 8 to 22',
    balancer: 'consistent',
    changes: (n) => numbers(n, n).flatMap((collector) => [up(collector, at(8)), down(collector, at(22))]),
  },
  { name: 'one restarts at noon', balancer: 'modulo', from: 2, changes: oneRestarts },
  { name: 'one leaves at noon', balancer: 'modulo', from: 2, changes: oneLeaves },
  { name: 'one joins at noon', balancer: 'modulo', changes: oneJoins },
  { name: 'nothing', balancer: 'round robin', from: 2, changes: NOTHING },
];
