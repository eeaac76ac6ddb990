import fc from 'fast-check';
import { NASTY_TEXTS, NASTY_VALUES } from './nasties.ts';

const text = fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string({ unit: 'binary', maxLength: 200 }));
const value = fc.oneof({ weight: 2, arbitrary: text }, fc.constantFrom(...NASTY_VALUES), fc.jsonValue());
const or = <T>(...right: T[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...right) }, value);
const properties = fc.oneof(fc.dictionary(text, fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null))), value);
const item = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record(
      {
        k: or('view', 'event', 'engage', 'log', 'error'),
        a: fc.oneof(fc.nat(700_000), value),
        n: fc.oneof(text, value),
        p: properties,
        ms: fc.oneof(fc.nat(100_000), fc.double(), value),
        sc: fc.oneof(fc.nat(100), value),
        l: or('info', 'fatal'),
        m: fc.oneof(text, value),
        st: fc.oneof(text, value),
      },
      { requiredKeys: ['k'] },
    ),
  },
  value,
);
/** Near the right shape: every part is right, or anything. */
export const nearBeacon = fc.record(
  {
    v: or(1),
    b: fc.oneof(fc.stringMatching(/^[\w-]{8,64}$/), value),
    s: or('example.com'),
    u: fc.oneof({ weight: 4, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) }, text, value),
    t: fc.oneof(text, value),
    r: fc.oneof(fc.webUrl(), text, value),
    w: or('s', 'xl'),
    rel: fc.oneof(text, value),
    i: fc.oneof({ weight: 9, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) }, value),
  },
  { requiredKeys: ['s', 'u', 'i'] },
);
/** Only what is optional is anything at times: most of these are accepted. */
export const likelyBeacon = fc.record(
  {
    s: fc.constant('example.com'),
    u: fc.webUrl({ withQueryParameters: true, withFragments: true }),
    t: text,
    r: text,
    rel: text,
    i: fc.array(
      fc.oneof(
        fc.record({ k: fc.constant('view'), a: fc.nat(700_000) }, { requiredKeys: ['k'] }),
        fc.record({ k: fc.constant('event'), n: fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }) }),
        fc.record({ k: fc.constant('engage'), ms: fc.nat(86_400_000), sc: fc.nat(100) }),
        fc.record({
          k: fc.constant('log'),
          l: fc.constant('info'),
          m: text,
          p: fc.dictionary(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), text, { maxKeys: 5 }),
        }),
        fc.record({ k: fc.constant('error'), m: text, st: text }),
      ),
      { minLength: 1, maxLength: 10 },
    ),
  },
  { requiredKeys: ['s', 'u', 'i'] },
);
