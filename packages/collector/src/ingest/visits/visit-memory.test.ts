import { describe, expect, it } from 'vitest';
import type { Row } from '../../store/row.ts';
import { event, HOUR, MINUTE, type Sent, startVisits, t, type Visits, view } from './testing.ts';

const noon = t('2026-03-10T12:00:00');

/** Sends one view and tells whether it began a visit. */
const begins = ({ send }: Visits, at: number, sent: Omit<Sent, 'items'> = {}): boolean =>
  send(at, { ...sent, items: [view(at)] })[0]?.visits === 1;

const total = (rows: readonly Row[], of: 'visits' | 'visitors' | 'views' | 'bounces' | 'seconds'): number =>
  rows.reduce((sum, row) => sum + row[of], 0);

describe('what is remembered', () => {
  it('is so many browsers, and the one that was there longest is forgotten', () => {
    const visits = startVisits(2);
    for (const who of ['ann', 'bob', 'cyd']) begins(visits, noon, { who });
    expect(visits.memory.size).toBe(2);
    expect(begins(visits, noon, { who: 'bob' })).toBe(false);
    expect(begins(visits, noon, { who: 'ann' })).toBe(true);
  });

  it('is fewer browsers when their addresses are long', () => {
    const visits = startVisits(100);
    const long = `/${'long'.repeat(499)}`;
    for (let i = 0; i < 100; i++) begins(visits, noon, { who: `${i}`, page: long });
    // 1,997 characters, once as the entry page and once as the last one: 1 and 15 units.
    expect(visits.memory.size).toBe(6);
    for (let i = 0; i < 200; i++) begins(visits, noon, { who: `short ${i}` });
    expect(visits.memory.size).toBe(100);
  });

  it('is fewer browsers when they meet many pages, and no more than 2,000 pages of each', () => {
    const visits = startVisits(100);
    const meet = (who: string, from: number, to: number) =>
      visits.send(noon, { who, items: Array.from({ length: to - from }, (_, i) => event(noon, `${from + i}`)) });
    meet('ann', 0, 1999);
    expect(meet('ann', 1999, 2001).map((row) => row.event_visitors)).toEqual([0, 0]);
    expect(meet('ann', 1998, 1999).map((row) => row.event_visitors)).toEqual([0]);
    for (let i = 0; i < 100; i++) begins(visits, noon, { who: `${i}` });
    expect(visits.memory.size).toBe(100);
    meet('99', 0, 2000);
    expect(visits.memory.size).toBe(100 - 64);
    meet('98', 0, 2000);
    expect(visits.memory.size).toBeLessThan(100 - 64);
  });
});

it('what is deleted from the store goes on no more, and what others did goes on', () => {
  const visits = startVisits();
  const [row] = visits.send(noon, { who: 'ann', items: [view(noon)] });
  begins(visits, noon, { who: 'bob' });
  visits.memory.forget(new Set([row?.visit ?? '']));
  expect(['ann', 'bob'].map((who) => begins(visits, noon, { who }))).toEqual([true, false]);
});

it('what is deleted of the day before goes on no more, and today does', () => {
  const visits = startVisits();
  const midnight = t('2026-03-10T23:00:00'); // in Berlin
  const [before] = visits.send(midnight - MINUTE, { items: [view(midnight - MINUTE)] });
  begins(visits, midnight + MINUTE);
  visits.memory.forget(new Set([before?.visit ?? '']));
  const [late] = visits.send(midnight + 2 * MINUTE, { items: [view(midnight - MINUTE)] });
  expect(late).toMatchObject({ day: before?.day, visits: 1, visitors: 1 });
  expect(begins(visits, midnight + 3 * MINUTE)).toBe(false);
});

describe('sweeping', () => {
  const late = t('2026-03-10T22:50:00'); // 23:50 in Berlin

  it('forgets what no hit can belong to any more', () => {
    const visits = startVisits();
    begins(visits, late);
    visits.memory.sweep(late + 39 * MINUTE);
    expect(visits.memory.size).toBe(1);
    visits.memory.sweep(late + 41 * MINUTE);
    expect(visits.memory.size).toBe(0);
  });

  it('waits for an hour after the clock has jumped, lest it is set right again', () => {
    const visits = startVisits();
    begins(visits, late);
    visits.memory.sweep(late);
    const after = late + 60 * MINUTE;
    for (let minute = 0; minute < 60; minute++) visits.memory.sweep(after + minute * MINUTE);
    expect(visits.memory.size).toBe(1);
    visits.memory.sweep(after + 60 * MINUTE);
    expect(visits.memory.size).toBe(0);
  });
});

describe('a clock that jumps by an hour', () => {
  const jumps = ['on', 'back', 'on and back', 'back and on'];
  const offsets: Record<string, readonly number[]> = {
    on: [0, HOUR, HOUR],
    back: [0, -HOUR, -HOUR],
    'on and back': [0, HOUR, 0],
    'back and on': [0, -HOUR, 0],
  };
  const times: Record<string, number> = {
    'at noon': noon,
    'around midnight in Berlin': t('2026-03-10T22:40:00'),
    'around midnight UTC': t('2026-03-10T23:40:00'),
  };

  // Each browser views a page every 5 minutes, in three stretches of 20 minutes with another clock each.
  it.each(jumps.flatMap((jump) => Object.keys(times).map((when) => [jump, when] as const)))(
    '%s, %s: counts no visitor twice on a day, and no time that has not passed',
    (jump, when) => {
      const visits = startVisits();
      const start = times[when] ?? 0;
      const rows: Row[] = [];
      for (let minute = 0; minute < 60; minute++) {
        const at = start + minute * MINUTE + (offsets[jump]?.[Math.floor(minute / 20)] ?? 0);
        visits.memory.sweep(at);
        if (minute % 5 === 0)
          for (const who of ['ann', 'bob']) rows.push(...visits.send(at, { who, items: [view(at), event(at)] }));
      }
      for (const day of new Set(rows.map((row) => row.day)))
        expect(
          total(
            rows.filter((row) => row.day === day),
            'visitors',
          ),
          day,
        ).toBeLessThanOrEqual(2);
      for (const row of rows) {
        expect(row.seconds).toBeGreaterThanOrEqual(0);
        expect(row.seconds).toBeLessThanOrEqual(30 * 60);
        expect(row.visits).toBe(row.step === 1 ? 1 : 0);
      }
      expect(total(rows, 'seconds')).toBeLessThanOrEqual(2 * 60 * 60);
      expect(total(rows, 'views')).toBe(2 * 12);
      expect(total(rows, 'bounces')).toBe(0);
    },
  );
});

describe('under a flood', () => {
  /** People come and go for an hour: each views five pages, a minute apart. 40 of them sit in one company. */
  const PEOPLE = Array.from({ length: 200 }, (_, i) => ({
    from: i < 40 ? `203.0.113.${i}` : `86.150.${i}.7`,
    who: `real ${i}`,
    comes: i % 55,
  }));

  /** @returns the rows of the people only */
  const hour = (strangers: (minute: number) => Omit<Sent, 'items'>[]): { company: Row[]; others: Row[] } => {
    const { send, memory } = startVisits(1000);
    const [company, others]: [Row[], Row[]] = [[], []];
    for (let minute = 0; minute < 60; minute++) {
      const items = [view(noon + minute * MINUTE)];
      for (const { from, who, comes } of PEOPLE)
        if (minute >= comes && minute < comes + 5)
          (from.startsWith('203.') ? company : others).push(
            ...send(noon + minute * MINUTE, { from, who, page: `/${minute}`, items }),
          );
      for (const stranger of strangers(minute)) send(noon + minute * MINUTE, { ...stranger, items });
      expect(memory.size).toBeLessThanOrEqual(1000);
    }
    return { company, others };
  };

  const unnumbered = ({ visitor: _, ...row }: Row) => row;

  /** New strangers in a minute, the `i`-th of all from an address. */
  const flood =
    (count: number, from: (i: number) => string) =>
    (minute: number): Omit<Sent, 'items'>[] =>
      Array.from({ length: count }, (_, i) => {
        const number = minute * count + i;
        return { from: from(number), who: `forged ${number}` };
      });

  it.each([
    ['agents of one address', () => '198.51.100.1'],
    ['agents of all addresses of three ranges', (i: number) => `198.51.${i % 3}.${i % 256}`],
    ['networks of one IPv6 range', (i: number) => `2001:0db8:0001:${i.toString(16).padStart(4, '0')}::/64`],
  ])('of forged %s, people are counted as if there was none', (_what, from) => {
    const flooded = hour(flood(1000, from));
    const { company, others } = hour(() => []);
    // Strangers are numbered, too.
    expect([...flooded.company, ...flooded.others].map(unnumbered)).toEqual([...company, ...others].map(unnumbered));
    const rows = [...flooded.company, ...flooded.others];
    expect([total(rows, 'visits'), total(rows, 'visitors')]).toEqual([200, 200]);
  });

  // A visit is forgotten when 1000 strangers and people came after it: with 250 strangers a minute that is after four
  // minutes, when the visitor views the last of five pages. A company is forgotten when nobody of it came for as long.
  it.each([
    [0, 1, 40],
    [200, 1, 40],
    [250, 2, 41],
    [400, 2, 42],
    [600, 3, 44],
    [1000, 5, 200],
  ])('of %i forged addresses a minute in as many ranges, people are counted %i times', (strangers, times, company) => {
    const rows = hour(flood(strangers, (i) => `11.${i >> 8}.${i & 255}.9`));
    expect([total(rows.others, 'visits'), total(rows.others, 'visitors')]).toEqual([160 * times, 160 * times]);
    expect([total(rows.company, 'visits'), total(rows.company, 'visitors')]).toEqual([company, company]);
    expect(total(rows.others, 'views') + total(rows.company, 'views')).toBe(1000);
  });
});
