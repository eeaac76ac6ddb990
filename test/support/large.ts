import type { Beacon, Item, Properties } from '../../packages/sdk/src/wire.ts';

/** 0 ≤ x < 1 */
type Random = () => number;

/** Bytes of a body that the intake takes. */
const BODY = 64 * 1024;
const PAGE = { s: 'example.com', u: 'https://example.com/' };

/** Letters of three bytes each, with a space among them now and then: nothing that the scrubber takes for a secret. */
export const letters = (count: number, random: Random): string =>
  Array.from({ length: count }, (_, i) =>
    i % 40 === 39 ? ' ' : String.fromCodePoint(0x4e00 + Math.floor(random() * 20_000)),
  ).join('');

const properties = (count: number, random: Random): Properties =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, `${letters(479, random)} `]));

const repeated = (item: Item): Item[] => Array<Item>(100).fill(item);

/** As many of an item as a body has room for. */
const filled = (beacon: Omit<Beacon, 'i'>, make: () => Item): Beacon => {
  const items: Item[] = [];
  for (let bytes = sizeOf({ ...beacon, i: [] }); items.length < 100; ) {
    const item = make();
    bytes += sizeOf(item) + 1;
    if (bytes > BODY) break;
    items.push(item);
  }
  return { ...beacon, i: items };
};

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The largest beacons that the wire allows, one of each kind of item, and what mixes them. */
export const LARGEST: Readonly<Record<string, (random: Random) => Beacon>> = {
  view: (random) => ({ ...PAGE, p: properties(30, random), i: repeated({ k: 'view' }) }),
  'event, properties of the page': (random) => ({
    ...PAGE,
    p: properties(30, random),
    i: repeated({ k: 'event', n: letters(120, random) }),
  }),
  'event, properties of its own': (random) =>
    filled(PAGE, () => ({ k: 'event', n: letters(120, random), p: properties(30, random) })),
  log: (random) => filled(PAGE, () => ({ k: 'log', l: 'error', m: letters(4_096, random), p: properties(3, random) })),
  error: (random) => filled(PAGE, () => ({ k: 'error', m: letters(4_096, random), st: letters(16_384, random) })),
  'error, many': (random) => filled(PAGE, () => ({ k: 'error', m: letters(100, random), st: letters(90, random) })),
  engage: (random) => ({ ...PAGE, p: properties(30, random), i: repeated({ k: 'engage', ms: 1_000, sc: 1 }) }),
  mixed: (random) => ({
    ...PAGE,
    t: letters(300, random),
    p: properties(25, random),
    i: [...repeated({ k: 'view' }).slice(20), ...repeated({ k: 'log', l: 'info', m: letters(60, random) }).slice(80)],
  }),
};
