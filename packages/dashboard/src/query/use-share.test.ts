import { expect, it } from 'vitest';
import type { Answer } from '../api/client.ts';
import { withShare } from './use-share.ts';

const answer = (metrics: Answer['query']['metrics'], results: Answer['results']): Answer => ({
  results,
  meta: { source: 'sums', complete_from: '2026-01-01' },
  query: { site_id: 'example.com', metrics, date_range: ['2026-03-01', '2026-03-02'] },
});

it('says of each row and its period before what part of all visitors it has', () => {
  const part = answer(
    ['events', 'visitors'],
    [
      {
        dimensions: ['2026-03-01'],
        metrics: [9, 3],
        comparison: { dimensions: ['2026-02-27'], metrics: [2, 2], change: [350, 50] },
      },
      { dimensions: ['2026-03-02'], metrics: [0, 0] },
    ],
  );
  const all = answer(
    ['visitors'],
    [
      { dimensions: ['2026-03-02'], metrics: [0] },
      {
        dimensions: ['2026-03-01'],
        metrics: [8],
        comparison: { dimensions: ['2026-02-27'], metrics: [20], change: [-60] },
      },
    ],
  );
  const { results, query } = withShare(part, all);
  expect(query.metrics).toEqual(['events', 'visitors', 'percentage']);
  expect(results).toEqual([
    {
      dimensions: ['2026-03-01'],
      metrics: [9, 3, 37.5],
      comparison: { dimensions: ['2026-02-27'], metrics: [2, 2, 10], change: [350, 50, 275] },
    },
    { dimensions: ['2026-03-02'], metrics: [0, 0, null] },
  ]);
});

it('has none where the visitors are not asked for yet', () => {
  const rows = [{ dimensions: [], metrics: [3] }];
  expect(withShare(answer(['events'], rows), answer(['visitors'], rows)).results[0]?.metrics).toEqual([3, null]);
});
