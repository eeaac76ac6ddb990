import { expect, it } from 'vitest';
import { lineOf } from '../../store/lines.ts';
import { event, startVisits, t, view } from '../visits/testing.ts';
import { bytesOfRows } from './row-bytes.ts';

const AT = t('2026-03-10T12:00:00');

it.each([
  ['views', { items: [view(AT), view(AT)] }],
  ['a long page of many', { page: `/${'x'.repeat(2000)}`, items: Array(100).fill(view(AT)) }],
  ['properties of a page', { props: { author: 'ž'.repeat(400) }, items: Array(50).fill(view(AT)) }],
  ['events', { source: '漢'.repeat(100), items: Array.from({ length: 10 }, () => event(AT, '漢'.repeat(40))) }],
  ['a log line', { items: [{ kind: 'log', at: AT, severity: 'info', message: 'm'.repeat(4000), props: {} } as const] }],
])('%s: is what they take in the spool, up to a fifth', (_what, sent) => {
  const rows = startVisits().send(AT, sent);
  const bytes = rows.reduce((sum, row) => sum + Buffer.byteLength(lineOf(row)), 0);
  expect(bytesOfRows(rows) / bytes).toBeGreaterThan(0.8);
  expect(bytesOfRows(rows) / bytes).toBeLessThan(1.2);
});
