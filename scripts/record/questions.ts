import { OWNER_TOKEN } from './answers.ts';
import type { Ask } from './ask.ts';

const METRICS = 'visitors visits pageviews views_per_visit bounce_rate visit_duration events revenue none'.split(' ');
const DIMENSIONS = `
event:page event:title event:hostname event:name event:currency event:via event:property event:props:plan
visit:entry_page visit:exit_page visit:source visit:channel visit:referrer visit:utm_source visit:utm_medium
visit:utm_campaign visit:utm_content visit:utm_term visit:browser visit:browser_version visit:os visit:os_version
visit:device visit:screen visit:language visit:country visit:region visit:city
time:hour time:day time:week time:month drop:reason open:name no:such`;
const PERIODS = [
  'day',
  '24h',
  '28d',
  'month',
  'year',
  'all',
  ['2040-05-01', '2040-05-31'],
  ['2040-05-31', '2040-05-01'],
];
const FILTERS = [['is', 'visit:country', ['DE', 'US', 'GB']]];

/** Asks for numbers by each dimension, from the sums and, with a filter, from the hits. */
export const askQuestions = async (ask: Ask): Promise<void> => {
  const query = (question: object) => {
    const body = { site_id: 'blog.example', metrics: ['visitors', 'pageviews'], date_range: '7d', ...question };
    const headers = { authorization: `Bearer ${OWNER_TOKEN}` };
    return ask('answers/questions.txt', { method: 'POST', path: '/api/query', headers, body });
  };
  for (const dimension of DIMENSIONS.trim().split(/\s/)) {
    await query({ dimensions: [dimension] });
    await query({ dimensions: [dimension], filters: FILTERS, include: { total_rows: true } });
  }
  for (const metric of METRICS)
    await query({ metrics: [metric], include: { comparisons: { mode: 'previous_period' } } });
  for (const date_range of PERIODS) await query({ date_range });
  await query({ filters: [['matches', 'event:page', ['x']]] });
};
