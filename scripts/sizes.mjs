/**
 * `node scripts/sizes.mjs`: counts what is long or intricate, which is worth a second look and no failure. With `--all`
 * it says where.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, say } from './lib.mjs';

const KINDS = {
  'lint/complexity/noExcessiveLinesPerFunction': 'functions over 40 lines',
  'lint/style/noExcessiveLinesPerFile': 'files over 200 lines',
  'lint/complexity/useMaxParams': 'functions of more than 3 parameters',
  'lint/complexity/noExcessiveCognitiveComplexity': 'functions of a cognitive complexity over 15',
};

const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
const options = ['--config-path=scripts/lint/size.json', '--reporter=json', '--max-diagnostics=none'];
const { stdout } = spawnSync(process.execPath, [biome, 'lint', ...options, 'packages'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
const { diagnostics } = JSON.parse(stdout);

say('Worth a second look:');
for (const [category, kind] of Object.entries(KINDS)) {
  const found = diagnostics.filter((one) => one.category === category);
  say(`  ${found.length} ${kind}`);
  if (process.argv.includes('--all'))
    for (const { location } of found) say(`    ${location.path}:${location.start?.line ?? 1}`);
}
