import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { answerCsv } from '../query/stats/answer-table.ts';
import type { Answer, Question } from '../query/stats/query.ts';

const JSON_TYPE = 'application/json';
export const CSV_TYPE = 'text/csv';

/** Rows of a table unless the question says how many. */
const CSV_ROWS = 10_000;

/** Whether who asks would rather have a table than JSON. */
export const wantsCsv = (c: Context): boolean => {
  c.header('vary', 'Accept', { append: true });
  return accepts(c, { header: 'Accept', supports: [JSON_TYPE, CSV_TYPE], default: JSON_TYPE }) === CSV_TYPE;
};

/** The question as it is asked for a table. */
export const forCsv = (question: Question): Question => ({
  ...question,
  pagination: { limit: CSV_ROWS, ...question.pagination },
});

/** An answer as a table. Where rows may have been cut off, a header says how many there are at most. */
export const csvAnswer = (c: Context, answer: Answer): Response => {
  const { total_rows } = answer.meta;
  const { limit } = { limit: CSV_ROWS, ...answer.query.pagination };
  if (total_rows !== undefined) c.header('x-total-rows', String(total_rows));
  if (answer.results.length === limit) c.header('x-row-limit', String(limit));
  c.header('content-disposition', 'attachment; filename="passerby.csv"');
  return c.body(answerCsv(answer), 200, { 'content-type': `${CSV_TYPE}; charset=utf-8` });
};
