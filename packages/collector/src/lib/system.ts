import { randomBytes, randomFillSync, randomUUID } from 'node:crypto';

/*
 * The clock and the chance of this machine, for `main` and as what is taken where nothing is passed in. A lint rule keeps
 * all else from asking for them, so that a test can pass its own.
 */

/** Unix milliseconds. */
export const clock = (): number => Date.now();

/** Milliseconds that have passed since some moment: no change of the clock changes them. */
export const elapsed = (): number => performance.now();

/** 0 ≤ x < 1, not for secrets. */
export const chance = (): number => Math.random();

/** For secrets: nobody can guess them. */
export const secretBytes = (count: number): Buffer => randomBytes(count);

/** Fills a buffer with what nobody can guess. */
export const fillRandomly = (bytes: NodeJS.ArrayBufferView): void => void randomFillSync(bytes);

/** An id in hex, twice as long as its bytes. */
export const randomId = (bytes = 6): string => randomBytes(bytes).toString('hex');

/** An id as a UUID. */
export const randomUuid = (): string => randomUUID();
