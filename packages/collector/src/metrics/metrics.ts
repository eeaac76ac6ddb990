import type { ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Outcome } from '../ingest/pipeline.ts';
import type { Log } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';
import { createDurations } from './durations.ts';
import { COUNTED_ELSEWHERE, GAUGES, type Sources } from './readings.ts';
import { createRequestWatch, type Paths } from './requests.ts';
import { watchStore } from './watched-store.ts';

/** What the collector measures of itself, for Prometheus. No series is about a site, let alone a visitor. */
export interface Metrics {
  /** Notes what became of a beacon. */
  beacon(outcome: Outcome): void;
  /** Notes a request that was refused before there was a beacon to read. */
  refusedRequest(status: number): void;
  /** Notes a request or a question that is to be tried again later. */
  turnedDown(code: string): void;
  /** Measures a request until its answer has ended. */
  request(path: string, response: ServerResponse): void;
  stored(rows: number): void;
  refused(rows: number): void;
  damaged(bytes: number): void;
  /** The same store, whose answers are timed. */
  timed(store: Store, log: Log): Store;
  /** Shows, from now on, what is counted elsewhere. Once. */
  watch(sources: Sources): void;
  /** Text exposition format. */
  text(): Promise<string>;
  /** What that is. */
  readonly contentType: string;
}

/** What is running. */
export interface Build {
  readonly version: string;
  readonly paths: Paths;
}

/** Gauges of the package that are called as counters are. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/**
 * Counters that the stages write to as they go, and, once they are built, the gauges over them.
 * @example const metrics = createMetrics(build); metrics.watch(sources); await metrics.text();
 */
export const createMetrics = ({ version, paths }: Build): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  new Gauge({
    name: 'passerby_build_info',
    help: 'What is running: always 1.',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: process.versions.node }, 1);
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
  // A series that begins with its first refusal has not grown: no alert would see that one.
  for (const status of ['202', '503']) beacons.set(status, 0);
  const items = counter('passerby_items_total', 'Items received, by what became of them.', 'outcome');
  const turnedDown = counter(
    'passerby_turned_down_total',
    'Requests to the API and questions that were to be tried again later, by the code of their error.',
    'code',
  );
  const failures = counter('passerby_store_failures_total', 'Requests to the store that failed, by kind.', 'kind');
  const rows = new Counter({ name: 'passerby_rows_stored_total', help: 'Rows stored.', registers });
  const refused = new Counter({ name: 'passerby_rows_refused_total', help: 'Rows that the store refused.', registers });
  const damaged = new Counter({
    name: 'passerby_spool_damaged_bytes_total',
    help: 'Bytes of the spool that were found damaged.',
    registers,
  });
  const ofRequests = createDurations({
    name: 'passerby_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer, by what it is for and how it ended.',
    labels: ['route', 'status'],
    registry,
  });
  const ofStore = createDurations({
    name: 'passerby_store_request_duration_seconds',
    help: 'Time that a request to the store took, with its wait in line, by kind.',
    labels: ['kind'],
    registry,
  });
  return {
    request: createRequestWatch(paths, ofRequests),
    timed: (store, log) => watchStore(store, { seriesOf: ofStore, failed: (kind) => add(failures, kind, 1), log }),
    refusedRequest: (status) => add(beacons, String(status), 1),
    turnedDown: (code) => add(turnedDown, code, 1),
    beacon(outcome) {
      add(beacons, outcome.status === null ? 'none' : String(outcome.status), 1);
      if (outcome.status === 202) add(items, 'counted', outcome.counted);
      for (const [reason, count] of Object.entries(outcome.dropped)) add(items, reason, count);
    },
    stored: (count) => rows.inc(count),
    refused: (count) => refused.inc(count),
    damaged: (bytes) => damaged.inc(bytes),
    watch: (sources) => register(sources, registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
};

const add = (counts: Map<string, number>, key: string, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count);
};

/** Numbers of others, read when somebody asks. */
const register = (sources: Sources, registry: Registry): void => {
  const registers = [registry];
  for (const { name, help, value } of COUNTED_ELSEWHERE)
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(value(sources));
      },
    });
  for (const { name, help, value } of GAUGES)
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const now = await value(sources);
        // What is not known has no value: 0 would be one.
        if (now === null) this.remove();
        else this.set(now);
      },
    });
};
