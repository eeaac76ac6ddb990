import type { Question } from '@passerby/collector/query';
import { describe, expect, it } from 'vitest';
import { parseView, type View } from '../state/view.ts';
import { type Ask, buildQuestion } from './question.ts';

const view = (search = ''): View => parseView(new URLSearchParams(search));

describe('buildQuestion', () => {
  it.each<[string, string, Ask, Question]>([
    [
      'asks for no more than it is told',
      '',
      { metrics: ['visitors'] },
      { site_id: 'example.com', metrics: ['visitors'], date_range: '28d' },
    ],
    [
      'compares what can be compared',
      '?period=7d',
      { metrics: ['visits'], comparable: true },
      {
        site_id: 'example.com',
        metrics: ['visits'],
        date_range: '7d',
        include: { comparisons: { mode: 'previous_period' } },
      },
    ],
    [
      'compares nothing if the reader does not want it',
      '?compare=no',
      { metrics: ['visits'], comparable: true },
      { site_id: 'example.com', metrics: ['visits'], date_range: '28d' },
    ],
    [
      'compares nothing with what was before all time',
      '?period=all',
      { metrics: ['visits'], dimensions: ['time:day'], include: { time_labels: true }, comparable: true },
      {
        site_id: 'example.com',
        metrics: ['visits'],
        dimensions: ['time:day'],
        date_range: 'all',
        include: { time_labels: true },
      },
    ],
    [
      'joins the filters of the reader and its own',
      '?country=DE&country=AT&source!=Google&props.plan!~=free',
      {
        metrics: ['visitors'],
        dimensions: ['event:page'],
        filters: [['contains', 'event:page', ['blog']]],
        orderBy: ['visitors', 'desc'],
        limit: 50,
      },
      {
        site_id: 'example.com',
        metrics: ['visitors'],
        dimensions: ['event:page'],
        date_range: '28d',
        filters: [
          ['is', 'visit:country', ['DE', 'AT']],
          ['is_not', 'visit:source', ['Google']],
          ['contains_not', 'event:props:plan', ['free']],
          ['contains', 'event:page', ['blog']],
        ],
        order_by: [['visitors', 'desc']],
        pagination: { limit: 50, offset: 0 },
      },
    ],
  ])('%s', (_, search, ask, question) => {
    expect(buildQuestion('example.com', view(search), ask)).toEqual(question);
  });
});
