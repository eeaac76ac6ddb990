/** `npm run settings`: writes the table of variables into README.md, from the schema that validates them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settings } from '../packages/collector/src/config/variables.ts';

export const readmeFile = fileURLToPath(new URL('../README.md', import.meta.url));

const PLACE = /(?<=<!-- settings: .*-->\n)[\s\S]*(?=<!-- \/settings -->)/;

/** The README with the table as it should be. Throws if the README has no place for it. */
export const withTable = (readme: string): string => {
  if (!PLACE.test(readme))
    throw new Error('README.md has no place between <!-- settings: … --> and <!-- /settings -->');
  return readme.replace(PLACE, () => `\n${table()}\n`);
};

const table = (): string =>
  [
    '| variable | default | allowed | what it is |',
    '|---|---|---|---|',
    ...settings.map(
      ({ name, default: initial, allowed, what }) =>
        `| \`${name}\` | ${initial && `\`${initial}\``} | ${allowed} | ${what} |`,
    ),
    '',
  ].join('\n');

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(readmeFile, withTable(readFileSync(readmeFile, 'utf8')));
