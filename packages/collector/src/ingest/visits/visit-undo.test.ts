import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../store/row.ts';
import type { Hit } from '../beacon.ts';
import { engage, event, HOUR, MINUTE, type Sent, startVisits, t, view } from './testing.ts';

const noon = t('2026-03-10T12:00:00');
/** In Berlin. */
const beforeMidnight = t('2026-03-10T22:55:00');

/** A beacon some minutes after the one before. */
interface Step {
  readonly minutes: number;
  readonly sent: Omit<Sent, 'items'>;
  /** Kinds of its items and their ages in minutes. */
  readonly items: readonly (readonly [kind: 'view' | 'signup' | 'buy' | 'engage', age: number])[];
}

/** Beacons and when they arrive, that are all undone, the latest first, or all kept. */
interface Batch {
  readonly undone: boolean;
  readonly beacons: readonly (readonly [at: number, sent: Sent])[];
}

const step: fc.Arbitrary<Step> = fc.record({
  // Mostly within a visit; else after it, over midnight and over days.
  minutes: fc.oneof({ weight: 8, arbitrary: fc.nat(5) }, fc.nat(40), fc.constant(300), fc.constant(20 * 60)),
  sent: fc.record({
    from: fc.constantFrom('192.0.2.1', '192.0.2.2', '198.51.100.1'),
    who: fc.constantFrom('ann', 'bob'),
    // The long one weighs several browsers.
    page: fc.constantFrom('/', '/a', '/b', `/${'long'.repeat(200)}`),
    source: fc.constantFrom('Direct', 'Google'),
  }),
  items: fc.array(fc.tuple(fc.constantFrom('view', 'signup', 'buy', 'engage'), fc.nat(9)), {
    minLength: 1,
    maxLength: 4,
  }),
});
const hit = (kind: Step['items'][number][0], at: number): Hit =>
  kind === 'view' ? view(at) : kind === 'engage' ? engage(at) : event(at, kind);

const batches: fc.Arbitrary<Batch[]> = fc
  .array(fc.record({ undone: fc.boolean(), steps: fc.array(step, { maxLength: 6, size: 'max' }) }), {
    maxLength: 16,
    size: 'max',
  })
  .chain((drawn) => fc.constantFrom(noon, beforeMidnight).map((from) => ({ drawn, from })))
  .map(({ drawn, from }) => {
    let at = from;
    return drawn.map(({ undone, steps }) => ({
      undone,
      beacons: steps.map(({ minutes, sent, items }) => {
        at += minutes * MINUTE;
        return [at, { ...sent, items: items.map(([kind, age]) => hit(kind, at - age * MINUTE)) }] as const;
      }),
    }));
  });

/** @returns the rows of what was kept */
const replay = (list: readonly Batch[], most: number): Row[] => {
  const { sendUndoably } = startVisits(most);
  return list.flatMap(({ undone, beacons }) => {
    const visited = beacons.map(([at, sent]) => sendUndoably(at, sent));
    if (!undone) return visited.flatMap(({ rows }) => rows);
    for (const { undo } of visited.reverse()) undo();
    return [];
  });
};

describe('a beacon that is undone', () => {
  it('is counted whole when it is sent again', () => {
    const { send, sendUndoably, memory } = startVisits();
    const sent: Sent = { items: [view(noon), event(noon), engage(noon)] };
    const first = sendUndoably(noon, sent);
    first.undo();
    expect(memory.size).toBe(0);
    const again = send(noon + 1000, sent);
    expect(again).toEqual(first.rows);
    expect(again[0]).toMatchObject({ visits: 1, visitors: 1, bounces: 1, page_visitors: 1, step: 1 });
  });

  it('makes room again for the browser that was forgotten for it', () => {
    const { send, sendUndoably } = startVisits(1);
    send(noon, { who: 'ann', items: [view(noon)] });
    sendUndoably(noon, { who: 'bob', items: [view(noon)] }).undo();
    expect(send(noon, { who: 'ann', items: [view(noon)] })[0]).toMatchObject({ visits: 0, visitors: 0, step: 2 });
  });

  it('leaves no trace when it was swept in the meantime, or what it followed', () => {
    const { send, sendUndoably, memory } = startVisits(3);
    for (const who of ['ann', 'bob']) send(noon, { who, items: [view(noon)] });
    const old = sendUndoably(noon, { who: 'cyd', items: [view(noon)] });
    const later = noon + 20 * HOUR;
    const young = sendUndoably(later, { who: 'ann', items: [view(later)] });
    memory.sweep(later);
    expect(memory.size).toBe(1);
    young.undo();
    old.undo();
    memory.sweep(later + MINUTE);
    expect(memory.size).toBe(0);
  });

  it.each([
    ['ample', 100],
    ['full', 3],
  ])('changes nothing that comes after it, in a memory that is %s', (_how, most) => {
    fc.assert(
      fc.property(batches, (list) => {
        const kept = list.filter(({ undone }) => !undone);
        expect(replay(list, most)).toEqual(replay(kept, most));
      }),
      { numRuns: 300 },
    );
  });
});
