/** Any value as a text of limited length: the collector refuses or cuts what is longer. */
export const text = (value: unknown, longest: number): string => String(value).slice(0, longest);
