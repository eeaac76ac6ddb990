import type { Options } from './options.ts';

/** Options of `init` as a tag says them: what is not set is not there, and a list of kinds is a text. */
export const asInTag = <Given extends Options>(options: Given): Given =>
  Object.fromEntries(
    Object.entries({ ...options, auto: options.auto && `${options.auto}` }).filter(
      ([, value]) => value != null && value !== false,
    ),
  ) as Given;
