import { expect, test } from 'vitest';
import { fingerprint } from '../../packages/collector/src/ingest/visits/error-fingerprint.ts';
import { readSets, scoreSet } from './score.ts';

/** `npm run score:grouping` says which problems fall short. */
test.each([...readSets()])('%s: errors are grouped into the problems they belong to', (name, errors) => {
  const { all, withinEngine } = scoreSet(errors, fingerprint);
  process.stdout.write(`${name}: F1 ${all.f1.toFixed(3)}, within one engine ${withinEngine.f1.toFixed(3)}\n`);
  expect(all.f1).toBeGreaterThanOrEqual(0.95);
});
