import { createHash, createHmac } from 'node:crypto';

/** What is searched for: each text, and what it is. */
export type Needles = Map<string, string>;

/** Something that must not be there is there. */
export interface Finding {
  readonly where: string;
  readonly what: string;
  /** The text around it. */
  readonly near: string;
}

/** Shorter forms are found by chance. */
const SHORTEST = 8;
/** A hash is known by this much of its beginning. */
const HASH_CHARACTERS = 12;

/** A secret as it is, in lower case, and as hex, base64 (wherever it stands in what was encoded) and base64url. */
export const formsOf = (secret: string | Buffer, name: string): Needles => {
  const bytes = Buffer.from(secret);
  const needles: Needles = new Map([
    [bytes.toString('latin1'), name],
    [bytes.toString('latin1').toLowerCase(), `${name}, lower case`],
    [bytes.toString('hex'), `${name}, hex`],
    [bytes.toString('hex').toUpperCase(), `${name}, hex`],
  ]);
  for (const offset of [0, 1, 2]) {
    for (const encoding of ['base64', 'base64url'] as const)
      needles.set(insideBase64(bytes, offset, encoding), `${name}, ${encoding}`);
  }
  return needles;
};

/** The characters that encode nothing but the secret, when so many bytes stand before it. */
const insideBase64 = (secret: Buffer, offset: number, encoding: 'base64' | 'base64url'): string =>
  Buffer.concat([Buffer.alloc(offset), secret])
    .toString(encoding)
    .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + secret.length) * 8) / 6));

const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha512'];

/** A text's plain hashes, and those by sha256 with each of the keys. */
export const hashesOf = (text: string, keys: readonly Buffer[]): Needles => {
  const digests = [
    ...ALGORITHMS.map((algorithm) => ({ by: algorithm, digest: createHash(algorithm).update(text).digest() })),
    ...keys.map((key) => ({ by: 'the key', digest: createHmac('sha256', key).update(text).digest() })),
  ];
  return new Map(
    digests.flatMap(({ by, digest }) => formsOfHash(digest).map((form) => [form, `${text} hashed by ${by}`] as const)),
  );
};

/** As bytes, hex, base64, base64url, and as a number of 64 bits. */
const formsOfHash = (digest: Buffer): string[] => [
  digest.toString('latin1').slice(0, HASH_CHARACTERS),
  digest.toString('hex').slice(0, HASH_CHARACTERS),
  digest.toString('hex').toUpperCase().slice(0, HASH_CHARACTERS),
  digest.toString('base64').slice(0, HASH_CHARACTERS),
  digest.toString('base64url').slice(0, HASH_CHARACTERS),
  digest.readBigUInt64BE().toString(),
  digest.readBigUInt64LE().toString(),
];

/** Puts lists of needles together. */
export const allOf = (lists: Iterable<Needles>): Needles => {
  const all: Needles = new Map();
  for (const list of lists) for (const [text, what] of list) if (text.length >= SHORTEST) all.set(text, what);
  return all;
};

/**
 * Makes a function that finds every needle in a text or in bytes, in one pass however many there are: at each position
 * the first eight characters are looked up, and only if some needle begins with them is the whole compared.
 */
export const createSearch = (needles: Needles): ((where: string, content: string | Buffer) => Finding[]) => {
  const byHead = new Map<string, string[]>();
  const starts = new Uint8Array(2 ** 16);
  for (const needle of needles.keys()) {
    const head = needle.slice(0, SHORTEST);
    byHead.set(head, [...(byHead.get(head) ?? []), needle]);
    starts[pair(needle, 0)] = 1;
  }
  return (where, content) => {
    const text = Buffer.from(content).toString('latin1');
    const findings: Finding[] = [];
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      if (starts[pair(text, at)] === 0) continue;
      const found = byHead.get(text.slice(at, at + SHORTEST))?.find((needle) => text.startsWith(needle, at));
      if (found === undefined) continue;
      findings.push({ where, what: needles.get(found) ?? '', near: text.slice(Math.max(0, at - 60), at + 100) });
      at += found.length - 1;
    }
    return findings;
  };
};

const pair = (text: string, at: number): number => (text.charCodeAt(at) << 8) | text.charCodeAt(at + 1);
