/** Steps of colour on the map. */
const STEPS = 5;

/**
 * The step of each country, from 1 to 5, so that each step holds about as many countries as the others; equal numbers
 * share a step, and the largest is always in the last.
 */
export const stepsByCode = (counts: ReadonlyMap<string, number>): Map<string, number> => {
  const sorted = [...counts.values()].filter((count) => count > 0).sort((a, b) => a - b);
  const step = (count: number): number => Math.ceil(((sorted.lastIndexOf(count) + 1) / sorted.length) * STEPS);
  return new Map([...counts].filter(([, count]) => count > 0).map(([code, count]) => [code, step(count)]));
};
