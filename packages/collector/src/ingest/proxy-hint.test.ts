import { expect, test } from 'vitest';
import type { ProxyFault } from '../lib/proxy-fault.ts';
import { ProxyHint } from './proxy-hint.ts';

const HOUR = 3_600_000;

/** So many beacons, so many milliseconds apart. */
type Beacons = readonly [count: number, fault: ProxyFault | null, apartMs?: number];

/** What is told after beacons, and after some quiet. */
const told = (beacons: readonly Beacons[], quietMs = 0): ProxyFault[] => {
  let now = 1_000;
  const hint = new ProxyHint(now);
  for (const [count, fault, apartMs = 1000] of beacons)
    for (let sent = 0; sent < count; sent++) {
      now += apartMs;
      hint.note(fault, now);
    }
  return hint.faults(now + quietMs);
};

test.each<[string, readonly Beacons[], number, ProxyFault[]]>([
  ['nothing has come', [], 0, []],
  ['four are too few', [[4, 'private_clients']], 0, []],
  ['five are enough', [[5, 'private_clients']], 0, ['private_clients']],
  [
    'one direct beacon does not silence it',
    [
      [5, 'private_clients'],
      [1, null],
    ],
    0,
    ['private_clients'],
  ],
  [
    'nor does one before',
    [
      [1, null],
      [50, 'unnamed_proxy'],
    ],
    0,
    ['unnamed_proxy'],
  ],
  [
    'nor one now and then',
    Array.from(
      { length: 50 },
      () =>
        [
          [9, 'unnamed_proxy'],
          [1, null],
        ] as Beacons[],
    ).flat(),
    0,
    ['unnamed_proxy'],
  ],
  [
    'a third of all is too many',
    [
      [100, null],
      [50, 'unnamed_proxy'],
    ],
    0,
    ['unnamed_proxy'],
  ],
  [
    'a few visitors with proxies of their own are none',
    [
      [900, null],
      [99, 'unnamed_proxy'],
    ],
    0,
    [],
  ],
  [
    'two things at once',
    [
      [50, 'unnamed_proxy'],
      [50, 'no_client_address'],
    ],
    0,
    ['unnamed_proxy', 'no_client_address'],
  ],
  [
    'a million right ones before do not hide it',
    [
      [100_000, null],
      [2000, 'unnamed_proxy', 10],
    ],
    0,
    ['unnamed_proxy'],
  ],
  [
    'what was mended is not told on',
    [
      [100_000, 'unnamed_proxy', 10],
      [3000, null, 10],
    ],
    0,
    [],
  ],
  ['a quiet site is told, too', [[100, 'no_client_address', HOUR]], 0, ['no_client_address']],
  ['and for some hours after its last beacon', [[100, 'no_client_address', HOUR]], 3 * HOUR, ['no_client_address']],
  ['but not days later', [[100, 'no_client_address', HOUR]], 48 * HOUR, []],
  ['nor after a year', [[100_000, 'no_client_address', 1]], 365 * 24 * HOUR, []],
  ['nor if the clock was set back', [[10, 'no_client_address']], -HOUR, ['no_client_address']],
])('%s', (_what, beacons, quietMs, faults) => {
  expect(told(beacons, quietMs)).toEqual(faults);
});
