import { cleanLine } from '../../lib/clean-text.ts';
import { cut, cutBetweenWords } from '../../lib/truncate.ts';
import { scrubText } from './text.ts';

/**
 * A text is looked through with as much of what follows behind the place where it will be cut: the longest e-mail
 * address (RFC 5321, 4.5.3.1.3) that begins before it ends within that.
 */
const CONTEXT = 256;

/** The SDK cuts the texts of items here, whatever more the collector would keep of them. */
const CUT_BY_SDK = 4096;

/** As much of a text as is looked through if `longest` characters of it are kept. */
export const startOf = (text: string, longest: number): string => text.slice(0, longest + CONTEXT);

/** How a text is read. */
export interface Reading {
  /** Missing: {@link scrubText}. */
  readonly scrub?: (text: string) => string;
  /** Missing: {@link cleanLine}. */
  readonly clean?: (text: string) => string;
  /** A text of this length may have been cut by the SDK. Missing: 4,096. */
  readonly cutAt?: number;
}

/**
 * A text as it is kept: clean, scrubbed, and cut between words where there is a place near, else between characters, so
 * that something is left of every text. Half of what must not be kept has no shape that anyone would know: so a text is
 * scrubbed before it is cut, with what follows, and once more afterwards.
 *
 * @param given a text, or what {@link startOf} has left of it
 */
export const scrubToLength = (
  given: string,
  longest: number,
  { scrub = scrubText, clean = cleanLine, cutAt = CUT_BY_SDK }: Reading = {},
): string => {
  const isStart = given.length >= longest + CONTEXT || given.length === cutAt;
  const cleaned = isStart ? withoutHalf(clean(given)) : clean(given);
  const found = scrub(cleaned);
  // What was spelled otherwise may have hidden something unclean.
  const scrubbed = found === cleaned ? cleaned : clean(found);
  return scrubbed.length <= longest ? scrubbed : cut(endScrubbed(cutBetweenWords(scrubbed, longest), scrub), longest);
};

/** Behind this, nothing that was looked through becomes anything else by a cut. */
const END = 512;

const endScrubbed = (text: string, scrub: (text: string) => string): string => {
  const from = cutBetweenWords(text, Math.max(0, text.length - END)).length;
  return text.slice(0, from) + scrub(text.slice(from));
};

/** What a text ends with goes if it may be the beginning of something, as far as that can be told. */
const withoutHalf = (text: string): string => cutBetweenWords(text, text.length).replace(HALF, '');

/** An e-mail address that was cut behind its `@`; a phone, card or account number; a character. */
const HALF =
  /(?<![\p{L}\p{M}\p{N}._%+'-])[\p{L}\p{M}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{M}\p{N}.-]{0,255}$|(?<!\d)\+?\d[\d ()./-]{5,40}$|(?<![a-z\d])[a-z]{2}\d{2}(?: ?[a-z\d]{4}){1,7} ?$|\ufffd$/iu;
