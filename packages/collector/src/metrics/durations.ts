import { Histogram, type Registry } from 'prom-client';

/** Seconds: from what the intake takes to what a question may. */
export const BUCKETS: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Notes a duration of one kind, in seconds. */
export type NoteDuration = (seconds: number) => void;

/** How a histogram is called. */
interface DurationsOptions<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly L[];
  readonly registry: Registry;
}

interface Series<L extends string> {
  readonly labels: Readonly<Record<L, string>>;
  /** One a bucket, and what is above all of them. */
  readonly counts: Float64Array;
  sum: number;
}

/**
 * Registers a histogram that costs next to nothing to write to: a series is begun once, and a note is two additions then.
 * That of the package makes a text of the labels at each note.
 * @returns begins a series, whose labels no other has
 */
export const createDurations = <L extends string>(
  options: DurationsOptions<L>,
): ((labels: Readonly<Record<L, string>>) => NoteDuration) => {
  const { name, help, labels: labelNames, registry } = options;
  const all: Series<L>[] = [];
  // Never written to: it has what the package asks of a metric.
  const empty = new Histogram({ name, help, labelNames, buckets: [...BUCKETS], registers: [] });
  const read = async () => ({ ...(await empty.get()), values: all.flatMap((series) => valuesOf(name, series)) });
  registry.registerMetric(Object.assign(Object.create(empty), { get: read, getForPromString: read }));
  return (labels) => {
    const series: Series<L> = { labels, counts: new Float64Array(BUCKETS.length + 1), sum: 0 };
    all.push(series);
    return (seconds) => {
      const bucket = bucketOf(seconds);
      series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
      series.sum += seconds;
    };
  };
};

const bucketOf = (seconds: number): number => {
  let bucket = 0;
  for (const bound of BUCKETS) {
    if (seconds <= bound) break;
    bucket += 1;
  }
  return bucket;
};

/** Buckets count what is below them, too. */
const valuesOf = <L extends string>(name: string, { labels, counts, sum }: Series<L>) => {
  let count = 0;
  const buckets = [...BUCKETS, '+Inf'].map((le, index) => {
    count += counts[index] ?? 0;
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
};
