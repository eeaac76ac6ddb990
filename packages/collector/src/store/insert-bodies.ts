import { type Row, values } from './row.ts';

/**
 * What is sent of a batch: its rows as `JSONCompactEachRow`, cut into bodies of about `maxChars` characters. The same
 * rows are always cut at the same places, so that each body can have a token of its own.
 */
export const insertBodies = (rows: readonly Row[], maxChars: number): string[] => {
  const bodies: string[] = [];
  let body = '';
  for (const row of rows) {
    body += `${wellFormed(JSON.stringify(values(row)))}\n`;
    if (body.length >= maxChars) {
      bodies.push(body);
      body = '';
    }
  }
  if (body !== '') bodies.push(body);
  return bodies;
};

/**
 * Halves of surrogate pairs, which any page can send, are the only characters that JSON.stringify writes as `\ud…`;
 * ClickHouse refuses the whole body for one. An escaped backslash before a plain `ud` is not one of them.
 */
const wellFormed = (json: string): string =>
  json.includes('\\ud')
    ? json.replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, (found) => (found === '\\\\' ? found : '�'))
    : json;
