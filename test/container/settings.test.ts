import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readmeFile, withTable } from '../../scripts/settings.ts';

test('the README has every variable as the schema has it (npm run settings writes it)', () => {
  const readme = readFileSync(readmeFile, 'utf8');
  expect(readme).toBe(withTable(readme));
});

test('a README without a place for the table is an error', () => {
  expect(() => withTable('# Passerby\n')).toThrow(/settings/);
});
