/**
 * `node scripts/release-notes.mjs v0.2.0`: prints what the changelog says about a version. Ends with 1 if the tag is not
 * that of the version which is here, or nothing is said about it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, root, say } from './lib.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

const [tag] = process.argv.slice(2);
const { version } = JSON.parse(read('package.json'));
if (tag !== `v${version}`) giveUp(`The tag of this version is v${version}, not ${tag}.`);
const section = read('CHANGELOG.md')
  .split(/^## /m)
  .find((text) => text.startsWith(`[${version}]`));
const notes = section?.slice(section.indexOf('\n')).trim();
if (!notes) giveUp(`CHANGELOG.md says nothing about ${version}.`);
say(notes);
