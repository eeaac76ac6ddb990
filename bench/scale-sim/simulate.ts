import { createVisit } from '../../packages/collector/src/ingest/visits/visit.ts';
import { VisitMemory } from '../../packages/collector/src/ingest/visits/visit-memory.ts';
import { VisitorKeys } from '../../packages/collector/src/privacy/keys.ts';
import type { Balancer } from './balancers.ts';
import { beaconOf, SITE } from './beacon.ts';
import { START, type View } from './population.ts';

/** What was counted. */
export interface Counts {
  readonly visitors: number;
  readonly visits: number;
  readonly bounces: number;
  readonly views: number;
}

/** A collector goes, or comes back without its memory. */
export interface Change {
  /** Unix seconds. */
  readonly at: number;
  readonly collector: number;
  readonly to: 'up' | 'down';
}

/** What serves them. */
export interface Fleet {
  /** Collectors at the beginning: 0, 1 … */
  readonly collectors: number;
  readonly balancer: Balancer;
  readonly changes: readonly Change[];
  /** Browsers that a collector remembers at once. */
  readonly most?: number;
}

/** Sends views through the real `visit` stages of a fleet. While no collector is up, views wait. */
export const simulate = (views: readonly View[], fleet: Fleet): Counts => {
  const counts = { visitors: 0, visits: 0, bounces: 0, views: 0 };
  const changes = [...fleet.changes].sort((a, b) => a.at - b.at);
  const collectors = new Map(Array.from({ length: fleet.collectors }, (_, number) => [number, createCollector(fleet)]));
  let up = [...collectors.keys()];
  let waiting: View[] = [];

  const change = ({ collector, to }: Change): void => {
    if (to === 'up') collectors.set(collector, createCollector(fleet));
    else collectors.delete(collector);
    up = [...collectors.keys()].sort((a, b) => a - b);
    if (up.length === 0) return;
    for (const view of waiting) count(view);
    waiting = [];
  };
  const count = (view: View): void => {
    if (up.length === 0) waiting.push(view);
    else collectors.get(fleet.balancer(view.browser.address, up))?.(view, counts);
  };

  let next = 0;
  for (const view of views) {
    for (let due = changes[next]; due !== undefined && due.at <= view.at; due = changes[++next]) change(due);
    count(view);
  }
  for (const due of changes.slice(next)) change(due);
  return counts;
};

type Sums = { -readonly [Name in keyof Counts]: number };

/** One that knows nobody yet. */
const createCollector = ({ most = Number.POSITIVE_INFINITY }: Fleet): ((view: View, counts: Sums) => void) => {
  const memory = new VisitMemory(most);
  const keys = new VisitorKeys(START * 1000);
  let draw = 0;
  const visit = createVisit({ memory, random: () => draw++ });
  return (view, counts) => {
    const { address, agent } = view.browser;
    const key = keys.browserKey(SITE.id, address, `${agent}`, view.at * 1000);
    for (const row of visit(beaconOf(view, key)).rows) {
      counts.visitors += row.visitors;
      counts.visits += row.visits;
      counts.bounces += row.bounces;
      counts.views += row.views;
    }
  };
};
