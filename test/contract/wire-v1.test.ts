import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createClock } from '../support/clock.ts';
import { placed } from '../support/geo.ts';
import { emptyTables, storedRows } from '../support/rows.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

/** A beacon as some SDK or some hand sent it once, and for ever what becomes of it. */
interface Recording {
  /** Where it comes from. */
  readonly from: string;
  readonly sent: Readonly<Record<string, unknown>>;
  /** The `passerby` header. */
  readonly answer: string;
  /** What is stored; columns that are empty or zero are left out, and of `visitor` stands only which of them it is. */
  readonly hits: readonly object[];
  readonly logs: readonly object[];
}

const folder = new URL('./v1/', import.meta.url);
const recordings = readdirSync(folder).map((file, index): [string, Recording, string] => [
  file.replace('.json', ''),
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Recording,
  `203.0.113.${index + 1}`,
]);

/** Each recording comes from an address of its own: how many others ran before it is no matter. */
const withPlace = (
  { visitor, ...row }: Record<string, unknown>,
  _: number,
  rows: readonly Record<string, unknown>[],
) => {
  const visitors = [...new Set(rows.map((one) => one.visitor).filter(Boolean))];
  return visitor === undefined ? row : { ...row, visitor: `${visitors.indexOf(visitor) + 1}` };
};

/** Eleven in the morning in Berlin; in the future, because the engine deletes what is past its age by its own clock. */
const NOW = Date.parse('2040-03-02T10:00:00.500Z');

describe('version 1 of the wire', () => {
  let collector: TestCollector;

  beforeAll(async () => {
    collector = await startTestCollector({
      now: createClock(NOW).now,
      random: () => 0.5,
      geo: placed(() => 'DE'),
    });
    await collector.api('POST', '/api/sites', { domain: 'example.com', timezone: 'Europe/Berlin' });
    await collector.api('PATCH', '/api/sites/example.com', { refunds: true });
  });
  afterEach(() => emptyTables(collector.store));
  afterAll(() => collector.stop());

  test.each(recordings)('%s', async (_name, { sent, answer, hits, logs }, address) => {
    const response = await collector.send(JSON.stringify(sent), {
      address,
      headers: { 'accept-language': 'de-DE,de;q=0.9' },
    });

    expect([response.status, response.headers.get('passerby')]).toEqual([202, answer]);
    await collector.flush();
    expect((await storedRows(collector.store, 'hits')).map(withPlace)).toEqual(hits);
    expect(await storedRows(collector.store, 'logs')).toEqual(logs);
  });
});
