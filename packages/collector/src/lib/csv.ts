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
 * A line of CSV by RFC 4180, without its end. Numbers are written as programs read them, texts never as formulas.
 * @example csvLine(['/a,b', 3, null, '=1+1']) // "/a,b",3,,'=1+1
 */
export const csvLine = (cells: readonly (string | number | null)[]): string => cells.map(cell).join(',');
