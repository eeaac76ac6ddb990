import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { library, script } from '../tsup.config.ts';
import { buildFiles, openStage, paper, SHOP, STATS, type Stage, soon } from './testing/stage.ts';

let stage: Stage;
let files: Map<string, Buffer>;
beforeAll(async () => {
  files = await buildFiles(library);
  stage = await openStage();
});
afterAll(() => stage.close());

test('all the files that the package names are built', async () => {
  const built = [...files.keys(), ...(await buildFiles(script)).keys()].map((name) => `./dist/${name}`);
  const named = JSON.stringify(manifest.exports).match(/\.\/dist\/[\w.]+/g) ?? [];
  expect(built.sort()).toEqual([...new Set(named)].sort());
});

test('in a browser: init once, then track and log', async () => {
  stage.papers.set(`${SHOP}/passerby.js`, {
    html: String(files.get('index.js')),
    headers: { 'content-type': 'text/javascript' },
  });
  stage.papers.set(`${SHOP}/`, {
    html: paper(
      '',
      `<script type="module">
        import { init, log, track } from '/passerby.js';
        track('too early');
        init({ site: 'npm.example', to: '${STATS}/in', release: '7' });
        init({ site: 'again.example', to: '${STATS}/in' });
        track('signup', { plan: 'pro' });
        log('warn', 'text');
      </script>`,
    ),
  });
  const page = await stage.tab();
  await page.goto(SHOP);
  await soon(stage.kinds).toEqual(['view', 'event', 'log']);
  expect(stage.arrivals.map(({ beacon }) => [beacon.s, beacon.rel])).toEqual([['npm.example', '7']]);
});

test.each(['index.js', 'index.cjs'])('on a server %s does nothing', async (name) => {
  const folder = await mkdtemp(join(tmpdir(), 'npm-'));
  try {
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, name), files.get(name) ?? '');
    const path = join(folder, name);
    const passerby = name.endsWith('.cjs') ? createRequire(path)(path) : await import(pathToFileURL(path).href);
    expect(Object.keys(passerby).sort()).toEqual(['init', 'log', 'track']);
    passerby.init({ to: 'https://stats.example/in' });
    passerby.track('signup');
    passerby.log('info', 'text');
  } finally {
    await rm(folder, { recursive: true });
  }
});
