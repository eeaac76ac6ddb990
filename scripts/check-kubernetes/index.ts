/**
 * `npm run check:kubernetes`: reads `deploy/kubernetes` as a server would, by Kubernetes' own description of its objects,
 * and looks up the names by which they find each other. Needs no cluster. Ends with 1 and a line for every mistake.
 */
import { mistakesIn } from './mistakes.ts';
import { readManifests } from './read.ts';

const files = readManifests();
const mistakes = mistakesIn([...files.values()].flat());
for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
if (mistakes.length > 0) process.exit(1);
for (const [name, manifests] of files)
  process.stdout.write(`${name}: ${manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ')}\n`);
