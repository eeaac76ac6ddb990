/**
 * `npm run check:layout`: opens every screen of the dashboard in a Chromium, in all widths, languages and themes, and
 * fails if controls overlap, are cut off, too small to be pressed or not to be seen, if words are cut without a sign of
 * it, or if the page scrolls sideways. `-- statistics`: only screens whose names have that. Needs a build.
 */

import { LANGUAGES, SCREENS, THEMES, WIDTHS } from './screens.ts';
import { setStage } from './stage.ts';
import type { Finding } from './walk.ts';
import { walk } from './walk.ts';

const wanted = process.argv.slice(2);
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Each fault once, with where it was seen. */
const report = (findings: readonly Finding[]): void => {
  const places = new Map<string, Set<number>>();
  for (const { kind, what, width } of findings) {
    const fault = `${kind}: ${what}`;
    places.set(fault, (places.get(fault) ?? new Set()).add(width));
  }
  for (const [fault, at] of places) say(`    ${fault} (${[...at].join(', ')})`);
};

const stage = await setStage();
try {
  const findings = await walk(
    stage,
    { screens, widths: WIDTHS, languages: LANGUAGES, themes: THEMES },
    (name, found) => {
      say(`${found.length === 0 ? 'ok' : `${found.length} findings`}  ${name}`);
      report(found);
    },
  );
  const looks = screens.length * WIDTHS.length * LANGUAGES.length * THEMES.length;
  say(`\n${findings.length} findings in ${looks} looks at ${screens.length} screens`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  await stage.stop();
}
