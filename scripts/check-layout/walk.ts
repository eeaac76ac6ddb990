import type { Page } from '../../test/support/browser.ts';
import { type Fault, faultsOf } from './faults.ts';
import { lookAt } from './in-page.ts';
import { type Look, type Screen, TOUCHED } from './screens.ts';
import type { Stage } from './stage.ts';

/** A fault, and where it was seen. */
export interface Finding extends Fault, Look {
  readonly screen: string;
}

/** What is looked at. */
export interface Matrix {
  readonly screens: readonly Screen[];
  readonly widths: readonly number[];
  readonly languages: readonly Look['language'][];
  readonly themes: readonly Look['theme'][];
}

/** Looks at every screen in every way. A page is loaded once a language, and then resized. */
export const walk = async (
  stage: Stage,
  { screens, languages, ...ways }: Matrix,
  told: (screen: string, findings: readonly Finding[]) => void = () => {},
): Promise<Finding[]> => {
  const all: Finding[] = [];
  for (const screen of screens) {
    const looked = languages.map(async (language) => {
      const page = await openScreen(stage, screen, language);
      const seen = await lookAround(page, ways);
      await page.context().close();
      return { language, found: seen.map((one) => ({ ...one, language, screen: screen.name })) };
    });
    for (const { language, found } of await Promise.all(looked)) {
      told(`${screen.name}, ${language}`, found);
      all.push(...found);
    }
  }
  return all;
};

const lookAround = async (page: Page, { widths, themes }: Pick<Matrix, 'widths' | 'themes'>) => {
  const found: Omit<Finding, 'screen' | 'language'>[] = [];
  // A browser that was touched once has no pointer any more.
  const ordered = [...widths].sort((one, other) => Number(TOUCHED.has(one)) - Number(TOUCHED.has(other)));
  for (const width of ordered) {
    await resize(page, width);
    for (const theme of themes) {
      await choose(page, theme);
      found.push(...faultsOf(await lookAt(page)).map((fault) => ({ ...fault, width, theme })));
    }
  }
  return found;
};

/** Opens a screen, wide, and what lies over it. */
export const openScreen = async (stage: Stage, screen: Screen, language: Look['language']): Promise<Page> => {
  const page = await stage.reader(screen.reader, language);
  await page.setViewportSize({ width: 1280, height: HEIGHT });
  await page.goto(stage.url + screen.path);
  await page.locator(screen.complete).first().waitFor();
  await settle(page);
  await screen.open?.(page);
  await settle(page);
  return page;
};

/** Waits for what comes after the first rows, as other panels and the foot: until nothing has changed for a while. */
const settle = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.querySelector('.skeleton, .pending') === null);
  await page.evaluate(
    (quiet) =>
      new Promise<void>((done) => {
        let timer = setTimeout(done, quiet);
        new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, quiet);
        }).observe(document, { subtree: true, childList: true });
      }),
    QUIET_MS,
  );
};

const QUIET_MS = 400;

/** Of the window: that of a small telephone. */
const HEIGHT = 667;

/** Chooses a theme as the account screen does. */
export const choose = (page: Page, theme: Look['theme']): Promise<void> =>
  page.evaluate((chosen) => {
    localStorage.setItem('theme', chosen);
    dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
  }, theme);

const beTouched = async (page: Page): Promise<void> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true });
};

/** Gives the window a width, and the page the time to follow. */
export const resize = async (page: Page, width: number): Promise<void> => {
  if (TOUCHED.has(width)) await beTouched(page);
  await page.setViewportSize({ width, height: HEIGHT });
  // Two frames: what watches its own size draws in the first.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};
