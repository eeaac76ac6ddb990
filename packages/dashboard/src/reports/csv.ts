import { csvLine } from '@passerby/collector/csv';

/**
 * A table as CSV.
 *
 * @example csvOf(['Page', 'Visitors'], [['/a,b', 3]]) // 'Page,Visitors\r\n"/a,b",3\r\n'
 */
export const csvOf = (heads: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  [heads, ...rows].map((row) => `${csvLine(row)}\r\n`).join('');

/** Gives the reader a file. Excel takes a CSV for UTF-8 only if it begins with a byte order mark. */
export const saveCsv = (name: string, csv: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
  link.download = `${name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}.csv`;
  link.click();
  // The browser has begun to save by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};
