/** A list: of `init` an array, of a tag a text in which people put commas, spaces and new lines. */
export type List<Word extends string = string> = Word | readonly Word[];

/**
 * The words of a list. In a path may be spaces, as in addresses that people type; another one begins with a sign.
 * @param usual the words of one without any
 */
export const listed = (given: List | undefined, ...usual: readonly string[]): readonly string[] =>
  `${given ?? ''}`.match(/\/[^,]*?(?=\s*(,|$|\s[/*#]))|[^\s,]+/g) ?? usual;
