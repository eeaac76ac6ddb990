/** A list: of `init` an array, of a tag a text in which people put commas, spaces and new lines. */
export type List<Word extends string = string> = Word | readonly Word[];

/** The words of a list; what stands for it where there is none. */
export const listed = (given?: List, missing: readonly string[] = []): readonly string[] =>
  `${given ?? ''}`.match(/[^\s,]+/g) ?? missing;
