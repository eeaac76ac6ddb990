/**
 * `npm run record:errors`: builds the apps beside this file with three bundlers in three releases, brings their faults
 * about in three browsers, and writes what these say of them into `recorded.jsonl`. `--all` keeps every one, `--out FILE`
 * writes elsewhere.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { BROWSERS } from './browsers.mjs';
import { APPS, BUNDLERS, build } from './build.mjs';
import { factsOf } from './facts.mjs';
import { FAULTS, groupOf, pageOf, selectorOf } from './faults.mjs';
import { RELEASES } from './releases.mjs';
import { isKept, shorten } from './sample.mjs';
import { serve } from './serve.mjs';

const WAIT_MS = 3000;
const POLL_MS = 20;
/** A browser that remembers a script by its text names where it saw it first: the addresses of all builds are replaced. */
const OURS = /http:\/\/127\.0\.0\.1:\d+/g;

const { values } = parseArgs({ options: { all: { type: 'boolean' }, out: { type: 'string' } } });
const out = values.out ?? join(import.meta.dirname, '../recorded.jsonl');
const say = (text) => process.stdout.write(`${text}\n`);

/** The first error that the page notes after a click. */
const provoke = async (browser, origin, fault) => {
  await browser.go(`${origin}/`);
  await browser.click(selectorOf(fault));
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await sleep(POLL_MS)) {
    const [first] = JSON.parse(await browser.evaluate('JSON.stringify(window.errors)'));
    if (first !== undefined) return first;
  }
  throw new Error(`The page says nothing of ${fault}`);
};

/** What a browser that was just started says of the faults of a build. */
const recordWith = async (engine, { app, site, release, origin }) => {
  const browser = await BROWSERS[engine]();
  const errors = [];
  try {
    for (const [at, fault] of FAULTS[app].entries()) {
      if (values.all !== true && !isKept({ at, site, release, engine })) continue;
      const { message, stack } = await provoke(browser, origin, fault);
      const [said, where] = [message, shorten(stack)].map((text) => text.replace(OURS, 'https://app.example'));
      errors.push({ at, group: groupOf(fault), engine, message: said, stack: where });
    }
  } finally {
    await browser.quit();
  }
  say(`  ${engine} ${browser.version}: ${errors.length} errors`);
  return errors;
};

/** All that the browsers say of a build, fault after fault. */
const recordBuild = async ({ app, bundler, site, release, folder }) => {
  say(`${app}, ${bundler}, release ${release}`);
  const { out: built, ...page } = await build({ app, bundler, release, folder });
  let visits = 0;
  const facts = () => factsOf(`${app} ${bundler} ${release} ${++visits}`);
  const { origin, close } = await serve({ out: built, page: () => pageOf({ app, ...page, facts: facts() }) });
  try {
    const errors = [];
    for (const engine of Object.keys(BROWSERS))
      errors.push(...(await recordWith(engine, { app, site, release, origin })));
    return errors.map(({ group, ...error }) => ({
      ...error,
      group: `${app}-${bundler}/${group}`,
      bundler,
      release: String(release),
    }));
  } finally {
    close();
  }
};

const sites = APPS.flatMap((app) => Object.keys(BUNDLERS).map((bundler) => ({ app, bundler })));
const folder = temporaryFolder();
const errors = [];
try {
  for (const [site, { app, bundler }] of sites.entries()) {
    const ofSite = [];
    for (const release of RELEASES) {
      const place = join(folder.path, `${app}-${bundler}-${release}`);
      ofSite.push(...(await recordBuild({ app, bundler, site, release, folder: place })));
    }
    errors.push(...ofSite.sort((one, other) => one.at - other.at));
  }
} finally {
  folder.remove();
}

const lines = errors.map(({ group, engine, bundler, release, message, stack }, at) =>
  JSON.stringify({ id: `r-${String(at + 1).padStart(3, '0')}`, group, engine, bundler, release, message, stack }),
);
writeFileSync(out, `${lines.join('\n')}\n`);
say(`${errors.length} errors in ${new Set(errors.map(({ group }) => group)).size} groups`);
