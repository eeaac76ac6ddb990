import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evictable, FairEviction } from './fair-eviction.ts';
import type { Undo } from './undo.ts';

class One implements Evictable<One> {
  weight: number;
  range: Evictable<One>['range'] = null;
  older: One | null = null;
  younger: One | null = null;
  readonly name: string;

  constructor(name: string, weight: number) {
    this.name = name;
    this.weight = weight;
  }
}

/** Adds members of a range, in turn. */
const add = (share: FairEviction<One>, label: number, names: string, weight = 1): One[] =>
  [...names].map((name) => {
    const one = new One(name, weight);
    share.add(one, label);
    return one;
  });

/** Names in the order in which they would be forgotten, the first ones only. */
const order = (share: FairEviction<One>, most = 1000): string => {
  const undo: Undo[] = [];
  let names = '';
  for (let i = 0; i < most && share.first !== null; i++) {
    names += share.first.name;
    undo.push(share.remove(share.first));
  }
  for (const back of undo.reverse()) back();
  return names;
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

describe('FairEviction', () => {
  it('forgets the oldest while no range takes much', () => {
    const share = new FairEviction<One>();
    for (const [index, name] of ['a', 'b', 'c'].entries()) add(share, index, name);
    expect(order(share)).toBe('abc');
  });

  it('forgets the oldest of the range in which nothing was added for longest', () => {
    const share = new FairEviction<One>();
    add(share, 1, 'abc');
    add(share, 2, 'xyz');
    add(share, 1, 'd');
    expect(order(share)).toBe('xyzabcd');
  });

  it('forgets first out of the range that takes most, until it takes no more than others', () => {
    const share = new FairEviction<One>();
    const flood = LETTERS.repeat(6);
    add(share, 1, 'A');
    add(share, 2, flood);
    add(share, 3, 'B');
    // 156 units are two steps more than the others take; 63 are as few as 1.
    expect(order(share)).toBe(`${flood.slice(0, 156 - 63)}AB${flood.slice(156 - 63)}`);
  });

  it('counts weight, not heads', () => {
    const share = new FairEviction<One>();
    add(share, 1, 'abcde');
    add(share, 2, 'xy', 50);
    expect(share.weight).toBe(105);
    expect(order(share, 1)).toBe('x');
  });

  it('follows a weight that changes', () => {
    const share = new FairEviction<One>();
    const [a] = add(share, 1, 'a');
    const [b] = add(share, 2, 'b');
    if (a === undefined || b === undefined) throw new Error('nobody');
    share.weigh(b, 80);
    expect([share.weight, order(share)]).toEqual([81, 'ba']);
    share.weigh(b, 1);
    expect([share.weight, order(share)]).toEqual([2, 'ab']);
  });

  it('can undo also when others have left in the meantime', () => {
    const share = new FairEviction<One>();
    const [a, b, c] = add(share, 1, 'abc');
    const [d] = add(share, 2, 'd');
    const [e] = add(share, 3, 'e');
    if (!a || !b || !c || !d || !e) throw new Error('nobody');
    const undo = [share.remove(b), share.add(new One('f', 1), 2), share.remove(e)];
    for (const one of [a, d]) share.remove(one);
    for (const back of undo.reverse()) back();
    expect([share.weight, [...order(share)].sort().join('')]).toEqual([3, 'bce']);
  });

  const change = fc.record({
    kind: fc.constantFrom('add', 'remove', 'weigh'),
    who: fc.nat(9),
    label: fc.nat(3),
    weight: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 60, max: 200 })),
  });

  it('can undo any changes, the latest first', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 30, size: 'max' }),
        fc.array(change, { maxLength: 30, size: 'max' }),
        (kept, undone) => {
          const share = new FairEviction<One>();
          const all = Array.from({ length: 10 }, (_, i) => new One(String(i), 1));
          const apply = ({
            kind,
            who,
            label,
            weight,
          }: {
            kind: string;
            who: number;
            label: number;
            weight: number;
          }) => {
            const one = all[who] as One;
            if (kind === 'weigh') return share.weigh(one, weight);
            if (kind === 'remove') return share.remove(one);
            return one.range === null ? share.add(one, label) : () => {};
          };
          for (const each of kept) apply(each);
          const before = { order: order(share), weight: share.weight };
          for (const undo of undone.map(apply).reverse()) undo();
          expect({ order: order(share), weight: share.weight }).toEqual(before);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
