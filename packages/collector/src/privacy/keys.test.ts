import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BrowserKey } from './browser-key.ts';
import { VisitorKeys } from './keys.ts';

const DAY = 86_400_000;
const noon = Date.parse('2026-03-10T12:00:00Z');

/** Draws 1, 2, 3 … instead of chance, and shows what became of every key. */
const numbered = () => {
  const buffers: Buffer[] = [];
  let drawn = 0;
  const fill = (bytes: Buffer): void => {
    bytes.fill(++drawn);
    buffers.push(bytes);
  };
  return { fill, buffers, drawn: () => drawn };
};

const names = (keys: VisitorKeys, now: number, agent = 'agent') => {
  const { current, previous } = BrowserKey.names(keys.browserKey('site', '192.0.2.1', agent, now));
  return { current, previous: previous() };
};

describe('VisitorKeys', () => {
  it('names a browser the same all day, and has no earlier key at first', () => {
    const keys = new VisitorKeys(noon);
    expect(names(keys, noon)).toEqual(names(keys, noon + 11 * 3_600_000));
    expect(names(keys, noon).previous).toBeNull();
  });

  it('knows a browser by the key of the day before for one day more, then never again', () => {
    const keys = new VisitorKeys(noon);
    const first = names(keys, noon).current;
    expect(names(keys, noon + DAY).previous).toBe(first);
    expect(names(keys, noon + DAY).current).not.toBe(first);
    expect(Object.values(names(keys, noon + 2 * DAY))).not.toContain(first);
  });

  it('keeps no key over a gap of more than a day', () => {
    const keys = new VisitorKeys(noon);
    names(keys, noon);
    expect(names(keys, noon + 3 * DAY).previous).toBeNull();
  });

  it('overwrites: no buffer holds a key that is two days old, nor any key at the end', () => {
    const { fill, buffers, drawn } = numbered();
    const keys = new VisitorKeys(noon, fill);
    keys.rotate(noon + DAY);
    keys.rotate(noon + 2 * DAY);
    expect(drawn()).toBe(3);
    expect(buffers.some((buffer) => buffer.includes(1))).toBe(false);
    keys.destroy();
    expect(buffers.every((buffer) => buffer.every((byte) => byte === 0))).toBe(true);
  });

  it('does not draw again when the clock goes back', () => {
    const { fill, drawn } = numbered();
    const keys = new VisitorKeys(noon, fill);
    keys.rotate(noon - 5 * DAY);
    expect(drawn()).toBe(1);
  });

  it.each([
    ['site', ['a', 'b:c', 'd'], ['a', 'b', 'c:d']],
    ['lengths', ['ab', 'c', 'd'], ['a', 'bc', 'd']],
  ] as const)('keeps the parts of the message apart: %s', (_what, a, b) => {
    const keys = new VisitorKeys(noon);
    const name = ([site, network, agent]: readonly [string, string, string]) =>
      BrowserKey.names(keys.browserKey(site, network, agent, noon)).current;
    expect(name(a)).not.toBe(name(b));
  });

  it('gives nothing away when written', () => {
    const key = new VisitorKeys(noon).browserKey('site', '192.0.2.1', 'agent', noon);
    const kept = [BrowserKey.names(key).current, String(BrowserKey.range(key))];
    for (const written of [`${key}`, JSON.stringify({ key }), inspect(key, { depth: 9, showHidden: true })])
      for (const secret of kept) expect(written).not.toContain(secret);
  });

  describe('labels of address ranges', () => {
    const label = (keys: VisitorKeys, network: string, now = noon, [site, agent] = ['site', 'agent']): number =>
      BrowserKey.range(keys.browserKey(site ?? '', network, agent ?? '', now));

    it('are the same for every browser of a range, and tell nothing else of an address', () => {
      const keys = new VisitorKeys(noon);
      const one = label(keys, '192.0.2.1');
      expect(label(keys, '192.0.2.254', noon, ['other site', 'other agent'])).toBe(one);
      expect(label(keys, '192.0.3.1')).not.toBe(one);
      expect(label(keys, '2001:0db8:0001:0002::/64')).toBe(label(keys, '2001:0db8:0001:0003::/64'));
      expect(one).toBe(one | 0);
    });

    it('are others every day, and in every process', () => {
      const keys = new VisitorKeys(noon);
      const labels = [0, 1, 2, 3].map((day) => label(keys, '192.0.2.1', noon + day * DAY));
      expect(new Set([...labels, label(new VisitorKeys(noon), '192.0.2.1')]).size).toBe(5);
    });

    it('come from the key of the day, and at the end from none', () => {
      const [one, two] = [new VisitorKeys(noon, numbered().fill), new VisitorKeys(noon, numbered().fill)];
      expect(label(one, '192.0.2.1')).toBe(label(two, '192.0.2.1'));
      const before = label(one, '192.0.2.1');
      one.destroy();
      expect(label(one, '192.0.2.1')).not.toBe(before);
    });
  });
});
