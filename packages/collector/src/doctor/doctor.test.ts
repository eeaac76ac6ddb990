import { expect, it } from 'vitest';
import type { Store } from '../store/store.ts';
import { createDoctor } from './doctor.ts';
import { CHECK_NAMES, type Step } from './examine.ts';
import { patientOf } from './testing.ts';

/** A store that answers when it is told to. */
const slowStore = () => {
  const waiting: (() => void)[] = [];
  const query = (): Promise<unknown[]> => new Promise((resolve) => waiting.push(() => resolve([])));
  const go = setInterval(() => {
    for (const answer of waiting.splice(0)) answer();
  }, 1);
  return { store: { query, ping: async () => {} } as unknown as Store, end: () => clearInterval(go) };
};

const doctorOf = (store: Store) => {
  const { backups, running, ...rest } = patientOf({ store });
  const facts = { up: 0, moved: 0, proxyFaults: [], behind: 0 };
  return createDoctor({ ...rest, store, backups: () => backups, running: () => running ?? facts });
};

it('examinations are made one at a time, and every check is told', async () => {
  const { store, end } = slowStore();
  const doctor = doctorOf(store);
  const steps: Step[] = [];
  const signal = new AbortController().signal;
  const first = doctor.begin(signal)((step) => void steps.push(step));
  expect(() => doctor.begin(signal)).toThrow('another examination is under way');
  await first;
  const names = steps.flatMap((step) => ('finding' in step ? [step.finding.name] : []));
  expect([...new Set(names)].sort()).toEqual([...CHECK_NAMES].sort());
  await doctor.begin(signal)(() => {});
  end();
});

it('one that nobody waits for ends, and the next one may begin', async () => {
  const { store, end } = slowStore();
  const doctor = doctorOf(store);
  const leaving = new AbortController();
  const told: Step[] = [];
  const examination = doctor.begin(leaving.signal)((step) => {
    told.push(step);
    leaving.abort();
  });
  await expect(examination).rejects.toThrow('aborted');
  expect(told.length).toBeLessThan(CHECK_NAMES.length);
  doctor.begin(new AbortController().signal);
  end();
});
