import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Outcome } from './ingest/pipeline.ts';

/** What the collector measures of itself, for Prometheus. No series is about a site, let alone a visitor. */
export interface Metrics {
  /** Notes what became of a beacon. */
  beacon(outcome: Outcome): void;
  stored(rows: number): void;
  refused(rows: number): void;
  /** Text exposition format. */
  text(): Promise<string>;
}

/** Numbers that are read when somebody asks. */
export interface Gauges {
  readonly heldRows: () => number;
  readonly knownBrowsers: () => number;
  readonly engineReady: () => Promise<boolean>;
}

export const createMetrics = (gauges: Gauges): Metrics => {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const beacons = new Counter({
    name: 'passerby_beacons_total',
    help: 'Beacons received, by status of the answer.',
    labelNames: ['status'],
    registers,
  });
  const items = new Counter({
    name: 'passerby_items_total',
    help: 'Items received, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  const rows = new Counter({ name: 'passerby_rows_stored_total', help: 'Rows stored.', registers });
  const refused = new Counter({ name: 'passerby_rows_refused_total', help: 'Rows that the store refused.', registers });
  const gauge = (name: string, help: string, value: () => number | Promise<number>): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await value());
      },
    });
  gauge('passerby_spool_rows', 'Rows accepted and not yet stored.', gauges.heldRows);
  gauge('passerby_known_browsers', 'Browsers of the day that are recognised.', gauges.knownBrowsers);
  gauge('passerby_engine_ready', '1 if the store answers.', async () => Number(await gauges.engineReady()));
  return {
    beacon(outcome) {
      beacons.inc({ status: outcome.status });
      if (outcome.status !== 202) return;
      items.inc({ outcome: 'counted' }, outcome.counted);
      for (const [reason, count] of Object.entries(outcome.dropped)) items.inc({ outcome: reason }, count);
    },
    stored: (count) => rows.inc(count),
    refused: (count) => refused.inc(count),
    text: () => registry.metrics(),
  };
};
