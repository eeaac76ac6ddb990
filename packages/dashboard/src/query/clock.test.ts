import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVERY, nextTick, pause } from './clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A signal, and how many listen to it. */
const listened = () => {
  const controller = new AbortController();
  const { signal } = controller;
  let count = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...given: Parameters<typeof add>) => {
    count += 1;
    add(...given);
  };
  signal.removeEventListener = (...given: Parameters<typeof remove>) => {
    count -= 1;
    remove(...given);
  };
  return { controller, signal, listeners: () => count };
};

const MINUTE = 60_000;

describe.each([
  ['a tick', (signal: AbortSignal) => nextTick(1, signal)],
  ['several ticks', (signal: AbortSignal) => nextTick(3, signal)],
  ['a pause', (signal: AbortSignal) => pause(5_000, signal)],
])('waiting for %s', (_, wait) => {
  it('leaves no listener behind, however often', async () => {
    const { signal, listeners } = listened();
    for (let time = 0; time < 20; time += 1) {
      const waited = wait(signal);
      expect(listeners()).toBe(1);
      await vi.advanceTimersByTimeAsync(MINUTE);
      await waited;
      expect(listeners()).toBe(0);
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends where nobody waits any more', async () => {
    const { controller, signal, listeners } = listened();
    const waited = wait(signal);
    controller.abort();
    await waited;
    expect(listeners()).toBe(0);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('goes on together, whenever the waiting began', async () => {
  const { signal } = new AbortController();
  const gone: string[] = [];
  const go = async (name: string, every: number) => {
    await nextTick(every, signal);
    gone.push(`${name} ${performance.now()}`);
  };
  void go('one', 1);
  await vi.advanceTimersByTimeAsync(1_234);
  void go('other', 1);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(gone).toHaveLength(2);
  expect(new Set(gone.map((line) => line.split(' ')[1])).size).toBe(1);
});

it('asks at most twelve times a minute for what a page of statistics has, in whichever minute', async () => {
  const { signal } = new AbortController();
  const asked: number[] = [];
  const ask = async (every: number) => {
    for (;;) {
      await nextTick(every, signal);
      asked.push(performance.now());
    }
  };
  for (const every of [EVERY.tick, EVERY.now, EVERY.status]) void ask(every);
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  const within = asked.map((start) => asked.filter((time) => time >= start && time < start + MINUTE).length);
  expect(Math.max(...within)).toBeLessThanOrEqual(12);
  expect(Math.max(...within)).toBeGreaterThan(8);
});
