/** Rows by hand, as the intake would write them, for tests of the questions. */
import { type Site, site } from '../sites/site.ts';
import { EMPTY_ROW, type Increments, type Row } from '../store/row.ts';

/** The site that the rows belong to. */
export const SITE: Site = site.parse({
  id: 'site',
  domain: 'example.com',
  name: 'Example',
  timezone: 'Europe/Berlin',
  created: '2026-01-01T00:00:00.000Z',
});

/** A row at an ISO time with the local offset, with what is said of it; the rest is empty. Kept for good. */
export const row = (time: string, given: Partial<Row> & Pick<Row, 'kind'>): Row => {
  const ts = Date.parse(time) / 1000;
  const hour = ts - Number(time.slice(14, 16)) * 60 - Number(time.slice(17, 19));
  return {
    ...EMPTY_ROW,
    site: SITE.id,
    ts,
    day: time.slice(0, 10),
    hour,
    hit_hour: hour,
    hit_until: '2099-12-31',
    log_until: '2099-12-31',
    first_visit: 1,
    ...given,
  };
};

/** A hit of a visit and what it adds beside being a view or an event. */
export type Step = Partial<Increments> &
  Pick<Partial<Row>, 'page' | 'prev_page' | 'name' | 'hostname' | 'title' | 'props' | 'revenue' | 'currency' | 'via'>;

/** A visit that began at a time: an event where a step has a name, else a view; `frozen` holds for all its hits. */
export const visit = (number: string, begin: string, frozen: Partial<Row>, steps: readonly Step[]): Row[] => {
  const first = row(begin, { kind: 'view' });
  let ts = first.ts;
  return steps.map((step, index) => {
    ts += step.seconds ?? 0;
    const hit =
      step.name === undefined ? ({ kind: 'view', views: 1 } as const) : ({ kind: 'event', events: 1 } as const);
    return { ...first, visit: number, step: index + 1, ts, ...hit, ...frozen, ...step };
  });
};

/** What a visit's first hit adds if it is a view, and the first of this page by its browser today. */
export const FIRST: Step = { visits: 1, visitors: 1, bounces: 1, page_visits: 1, page_visitors: 1 };
