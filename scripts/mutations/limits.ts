import { type Mutation, mutationsOf } from './mutation.ts';

export const LIMITS: readonly Mutation[] = [
  ...mutationsOf(
    'api/token-rate-limit.ts',
    ['api/token-rate-limit.test.ts'],
    [
      ['a request less', 'count > this.#most', 'count >= this.#most'],
      ['a clock that is set back shuts everybody out', ' || this.#until - now > WINDOW_S * 1000', ''],
      ['a minute never ends', 'this.#counts.clear();', ''],
    ],
  ),
  ...mutationsOf(
    'ingest/limits/rate-limit.ts',
    ['ingest/limits/rate-limit.test.ts'],
    [
      ['one client shuts out its neighbours', 'this.#most * times', 'this.#most'],
      ['a clock that is set back shuts everybody out', ' && this.#until - now <= WINDOW_MS', ''],
      ['a unit more', 'sketch.count(hash) >= this', 'sketch.count(hash) > this'],
      [
        'a large beacon is charged as a small one',
        'this.#raise(this.#hashesOf(network), units)',
        'this.#raise(this.#hashesOf(network), 1)',
      ],
    ],
  ),
  ...mutationsOf(
    'ingest/limits/value-cardinality.ts',
    ['ingest/limits/value-cardinality.test.ts'],
    [
      ['a value more', '>= this.#limits[kind]', '> this.#limits[kind]'],
      ['one site takes the room of the others', 'known.size < together / this.#sites', 'true'],
      ['one site has no room because of the others', ' || known.size < together / this.#sites', ''],
      ['what is known is folded', 'if (values.known.has(hash)) return value;', ''],
    ],
  ),
  ...mutationsOf(
    'ingest/limits/site-days.ts',
    ['ingest/limits/site-days.test.ts'],
    [['a day goes on', 'at < known.until) return', 'true) return']],
  ),
];
