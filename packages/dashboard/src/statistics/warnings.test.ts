import { expect, it } from 'vitest';
import type { Answer } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { countedFrom, reasonOf } from './warnings.ts';

const said = (metric_warnings?: Answer['meta']['metric_warnings']): Answer['meta'] => ({
  source: 'hits',
  complete_from: '2026-01-01',
  ...(metric_warnings && { metric_warnings }),
});
const message = '';
const otherwise = (from: string) => ({ code: 'counted_otherwise_before', message, from }) as const;

it('tells why a metric is nothing, and not what is there all the same', () => {
  const meta = said({
    bounce_rate: { code: 'no_meaning_by_event', message },
    exit_rate: { code: 'no_meaning_by_hour', message },
    time_on_page: { code: 'not_kept', message },
    visitors: otherwise('2026-11-30'),
  });
  expect(reasonOf(meta, 'bounce_rate')).toBe(text.reasons.no_meaning_by_event);
  expect(reasonOf(meta, 'exit_rate')).toBe(text.reasons.no_meaning_by_hour);
  expect(reasonOf(meta, 'time_on_page')).toBe(text.reasons.not_kept);
  for (const metric of ['visitors', 'visits'] as const) expect(reasonOf(meta, metric)).toBeNull();
  for (const nothing of [said(), undefined]) expect(reasonOf(nothing, 'exit_rate')).toBeNull();
});

it.each([
  [said(), null],
  [said({ bounce_rate: { code: 'not_kept', message } }), null],
  [said({ visitors: otherwise('2026-11-30') }), '2026-11-30'],
  [said({ visitors: otherwise('2026-11-30'), visits: otherwise('2026-12-01') }), '2026-12-01'],
])('%j: counted as today from %s on', (meta, from) => {
  expect(countedFrom(meta)).toBe(from);
});
