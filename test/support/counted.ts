import type { RequestListener } from 'node:http';
import { ROW_KINDS, type RowKind } from '../../packages/collector/src/store/row.ts';
import { startTestCollector, type TestCollector } from './test-collector.ts';
import { startWeb, type Web } from './web.ts';

/** A collector at `http://stats.example.com`, and sites beside it, as browsers find them on the web. */
export interface CountedWeb extends Web {
  readonly collector: TestCollector;
  /**
   * What was counted on a site, a line a hit, sorted: two things that one page sends after another, or two pages, may
   * arrive in any order. Without engagement, which comes as often as a page is hidden.
   * @example ['event /order.html Order {"bread":"rye"} 12.5 EUR', 'view /order.html']
   */
  readonly hits: (domain: string) => Promise<string[]>;
  /** Pages whose visible time and depth were reported. */
  readonly engaged: (domain: string) => Promise<string[]>;
  /** How many visits that was. */
  readonly visits: (domain: string) => Promise<number>;
}

/** Name of the collector, as the pages of the examples have it. */
export const STATS = 'stats.example.com';

interface Hit {
  readonly kind: number;
  readonly page: string;
  readonly name: string;
  readonly props: Readonly<Record<string, string>>;
  readonly revenue: number;
  readonly currency: string;
  readonly via: string;
}

const NAMES = new Map<number, RowKind>(
  Object.entries(ROW_KINDS).map(([name, number]): [number, RowKind] => [number, name as RowKind]),
);

const lineOf = ({ kind, page, name, props, revenue, currency, via }: Hit): string =>
  [
    NAMES.get(kind),
    page,
    name,
    JSON.stringify(props),
    revenue === 0 ? '' : `${revenue / 1000} ${currency}`,
    via && `by ${via}`,
  ]
    .filter((word) => word !== '' && word !== '{}')
    .join(' ');

/**
 * Starts a collector, with the sites it counts.
 * @param sites their domains, and what answers for them; null: the collector itself, as for its demo
 */
export const startCountedWeb = async (sites: Readonly<Record<string, RequestListener | null>>): Promise<CountedWeb> => {
  const collector = await startTestCollector();
  const ids = new Map<string, string>();
  for (const domain of Object.keys(sites)) {
    const made = (await (await collector.api('POST', '/api/sites', { domain })).json()) as { id: string };
    ids.set(domain, made.id);
  }
  const hosts = Object.entries(sites).map(([domain, site]) => [domain, site ?? collector.collector.listener] as const);
  const web = await startWeb({ ...Object.fromEntries(hosts), [STATS]: collector.collector.listener });
  const ask = async <Row>(domain: string, columns: string, condition: string): Promise<Row[]> => {
    await collector.flush();
    return collector.store.query<Row>(`SELECT ${columns} FROM hits WHERE site = '${ids.get(domain)}' AND ${condition}`);
  };
  return {
    ...web,
    collector,
    async hits(domain) {
      const columns = 'kind, page, name, props, toInt32(revenue) AS revenue, currency, via';
      return (await ask<Hit>(domain, columns, `kind != ${ROW_KINDS.engagement}`)).map(lineOf).sort();
    },
    async engaged(domain) {
      const rows = await ask<{ page: string }>(domain, 'DISTINCT page', 'engaged_ms > 0');
      return rows.map(({ page }) => page).sort();
    },
    async visits(domain) {
      return (await ask<{ number: string }>(domain, 'DISTINCT toString(visit) AS number', 'visit != 0')).length;
    },
    async stop() {
      await web.stop();
      await collector.stop();
    },
  };
};
