import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, type Kind } from '../../scripts/check-layout/faults.ts';
import { lookAt } from '../../scripts/check-layout/in-page.ts';
import { SCREENS, type Screen } from '../../scripts/check-layout/screens.ts';
import { type Stage, setStage } from '../../scripts/check-layout/stage.ts';
import { openScreen, resize, walk } from '../../scripts/check-layout/walk.ts';

/** Of `npm run check:layout`, what is fullest and in the longer words: a sample that is quick. */
const SAMPLE = ['statistics, a range', 'statistics, three filters', 'full list', 'logs, records', 'settings, left out'];
/** A telephone, a tablet, both sides of where the bar becomes one row. */
const WIDTHS = [320, 820, 1119, 1120];

const screenOf = (wanted: string): Screen => {
  const screen = SCREENS.find(({ name }) => name === wanted);
  if (!screen) throw new Error(`There is no screen ${wanted}.`);
  return screen;
};

describe('the layout', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.stop());

  test.each(SAMPLE)('of "%s" has no fault', async (name) => {
    const screens = [screenOf(name)];
    expect(await walk(stage, { screens, widths: WIDTHS, languages: ['de'], themes: ['light'] })).toEqual([]);
  });

  describe('that somebody spoils', () => {
    let page: Page;
    beforeAll(async () => {
      page = await openScreen(stage, screenOf('statistics, a range'), 'en');
    });

    const SPOILED: readonly [what: string, selector: string, style: Readonly<Record<string, string>>, kind: Kind][] = [
      ['the account over the period', '.account', { translate: '-90px 0' }, 'overlap'],
      ['the period over the filter', '.periods', { translate: '-120px 0' }, 'overlap'],
      ['the account half out of the window', '.account', { translate: '60px 0' }, 'clipped'],
      [
        'a figure out of its box',
        '.metrics',
        { overflow: 'hidden', width: '700px', gridTemplateColumns: 'repeat(6, 200px)' },
        'clipped',
      ],
      ['steps that are narrow', '.periods .step', { width: '10px', minWidth: '0' }, 'small'],
      [
        'a name of the site without its ellipsis',
        '.switcher b',
        { textOverflow: 'clip', width: '40px', display: 'block' },
        'cut',
      ],
      [
        'a tab that is lower than its word',
        '.panel .tabs a',
        { height: '6px', padding: '0', display: 'block' },
        'sticks out',
      ],
      ['the icon of the account away', '.account .icon', { display: 'none' }, 'invisible'],
      ['a chart that is wide', '.chart-box', { width: '1400px' }, 'sideways'],
    ];

    test.each(SPOILED)('has a fault: %s', async (_, selector, style, kind) => {
      await resize(page, 1280);
      expect(faultsOf(await lookAt(page))).toEqual([]);
      const element = page.locator(selector).first();
      await element.evaluate((one, changes) => Object.assign((one as HTMLElement).style, changes), style);
      if (selector === '.switcher b') await element.evaluate((one) => one.removeAttribute('title'));
      const kinds = faultsOf(await lookAt(page)).map((fault) => fault.kind);
      await element.evaluate((one) => one.removeAttribute('style'));
      expect(kinds).toContain(kind);
    });
  });
});
