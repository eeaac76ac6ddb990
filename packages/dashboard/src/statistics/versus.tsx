import type { Answer } from '../api/client.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';

const TIME = 'YYYY-MM-DD'.length;

/** Days alone where the other period begins with one: of a period under way it ends with an hour. */
const rangeOf = ([from, to]: readonly [string, string]): string => {
  const isOfHours = !from.slice(TIME).startsWith('T00:00:00');
  return isOfHours ? format.range(from, to) : format.range(from.slice(0, TIME), to.slice(0, TIME));
};

/** The days that an answer is compared with, which a dashed line shows. */
export const Versus = ({ answer }: { answer: Answer }) => {
  const days = answer.query.include?.comparisons?.date_range;
  return days ? <span class="before">{text.chart.versus({ range: rangeOf(days) })}</span> : null;
};
