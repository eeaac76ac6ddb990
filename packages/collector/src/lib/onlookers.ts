import { elapsed as systemElapsed } from './system.ts';

/** So long after a look there is somebody who looks, in milliseconds: a page that is open asks more often. */
const LOOK_MS = 60_000;

/** Knows whether somebody looks. */
export interface Onlookers {
  /** Whether somebody does, or did a moment ago. */
  areThere(): boolean;
  /**
   * Somebody looks.
   * @returns what is to be waited for, if what was begun for the first one since a while is under way still
   */
  look(): Promise<void> | undefined;
}

/**
 * Nobody looks yet.
 * @param begin what is done when somebody looks after a while in which nobody did
 * @param elapsed milliseconds, however the clock is set
 */
export const createOnlookers = (begin: () => Promise<void>, elapsed = systemElapsed): Onlookers => {
  let until = Number.NEGATIVE_INFINITY;
  let beginning: Promise<void> | undefined;
  const areThere = (): boolean => elapsed() < until;
  return {
    areThere,
    look() {
      const isFirst = !areThere();
      until = elapsed() + LOOK_MS;
      if (isFirst)
        beginning ??= begin().finally(() => {
          beginning = undefined;
        });
      return beginning;
    },
  };
};
