import { dataDirIn } from '../config/config.ts';
import { UsageError } from '../config/start-error.ts';
import { answerTable } from '../query/stats/answer-table.ts';
import type { Answer } from '../query/stats/query.ts';
import {
  COMPARISON_EXAMPLES,
  comparisonOf,
  filterOf,
  isComparison,
  listOf,
  orderOf,
} from '../query/stats/written-filter.ts';
import { command } from './command.ts';
import { operatorOf } from './control/client.ts';
import { answer as write } from './output.ts';
import { csvOf, tableOf } from './table.ts';

const NAMED = {
  site_id: 'DOMAIN',
  site: 'DOMAIN',
  metrics: '--metrics',
  dimensions: '--by',
  date_range: '--period',
  filters: '--filter',
  order_by: '--order',
  pagination: '--limit',
  include: '--compare',
};

/** `passerby query` */
export const query = command({
  name: 'query',
  does: 'Asks for numbers of a site, or of several together.',
  takes: { DOMAIN: 'a site, or several with commas' },
  options: {
    metrics: {
      type: 'string',
      value: 'visitors,pageviews',
      default: 'visitors,visits,pageviews',
      what: 'what is counted',
    },
    by: { type: 'string', value: 'event:page', default: '', what: 'the dimension by which it is told apart' },
    period: {
      type: 'string',
      value: '28d',
      default: '28d',
      what: 'one such as 28d, two days: 2026-01-01,2026-01-31, or the start of an hour and the end that is left out: 2026-01-31T12:00:00+01:00,2026-01-31T14:00:00+01:00',
    },
    filter: {
      type: 'string',
      value: "'visit:country is DE,AT'",
      multiple: true,
      what: 'compares with is, is_not, contains, contains_not, matches or matches_not; /i after it ignores case, /c does not',
    },
    order: { type: 'string', value: 'visitors:desc', default: '', what: 'by what the rows are sorted' },
    limit: { type: 'string', value: '10', default: '10', what: 'how many rows' },
    offset: { type: 'string', value: '0', default: '0', what: 'how many rows are left out before them' },
    compare: { type: 'string', value: 'previous_period', default: '', what: 'a mode or a period to compare with' },
    weekdays: { type: 'boolean', what: 'with --compare: the same days of the week' },
    json: { type: 'boolean', what: 'prints the whole answer as JSON' },
    csv: { type: 'boolean', what: 'prints the rows as comma-separated values' },
  },
  examples: ["passerby query example.com --by event:page --period 28d --filter 'visit:country is DE,AT' --limit 3"],
  async run({ positionals, values }, env) {
    if (values.weekdays && values.compare === '') throw new UsageError('--weekdays', 'needs --compare.');
    if (values.json && values.csv) throw new UsageError('--json', 'must not be given beside --csv.');
    if (values.compare !== '' && !isComparison(values.compare))
      throw new UsageError('--compare', `must be ${COMPARISON_EXAMPLES}.`);
    const sites = listOf(positionals.DOMAIN);
    const question = {
      site_id: sites.length === 1 ? sites[0] : sites,
      metrics: listOf(values.metrics),
      date_range: values.period.includes(',') ? listOf(values.period) : values.period,
      dimensions: listOf(values.by),
      filters: values.filter.map(written),
      ...(values.order !== '' && { order_by: listOf(values.order).map(orderOf) }),
      pagination: {
        limit: numberOf('--limit', values.limit, /^[1-9]\d{0,4}$/),
        offset: numberOf('--offset', values.offset, /^\d{1,9}$/),
      },
      ...(values.compare !== '' && {
        include: { comparisons: comparisonOf(values.compare, values.weekdays || undefined) },
      }),
    };
    const answer = await operatorOf(dataDirIn(env)).ask<Answer>('POST', '/api/query', question, NAMED);
    if (values.json) return write(JSON.stringify(answer, null, 2));
    const { heads, rows } = answerTable(answer);
    write((values.csv ? csvOf : tableOf)(heads, rows));
  },
});

const written = (text: string): readonly unknown[] => {
  const filter = filterOf(text);
  if (filter === null)
    throw new UsageError('--filter', `must be one such as 'visit:country is DE,AT', not ${JSON.stringify(text)}.`);
  return filter;
};

const numberOf = (name: string, text: string, allowed: RegExp): number => {
  if (!allowed.test(text)) throw new UsageError(name, `must be a number of rows, not ${JSON.stringify(text)}.`);
  return Number(text);
};
