import { readConfig } from '../config/config.ts';
import { StartError } from '../config/start-error.ts';
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
import { type Command, readArguments } from './command.ts';
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
export const query: Command = {
  name: 'query',
  takes: `DOMAIN[,DOMAIN]… [--metrics visitors,pageviews] [--by event:page] [--period 28d] [--filter 'visit:country is DE,AT']… [--order visitors:desc] [--limit 10] [--offset 0] [--compare previous_period [--weekdays]] [--json | --csv]`,
  does: 'Asks for numbers of a site, or of several together. A period is one such as 28d, two days: 2026-01-01,2026-01-31, or the start of an hour and the end that is left out: 2026-01-31T12:00:00+01:00,2026-01-31T14:00:00+01:00. A filter compares with is, is_not, contains, contains_not, matches or matches_not; /i after it ignores case, /c does not. --compare takes a mode or a period.',
  async run(args, env) {
    const { positionals, values } = readArguments(query, args, ['DOMAIN'], {
      metrics: { type: 'string', default: 'visitors,visits,pageviews' },
      by: { type: 'string', default: '' },
      period: { type: 'string', default: '28d' },
      filter: { type: 'string', multiple: true, default: [] },
      order: { type: 'string', default: '' },
      limit: { type: 'string', default: '10' },
      offset: { type: 'string', default: '0' },
      compare: { type: 'string', default: '' },
      weekdays: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
    });
    if (values.weekdays && values.compare === '') throw new StartError('--weekdays: needs --compare.');
    if (values.json && values.csv) throw new StartError('--json: must not be given beside --csv.');
    if (values.compare !== '' && !isComparison(values.compare))
      throw new StartError(`--compare: must be ${COMPARISON_EXAMPLES}.`);
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
    const answer = await operatorOf(readConfig(env).DATA_DIR).ask<Answer>('POST', '/api/query', question, NAMED);
    if (values.json) return write(JSON.stringify(answer, null, 2));
    const { heads, rows } = answerTable(answer);
    write((values.csv ? csvOf : tableOf)(heads, rows));
  },
};

const written = (text: string): readonly unknown[] => {
  const filter = filterOf(text);
  if (filter === null)
    throw new StartError(`--filter: must be one such as 'visit:country is DE,AT', not ${JSON.stringify(text)}.`);
  return filter;
};

const numberOf = (name: string, text: string, allowed: RegExp): number => {
  if (!allowed.test(text)) throw new StartError(`${name}: must be a number of rows, not ${JSON.stringify(text)}.`);
  return Number(text);
};
