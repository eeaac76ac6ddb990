import { readConfig } from '../config/config.ts';
import { StartError } from '../config/start-error.ts';
import type { Answer } from '../query/stats/query.ts';
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
  pagination: '--limit',
};

/** `passerby query` */
export const query: Command = {
  name: 'query',
  takes: `DOMAIN [--metrics visitors,pageviews] [--by event:page] [--period 28d] [--filter 'visit:country is DE,AT']… [--limit 10] [--json | --csv]`,
  does: 'Asks for numbers of a site. A period is one such as 28d, two days: 2026-01-01,2026-01-31, or the start of an hour and the end that is left out: 2026-01-31T12:00:00+01:00,2026-01-31T14:00:00+01:00. A filter compares with is, is_not, contains or contains_not.',
  async run(args, env) {
    const { positionals, values } = readArguments(query, args, ['DOMAIN'], {
      metrics: { type: 'string', default: 'visitors,visits,pageviews' },
      by: { type: 'string', default: '' },
      period: { type: 'string', default: '28d' },
      filter: { type: 'string', multiple: true, default: [] },
      limit: { type: 'string', default: '10' },
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
    });
    const [metrics, dimensions] = [listOf(values.metrics), listOf(values.by)];
    const question = {
      site_id: positionals.DOMAIN,
      metrics,
      date_range: values.period.includes(',') ? listOf(values.period) : values.period,
      dimensions,
      filters: values.filter.map(filterOf),
      pagination: { limit: limitOf(values.limit) },
    };
    const answer = await operatorOf(readConfig(env).DATA_DIR).ask<Answer>('POST', '/api/query', question, NAMED);
    if (values.json) return write(JSON.stringify(answer, null, 2));
    const rows = answer.results.map((row) => [...row.dimensions, ...row.metrics]);
    write((values.csv ? csvOf : tableOf)([...dimensions, ...metrics], rows));
  },
};

/** Parts between commas; one that belongs to a value stands behind a backslash. */
const listOf = (text: string): string[] =>
  text === '' ? [] : text.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ',').trim());

const filterOf = (text: string): readonly [string, string, string[]] => {
  const [, dimension, operator, values] = /^(\S+)\s+(is|is_not|contains|contains_not)\s+(.+)$/.exec(text.trim()) ?? [];
  if (dimension === undefined || operator === undefined || values === undefined)
    throw new StartError(`--filter: must be one such as 'visit:country is DE,AT', not ${JSON.stringify(text)}.`);
  return [operator, dimension, listOf(values)];
};

const limitOf = (text: string): number => {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new StartError(`--limit: must be a number of rows, not ${JSON.stringify(text)}.`);
  return Number(text);
};
