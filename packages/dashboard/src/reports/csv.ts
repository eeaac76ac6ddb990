/**
 * A spreadsheet would run what begins like this as a formula: it gets an apostrophe before it, as spreadsheets write texts
 * themselves. Where numbers have a comma, Excel takes the semicolon for the end of a cell.
 */
const FORMULA = /^(?=[=+\-@\t\r])|(?<=[;\t\r\n])(?=[=+\-@])/g;

const cell = (value: string | number | null): string => {
  if (typeof value === 'number') return String(value);
  const harmless = (value ?? '').replaceAll(FORMULA, "'");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/**
 * A table as CSV by RFC 4180. Numbers are written as programs read them, texts never as formulas.
 *
 * @example csvOf(['Page', 'Visitors'], [['/a,b', 3]]) // 'Page,Visitors\r\n"/a,b",3\r\n'
 */
export const csvOf = (heads: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  [heads, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** Gives the reader a file. Excel takes a CSV for UTF-8 only if it begins with a byte order mark. */
export const saveCsv = (name: string, csv: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
  link.download = `${name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}.csv`;
  link.click();
  // The browser has begun to save by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};
