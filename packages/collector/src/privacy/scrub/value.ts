/** A list or an object, with those in it: up to their end, or as far as one is looked at. */
const NESTED = String.raw`\[(?:[^[\]]|\[[^[\]]{0,200}\]){0,500}\]?|\{(?:[^{}]|\{[^{}]{0,200}\}){0,500}\}?|\((?:[^()\r\n]){0,500}\)`;

/** As languages quote; a quote that is escaped ends where it is escaped as often. `e` names the group of its escape. */
const quoted = (e: string): string =>
  String.raw`(?<${e}>\\{1,7}["'])(?:(?!(?<!\\)\k<${e}>)[^\r\n])*(?:\k<${e}>)?|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.|'')*'?|` +
  String.raw`&(?:quot|apos|#3[49]|#x2[27]);(?:(?!&(?:quot|apos|#3[49]|#x2[27]);)[^\r\n])*|` +
  '`[^`\\r\\n]*`?|“[^”\\r\\n]*”?|„[^“”\\r\\n]*[“”]?|«[^»\\r\\n]*»?|「[^」\\r\\n]*」?';

/** A sign that ends a bare value goes on with it if a letter follows, but not where the next key comes. */
const BARE = String.raw`(?:[^\s,;&"'<>)}\]]|[,;&)'](?=[\p{L}\p{N}!#$%^*@])(?![\p{L}\p{N}_.[\]%-]{1,60}["']?\s?[=:]))+`;

/** What stands before the quotes of a value: `b"x"`, `N'x'`, `Some("x")`, `string(7) "x"`. */
const WRAPPED = String.raw`(?:[\p{L}_][\p{L}\p{N}_.:<>]{0,39}\((?:\d{1,5}\)\s)?(?=[\p{L}_"'\\\p{N}])){0,3}(?:[a-z@$]{1,2}(?=["'\x60]))?`;

/** Several lines in YAML. */
const BLOCK = String.raw`[|>][+-]?[ \t]*\r?\n[ \t]+[^\r\n]+(?:\r?\n[ \t]+[^\r\n:]+(?=\r?\n|$))*`;

/** Source of a pattern for a value as languages write it after its key; `iu` are to be set. */
export const valueSource = (e: string): string =>
  `(?:\\[[a-z]+\\]|[$#]\\{[^{}\\r\\n]{0,60}\\}|${NESTED}|${BLOCK}|${WRAPPED}(?:${quoted(e)}|${BARE}))`;

/** Source of a pattern for a text in quotes, or up to the next sign. */
export const shortValueSource = (e: string): string => `(?:\\[[a-z]+\\]|${quoted(e)}|[^\\s,;&"'<>)}\\]]+)`;

/** Source of a pattern for a text in quotes. */
export const quotedSource = (e: string): string => `(?:${quoted(e)})`;
