/**
 * `unreadable`: a value is not written as its type wants it; rows are read before any is stored, so none was. `refused`:
 * the call is wrong in another way. Both would fail again. `unknown`: anything else, also a success of which the answer
 * was lost; the same call may be made again.
 */
export type FailedOutcome = 'unreadable' | 'refused' | 'unknown';

/** A piece of a table that is there and cannot be read. Empty: its name is not known. */
export interface DamagedPart {
  readonly table: string;
  readonly part: string;
}

/** ClickHouse did not do what was asked, or did not say so. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly outcome: FailedOutcome;
  /** ClickHouse's code, as 62 for a syntax error; null: no answer came. */
  readonly code: number | null;
  /** What was read is damaged: asking again does not help; null: it is not about that. */
  readonly damage: DamagedPart | null;
  /** Private, so that no logger prints it by itself. */
  readonly #detail: string;

  constructor(
    message: string,
    outcome: FailedOutcome,
    code: number | null,
    detail: string,
    damage: DamagedPart | null = null,
  ) {
    super(message);
    this.outcome = outcome;
    this.code = code;
    this.damage = damage;
    this.#detail = detail;
  }

  /** ClickHouse's own words. They may quote what was to be stored: for a debugger, never for a log. */
  get detail(): string {
    return this.#detail;
  }
}

/**
 * Codes that say that a call is wrong in itself
 * (https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp).
 */
const UNREADABLE = new Set([6, 25, 26, 27, 33, 38, 41, 72, 117, 130, 131, 349, 691]);
const WRONG = new Set([8, 16, 20, 36, 42, 43, 44, 46, 47, 50, 53, 57, 62, 63, 70, 179, 183, 184, 215, 386, 456, 457]);

/** … that a call asks for too much at once, memory or time: less of it may pass. Some tables may have it all the same. */
const HEAVY = new Set([158, 159, 160, 173, 191, 241, 307, 394, 396]);
/** … that ClickHouse takes nothing from anybody now: no room, no right, no table, no quorum, too much to do. */
const AWAY = new Set([
  60, 74, 75, 76, 81, 164, 192, 193, 194, 195, 201, 202, 203, 209, 210, 225, 236, 242, 243, 252, 279, 285, 286, 319,
  341, 439, 497, 499, 516, 700, 999,
]);

/** True if a smaller batch may pass where this one did not. */
export const isTooHeavy = ({ code }: StoreError): boolean => code !== null && HEAVY.has(code);

/** True if no other batch would have passed either, as far as the answer says. */
export const isAway = ({ code }: StoreError): boolean => code === null || AWAY.has(code);

/** What is known after ClickHouse answered with this code. */
export const outcomeOf = (code: number): FailedOutcome =>
  UNREADABLE.has(code) ? 'unreadable' : WRONG.has(code) ? 'refused' : 'unknown';

/** Checksums, compressed blocks and the files of a part, whoever meets them. */
const DAMAGED = new Set([39, 40, 89, 226, 227, 228, 246, 271, 432]);
/** What a file that ends too early or says nonsense leads to: damage if it was a part that was read. */
const DAMAGED_IN_PART = new Set([32, 33, 74, 107, 117, 128, 131]);
/** A block is a megabyte at most: a head that wants a hundred of them is none, and ends in too little memory (241). */
const WILD_BLOCK = /chunk of (?:\d{3,}\.\d+ MiB|[\d.]+ GiB)\b.*While reading or decompressing/;
const OF_A_PART = /\/(\w+_\d+_\d+_\d+(?:_\d+)?)\/|(?:reading|loading) (?:from )?part (\w+)/;
const OF_A_TABLE = /in table (?:\w+\.)?(\w+) /;

/**
 * What is damaged, by the answer to a statement that reads.
 * @param detail ClickHouse's words, of which nothing but names of a table and a part are taken
 */
export const damageOf = (code: number, detail: string): DamagedPart | null => {
  const [, fromPath, fromWords] = OF_A_PART.exec(detail) ?? [];
  const part = fromPath ?? fromWords ?? '';
  const isDamage =
    DAMAGED.has(code) || (part !== '' && (DAMAGED_IN_PART.has(code) || (code === 241 && WILD_BLOCK.test(detail))));
  if (!isDamage) return null;
  return { table: OF_A_TABLE.exec(detail)?.[1] ?? '', part };
};
