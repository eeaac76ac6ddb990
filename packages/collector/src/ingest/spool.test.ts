import { describe, expect, it } from 'vitest';
import type { Row } from '../store/row.ts';
import { type Batch, MemorySpool } from './spool.ts';

const rows = (n: number): Row[] => Array.from({ length: n }, (_, ts) => ({ ts }) as Row);

const setUp = (capacity = 100, batchRows = 10) => {
  const batches: Batch[] = [];
  let release: () => void = () => {};
  const gate = { held: Promise.resolve() };
  const spool = new MemorySpool({
    capacity,
    batchRows,
    batchMs: 20,
    store: async (batch) => {
      await gate.held;
      batches.push(batch);
    },
  });
  return {
    spool,
    batches,
    hold: () => {
      gate.held = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => release(),
  };
};

describe('MemorySpool', () => {
  it('closes a batch by size', async () => {
    const { spool, batches } = setUp();
    for (let i = 0; i < 5; i++) await spool.append(rows(5));
    await spool.flush();
    expect(batches.map((batch) => batch.rows.length)).toEqual([10, 10, 5]);
    expect(new Set(batches.map((batch) => batch.token)).size).toBe(3);
  });

  it('closes a batch by time', async () => {
    const { spool, batches } = setUp();
    await spool.append(rows(3));
    await expect.poll(() => batches.length).toBe(1);
    expect(spool.held).toBe(0);
  });

  it('knows its room: rows on their way to the store still take it', async () => {
    const { spool, hold, release } = setUp(10, 5);
    hold();
    await spool.append(rows(8));
    expect([spool.hasRoom(2), spool.hasRoom(3)]).toEqual([true, false]);
    release();
    await spool.flush();
    expect(spool.hasRoom(10)).toBe(true);
  });
});
