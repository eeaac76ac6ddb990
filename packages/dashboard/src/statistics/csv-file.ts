import type { Answer, AnswerRow } from '../api/client.ts';
import { api } from '../api/client.ts';
import { shownHost } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { type Ask, buildQuestion } from '../query/question.ts';
import type { Scope } from '../query/use-answer.ts';
import { valueName } from '../reports/panels.ts';
import { rowsToShow } from './compared.ts';
import { dimensionName } from './report-table.ts';

/** The collector's own limit of an answer, and answers that a file is put together from at most. */
const MOST = 10_000;
const ANSWERS = 20;

/** All rows, however many answers they take: up to 200,000. */
export const allRows = async ({ domain, view }: Scope, ask: Ask): Promise<AnswerRow[]> => {
  const rows: AnswerRow[] = [];
  for (let answers = 0; answers < ANSWERS; answers += 1) {
    const answer = await api.query(buildQuestion(domain, view, { ...ask, limit: MOST, offset: rows.length }));
    rows.push(...rowsToShow(answer));
    if (answer.results.length < MOST) break;
  }
  return rows;
};

/** More of what is filtered by is not named: file systems take 255 bytes. */
const LONGEST = 60;

const filtersIn = ({ filters }: Scope['view']): string =>
  filters
    .map(({ dimension, operator, values }) =>
      [
        dimensionName(dimension),
        ...(operator === 'is' ? [] : [text.filters.operators[operator]]),
        ...values.map((value) => valueName(dimension, value)),
      ].join(' '),
    )
    .join(' ')
    .slice(0, LONGEST);

/**
 * The name of a file of what is shown, so that those of two months, or of two filters, are two.
 *
 * @example fileName(scope, 'Pages', answer.query) // 'shop.example Pages 2026-03-01 2026-03-28 Country Germany'
 */
export const fileName = (
  { domain, view }: Scope,
  title: string,
  { date_range: [from, to] }: Answer['query'],
): string => {
  const days = [...new Set([from, to].map((time) => time.slice(0, 10)))].join(' ');
  return `${shownHost(domain)} ${title} ${days} ${filtersIn(view)}`.trim();
};
