import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Outcome } from './ingest/pipeline.ts';
import type { Backlog } from './ingest/spool/write-buffer.ts';
import type { Listening } from './server/listen.ts';

/** What the collector measures of itself, for Prometheus. No series is about a site, let alone a visitor. */
export interface Metrics {
  /** Notes what became of a beacon. */
  beacon(outcome: Outcome): void;
  /** Notes a request that was refused before there was a beacon to read. */
  refusedRequest(status: number): void;
  stored(rows: number): void;
  refused(rows: number): void;
  damaged(bytes: number): void;
  /** Shows, from now on, what is counted elsewhere. Once. */
  watch(gauges: Gauges): void;
  /** Text exposition format. */
  text(): Promise<string>;
}

/** Numbers that are read when somebody asks. */
export interface Gauges {
  readonly backlog: () => Backlog;
  readonly load: Listening['load'];
  readonly linesLost: () => number;
  readonly knownBrowsers: () => number;
  readonly engineReady: () => Promise<boolean>;
  /** Beacons since the start that named no site here. */
  readonly unknownNames: () => number;
  readonly damagedParts: () => Readonly<Record<'detached' | 'unreadable', number>>;
}

/**
 * Counters that the stages write to as they go, and, once they are built, the gauges over them.
 * @example const metrics = createMetrics(); metrics.watch(gauges); await metrics.text();
 */
export const createMetrics = (): Metrics => {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, label: string): Map<string, number> => {
    const counts = new Map<string, number>();
    new Counter({
      name,
      help,
      labelNames: [label],
      registers,
      // Counted in a map and handed over when somebody asks: labels are hashed anew at every step.
      collect() {
        this.reset();
        for (const [value, count] of counts) this.inc({ [label]: value }, count);
      },
    });
    return counts;
  };
  const beacons = counter('passerby_beacons_total', 'Beacons received, by status of the answer.', 'status');
  const items = counter('passerby_items_total', 'Items received, by what became of them.', 'outcome');
  const rows = new Counter({ name: 'passerby_rows_stored_total', help: 'Rows stored.', registers });
  const refused = new Counter({ name: 'passerby_rows_refused_total', help: 'Rows that the store refused.', registers });
  const damaged = new Counter({
    name: 'passerby_spool_damaged_bytes_total',
    help: 'Bytes of the spool that were found damaged.',
    registers,
  });
  return {
    refusedRequest: (status) => add(beacons, String(status), 1),
    beacon(outcome) {
      add(beacons, outcome.status === null ? 'none' : String(outcome.status), 1);
      if (outcome.status === 202) add(items, 'counted', outcome.counted);
      for (const [reason, count] of Object.entries(outcome.dropped)) add(items, reason, count);
    },
    stored: (count) => rows.inc(count),
    refused: (count) => refused.inc(count),
    damaged: (bytes) => damaged.inc(bytes),
    watch: (gauges) => register(gauges, registers),
    text: () => registry.metrics(),
  };
};

const add = (counts: Map<string, number>, key: string, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count);
};

/** Numbers of others, read when somebody asks. */
const register = (gauges: Gauges, registers: Registry[]): void => {
  /** What only ever grows, counted elsewhere. */
  const count = (name: string, help: string, value: () => number): Counter =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  count('passerby_unknown_site_beacons_total', 'Beacons that named no site of this collector.', gauges.unknownNames);
  count('passerby_log_lines_lost_total', 'Lines of the log that could not be written.', gauges.linesLost);
  const gauge = (name: string, help: string, value: () => number | Promise<number>): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await value());
      },
    });
  gauge('passerby_spool_rows', 'Rows accepted and not yet stored.', () => gauges.backlog().rows);
  gauge('passerby_spool_bytes', 'Bytes of them.', () => gauges.backlog().bytes);
  gauge('passerby_spool_behind_seconds', 'Time since the oldest of them was accepted.', () => gauges.backlog().behind);
  gauge('passerby_rejected', 'Segments that were set aside and can be put back.', () => gauges.backlog().rejected);
  gauge('passerby_damaged', 'Damaged pieces of the spool that were set aside.', () => gauges.backlog().damaged);
  gauge('passerby_connections', 'Open connections.', () => gauges.load().connections);
  gauge('passerby_requests_under_way', 'Requests under way.', () => gauges.load().requests);
  gauge(
    'passerby_turned_away',
    'Connections and requests since the start for which there was no room.',
    () => gauges.load().turnedAway,
  );
  gauge('passerby_known_browsers', 'Browsers of the day that are recognised.', gauges.knownBrowsers);
  gauge('passerby_engine_ready', '1 if the store answers.', async () => Number(await gauges.engineReady()));
  gauge(
    'passerby_store_detached_parts',
    'Damaged parts of tables that the engine set aside.',
    () => gauges.damagedParts().detached,
  );
  gauge(
    'passerby_store_unreadable_parts',
    'Damaged parts of tables that are there and fail questions.',
    () => gauges.damagedParts().unreadable,
  );
};
