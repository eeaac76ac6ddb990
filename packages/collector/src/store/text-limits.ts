import { LONGEST_HOST } from '../lib/domain-lookup.ts';

/**
 * How long texts are kept, in UTF-16 units. What comes in is cut to these after it was scrubbed, and what can be asked for
 * is as long: a text that is stored can be named in a question.
 */
export const LONGEST = {
  title: 300,
  release: 64,
  /** Of an event or an e-mail. */
  name: 120,
  /** Name of a property. */
  property: 64,
  /** Value of a property. */
  value: 500,
  message: 4096,
  stack: 16_384,
  /** A page, with what belongs to it of its query. */
  page: 2000,
  host: LONGEST_HOST,
  referrer: 200,
  /** A parameter that names a campaign. */
  tag: 100,
} as const;
