import { expect, it } from 'vitest';
import { createOnlookers } from './onlookers.ts';

const MINUTE = 60_000;

it('begins with the first look after a minute without one', async () => {
  let [time, begun] = [0, 0];
  const onlookers = createOnlookers(
    async () => void begun++,
    () => time,
  );
  const seen: (readonly [at: number, areThere: boolean, begun: number])[] = [];
  for (const at of [0, 30_000, 30_000 + MINUTE - 1, 30_000 + 2 * MINUTE - 2, 30_000 + 3 * MINUTE]) {
    time = at;
    const were = onlookers.areThere();
    await onlookers.look();
    seen.push([at, were, begun]);
  }
  expect(seen).toEqual([
    [0, false, 1],
    [30_000, true, 1],
    [89_999, true, 1],
    [149_998, true, 1],
    [210_000, false, 2],
  ]);
});

it('lets all who look wait for what the first one began, and nobody after it', async () => {
  let end = (): void => {};
  const onlookers = createOnlookers(
    () => new Promise((resolve) => (end = resolve)),
    () => 0,
  );
  const looks = [onlookers.look(), onlookers.look()];
  expect(looks[0]).toBeInstanceOf(Promise);
  expect(looks[1]).toBe(looks[0]);
  end();
  await looks[0];
  expect(onlookers.look()).toBeUndefined();
});
