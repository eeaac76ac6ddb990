import type { Options } from './options.ts';

/** How it was set up; `auto` is always there. */
export let options: Options & { auto: NonNullable<Options['auto']> };

/** From a start to its end; none: nothing may be reported. */
export let life: AbortController | undefined;

/** Begins. */
export const setUp = (given: Options): void => {
  options = { ...given, auto: given.auto ?? ['outbound', 'downloads', 'forms'] };
  life = new AbortController();
};

/** Ends all that listens and sends. */
export const end = (): void => {
  life?.abort();
  life = undefined;
};
