import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import manifest from '../package.json' with { type: 'json' };
import { library, script } from '../tsup.config.ts';
import { buildFiles, openStage, paper, SHOP, STATS, type Stage, soon } from './testing/stage.ts';

let stage: Stage;
let files: Map<string, Buffer>;
beforeAll(async () => {
  files = await buildFiles(library);
  stage = await openStage({ isUnhurried: true });
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

test('all the files that the package names are built', async () => {
  const built = [...files.keys(), ...(await buildFiles(script)).keys()]
    // What several of them share, and where each came from.
    .filter((name) => !/-[\w-]{8}\.|^chunk-|\.map$/.test(name))
    .map((name) => `./dist/${name}`);
  const named = JSON.stringify(manifest.exports).match(/\.\/dist\/[\w.]+/g) ?? [];
  expect(built.sort()).toEqual([...new Set(named)].sort());
});

describe.each([
  ['index', ['init', 'page', 'stop', 'track', 'view'], ''],
  ['full', ['init', 'log', 'page', 'stop', 'track', 'view'], 'log("warn", "text");'],
])('%s', (entry, calls, more) => {
  test('in a browser: init once, then the calls', async () => {
    stage.papers.set(`${SHOP}/passerby.js`, {
      html: String(files.get(`${entry}.js`)),
      headers: { 'content-type': 'text/javascript' },
    });
    for (const [name, code] of files)
      if (name.endsWith('.js'))
        stage.papers.set(`${SHOP}/${name}`, { html: String(code), headers: { 'content-type': 'text/javascript' } });
    stage.papers.set(`${SHOP}/`, {
      html: paper(
        '',
        `<script type="module">
          import { ${calls} } from '/passerby.js';
          track('early', null, null, { interactive: false });
          init({ site: 'npm.example', to: '${STATS}/in', release: '7', props: { author: 'Ann' } });
          init({ site: 'again.example', to: '${STATS}/in' });
          track('signup', { plan: 'pro' });
          ${more}
        </script>`,
      ),
    });
    const page = await stage.tab();
    await page.goto(SHOP);
    await soon(stage.kinds).toEqual(['view', 'event', 'event', ...(more ? ['log'] : [])]);
    expect(stage.items()).toMatchObject([{}, { n: 'early', ni: 1 }, { n: 'signup' }, ...(more ? [{}] : [])]);
    expect(stage.arrivals.map(({ beacon }) => [beacon.s, beacon.rel, beacon.p])).toEqual([
      ['npm.example', '7', { author: 'Ann' }],
    ]);
  });

  test.each(['js', 'cjs'])('on a server the .%s does nothing', async (ending) => {
    const { path: folder, remove } = temporaryFolder();
    try {
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
      for (const [name, code] of files) await writeFile(join(folder, name), code);
      const path = join(folder, `${entry}.${ending}`);
      const passerby = ending === 'cjs' ? createRequire(path)(path) : await import(pathToFileURL(path).href);
      expect(Object.keys(passerby).sort()).toEqual(calls);
      passerby.init({ to: 'https://stats.example/in' });
      passerby.track('signup');
      passerby.view();
      passerby.page({ author: 'Ann' });
      passerby.stop();
      passerby.log?.('info', 'text');
    } finally {
      remove();
    }
  });
});
