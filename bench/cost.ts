/**
 * `npm run bench:cost -- --seconds 60 --seed 7`: looks for the request that takes most processor time. Draws agents, headers,
 * addresses and items out of the pieces that patterns stumble over, mixes and repeats them, goes on from the dearest that it
 * has found, and prints those, beside an ordinary request in the same run.
 */
import { parseArgs } from 'node:util';
import { BODY, GOOD, HEADERS, pumped, type Sent, strict, take } from '../test/hostile/cost.ts';
import { AGENT_PUMPS, TEXT_PUMPS } from '../test/hostile/pumps.ts';
import { createRandom } from '../test/support/clock.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '7' } },
});
const END = Date.now() + Number(values.seconds) * 1000;
const WARM_UP = 300;
const TRIES = 5;
const SHOWN = 8;
/** The bar: milliseconds that one request may take. */
const MOST_MS = 5;

const random = createRandom(Number(values.seed));
const below = (count: number): number => Math.floor(random() * count);
const oneOf = <T>(list: readonly [T, ...T[]] | readonly T[]): T => list[below(list.length)] as T;
const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const SIGNS = [
  '\u0301',
  '测',
  '＠',
  'ﷺ',
  '𝐣',
  '\u200b',
  '٢',
  '。',
  '%25',
  '%40',
  '&amp;',
  '\\u0040',
  '\u202e',
  '"',
  '\\',
];

const piece = (pumps: readonly string[]): string => {
  const kind = below(5);
  if (kind === 0) return oneOf(SIGNS);
  if (kind === 1) return Array.from({ length: 1 + below(6) }, () => oneOf([...LETTERS])).join('');
  return oneOf(pumps);
};

/** Pieces one after the other, repeated, mixed with what differs at each time. */
const text = (length: number, pumps: readonly string[] = TEXT_PUMPS): string => {
  let made = '';
  for (let i = 1 + below(4); i > 0; i--) {
    const [one, other, times] = [piece(pumps), piece(pumps), oneOf([1, 2, 5, 40, length])];
    const differing = below(3) === 0;
    for (let n = 0; n < times && made.length < length; n++)
      made += one + (differing ? `${LETTERS[n % 26]}${LETTERS[below(26)]}` : other);
  }
  return pumped(made, length, oneOf(['', '!', '@', ' ', '=']));
};

/** As much as fits into a body. */
const fitting = (make: (length: number) => object): object => {
  for (let length = 60_000; ; length = Math.floor(length / 2)) {
    const body = { ...GOOD, ...make(length) };
    if (Buffer.byteLength(JSON.stringify(body)) <= BODY) return body;
  }
};

const KINDS: readonly (() => Sent)[] = [
  () => ({ headers: { 'user-agent': `Mozilla/5.0 ${text(oneOf([100, 300, 1012]), AGENT_PUMPS)}` } }),
  () => ({
    headers: {
      [oneOf(['x-forwarded-for', 'accept-language', 'sec-purpose', 'sec-ch-ua', 'sec-ch-ua-platform'])]: text(
        HEADERS,
      ).replace(/[^\0-\xff]/g, ''),
    },
  }),
  () => ({
    body: fitting((length) => ({
      i: Array.from({ length: 3 }, () => ({
        k: 'error',
        m: text(Math.min(length / 6, 4300)),
        st: text(Math.min(length / 3, 16_600)),
      })),
    })),
  }),
  () => ({
    body: fitting((length) => ({
      i: Array.from({ length: 15 }, () => ({ k: 'log', l: 'info', m: text(Math.min(length / 15, 4300)) })),
    })),
  }),
  () => ({
    body: fitting((length) => ({
      i: Array.from({ length: 4 }, () => ({
        k: 'event',
        n: text(400),
        p: Object.fromEntries(
          Array.from({ length: 30 }, (_, i) => [`${i}${text(60).slice(0, 60)}`, text(Math.min(length / 120, 760))]),
        ),
      })),
    })),
  }),
  () => ({
    body: fitting((length) => ({
      i: Array.from({ length: 100 }, () => ({ k: 'error', m: '', st: text(Math.min(length / 100, 600)) })),
    })),
  }),
  () => ({
    body: { ...GOOD, u: `https://example.com/${encodeURI(text(600).toWellFormed()).slice(0, 4000)}` },
    to: strict,
  }),
  () => ({
    body: {
      ...GOOD,
      u: `https://example.com/?utm_campaign=${encodeURIComponent(text(900).toWellFormed()).slice(0, 4000)}`,
    },
  }),
  () => ({ body: { ...GOOD, r: `https://${encodeURI(text(600).toWellFormed()).slice(0, 4000)}` } }),
  () => ({ body: { ...GOOD, t: text(556), rel: text(320), p: text(60_000 / 6) } }),
  () => ({
    body: oneOf(['[', '{"a":', '"', '[1,', '{"a":1,'])
      .repeat(oneOf([1000, 9000]))
      .slice(0, BODY),
  }),
];

/** The least of a few tries: what else the machine does is not in it. */
const costOf = (sent: Sent): number => {
  let least = take(sent).ms;
  for (let i = 1; i < TRIES && least > MOST_MS / 4; i++) least = Math.min(least, take(sent).ms);
  return least;
};

const usual = { body: GOOD };
for (let i = 0; i < WARM_UP; i++) take(usual);

const worst: { ms: number; kind: number; sent: Sent }[] = [];
let asked = 0;
while (Date.now() < END) {
  const kind = below(KINDS.length);
  const sent = (KINDS[kind] as () => Sent)();
  asked++;
  worst.push({ ms: costOf(sent), kind, sent });
  worst.sort((a, b) => b.ms - a.ms);
  worst.length = Math.min(worst.length, SHOWN);
}
print(`${asked} requests; an ordinary one ${costOf(usual).toFixed(2)} ms`);
for (const { ms, kind, sent } of worst)
  print(`${ms.toFixed(2)} ms  #${kind}  ${JSON.stringify(sent.headers ?? sent.body).slice(0, 300)}`);
print((worst[0]?.ms ?? 0) <= MOST_MS ? `held: at most ${MOST_MS} ms` : `broken: more than ${MOST_MS} ms`);
process.exitCode = (worst[0]?.ms ?? 0) <= MOST_MS ? 0 : 1;
