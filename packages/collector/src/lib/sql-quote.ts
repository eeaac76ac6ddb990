const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** The text as a string literal of ClickHouse SQL. */
export const literal = (text: string): string => `'${text.replace(/[\\'\0\n\r\t]/g, (char) => ESCAPES[char] ?? char)}'`;

/** The name as a quoted identifier of ClickHouse SQL. */
export const identifier = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``;
