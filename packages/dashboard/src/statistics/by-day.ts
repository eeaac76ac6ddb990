import type { AnswerRow } from '../api/client.ts';

/** The counts of one day, in the order of the names asked for. */
export interface DayCounts {
  readonly day: string;
  readonly counts: readonly number[];
}

/** Rows by day and name as one row a day, the newest first; days without any are left out. */
export const byDay = (rows: readonly AnswerRow[], names: readonly string[]): DayCounts[] => {
  const days = new Map<string, number[]>();
  for (const {
    dimensions: [day = '', name = ''],
    metrics: [count],
  } of rows) {
    const counts = days.get(day) ?? names.map(() => 0);
    const place = names.indexOf(name);
    if (place >= 0) counts[place] = count ?? 0;
    days.set(day, counts);
  }
  return [...days]
    .filter(([, counts]) => counts.some((count) => count > 0))
    .map(([day, counts]) => ({ day, counts }))
    .sort((a, b) => (a.day < b.day ? 1 : -1));
};
