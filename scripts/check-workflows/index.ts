/**
 * `node --import tsx scripts/check-workflows/index.ts`: reads `.github` as GitHub does, and looks up here what the jobs
 * run. Nothing of it is run. Ends with 1 and a line for every mistake.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistakesInForm } from './form.ts';
import { mistakesInWorkflow, root } from './workflow.ts';

const kinds = [
  { folder: '.github/workflows', mistakesIn: mistakesInWorkflow },
  { folder: '.github/ISSUE_TEMPLATE', mistakesIn: mistakesInForm },
];

const mistakes = kinds.flatMap(({ folder, mistakesIn }) =>
  readdirSync(join(root, folder)).flatMap((name) =>
    mistakesIn(name, readFileSync(join(root, folder, name), 'utf8')).map((mistake) => `${folder}/${name}: ${mistake}`),
  ),
);
for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
process.exit(mistakes.length > 0 ? 1 : 0);
