import { describe, expect, it } from 'vitest';
import { divideMemory } from './limits.ts';

const MB = 1024 * 1024;
const GB = 1024 * MB;

describe('the memory of the engine', () => {
  it.each([
    ['a small container', 0.5 * GB, 260],
    ['a small machine', 1 * GB, 307],
    ['one of two GB', 2 * GB, 614],
    ['a large one', 64 * GB, 1024],
  ])('of %s', (_name, machine, total) => {
    expect(Math.floor(divideMemory(machine).total / MB)).toBe(total);
  });

  it.each([0, 1, 2, 4, 64])('has room for an insert and for merges, whatever is asked (%i GB)', (machine) => {
    const { total, question, insert } = divideMemory(machine * GB);
    expect(total - 3 * question).toBeGreaterThanOrEqual(110 * MB);
    expect(question).toBeGreaterThanOrEqual(50 * MB);
    expect(insert).toBeGreaterThan(100 * MB);
  });
});
