import type { Page } from '../../test/support/browser.ts';
import { DOMAIN, THREE_FILTERS } from './fill.ts';
import { trouble } from './trouble.ts';

/** A screen in a state, and how to come to it. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** What is there when it is complete. */
  readonly complete: string;
  /** Before there is an owner, without a session, or the owner. */
  readonly reader: 'newcomer' | 'stranger' | 'owner';
  /** Opens what lies over it. */
  readonly open?: (page: Page) => Promise<void>;
}

const SITE = `/sites/${DOMAIN}`;
const RANGE = 'period=2036-08-30..2036-09-28';

const press =
  (selector: string, appears: string) =>
  async (page: Page): Promise<void> => {
    await page.locator(selector).first().click();
    await page.locator(appears).first().waitFor();
  };

const help = async (page: Page): Promise<void> => {
  await page.keyboard.press('?');
  await page.locator('dialog kbd').first().waitFor();
};

const pickValue = async (page: Page): Promise<void> => {
  await press('.add-filter', 'dialog .dimension-groups button')(page);
  await press('dialog .dimension-groups button', 'dialog .value-form')(page);
};

type Row = readonly [name: string, path: string, complete: string, open?: Screen['open']];

const PERIOD_MENU = press('.period > .control', '.period .sheet input');

const OWNERS: readonly Row[] = [
  ['statistics, 28 days', SITE, '.panel-events .row'],
  ['statistics, a range', `${SITE}?${RANGE}`, '.panel-events .row'],
  ['statistics, three filters', `${SITE}?${THREE_FILTERS}`, '.panel .row'],
  ['statistics, an event', `${SITE}?event=Order`, '.panel .row'],
  ['statistics, other tabs', `${SITE}?show=exits.cities.campaigns.screens.revenue&by=week`, '.panel-events .row'],
  ['statistics, the chart as a table', `${SITE}?${RANGE}`, '.panel-events .row', press('.tool', '.chart-table td')],
  ['filter picker', SITE, '.panel .row', press('.add-filter', 'dialog .dimension-groups button')],
  ['filter picker, values', SITE, '.panel .row', pickValue],
  ['period menu', SITE, '.panel .row', PERIOD_MENU],
  ['period menu, a range', `${SITE}?${RANGE}`, '.panel .row', PERIOD_MENU],
  ['saved views', SITE, '.panel .row', press('.views > .control', '.views .sheet form')],
  ['site menu', SITE, '.panel .row', press('.switcher > .control', '.switcher .sheet > a')],
  ['full list', `${SITE}?list=pages`, 'dialog .row'],
  ['full list, three filters', `${SITE}?list=sources&${RANGE}&${THREE_FILTERS}`, 'dialog .dialog-body'],
  ['full list of events', `${SITE}?list=events`, 'dialog .row'],
  ['help', SITE, '.panel .row', help],
  ['live', `${SITE}/live`, '.panel .row'],
  ['logs, problems', `${SITE}/logs`, '.problem'],
  ['logs, records', `${SITE}/logs?tab=records&${RANGE}`, '.record'],
  ['install', `${SITE}/install`, 'code'],
  ['settings, general', `${SITE}/settings`, 'form'],
  ['settings, counting', `${SITE}/settings?section=counting`, 'form'],
  ['settings, left out', `${SITE}/settings?section=leftOut`, 'td'],
  ['settings, people', `${SITE}/settings?section=people`, '.entries li'],
  ['settings, data', `${SITE}/settings?section=data`, 'form'],
  ['sites', '/', '.site-metric'],
  ['account', '/account', 'form'],
  ['account, security', '/account?section=security', '.entries li'],
  ['account, tokens', '/account?section=tokens', '.entries li'],
  ['account, confirm', '/account?section=tokens', '.entries li', press('.entries li button', 'dialog .danger')],
  ['accounts', '/accounts', '.entries li'],
  ['system', '/system', '.figure'],
  ['system, large and in trouble', '/system', '.figure', trouble('.warnings')],
  ['system, warned of elsewhere', '/account', 'form', trouble('.hint-banner')],
  ['add site', '/new', 'form'],
  ['nowhere', '/nowhere', 'main a'],
];

const of =
  (reader: Screen['reader']) =>
  ([name, path, complete, open]: Row): Screen => ({ name, path, complete, reader, ...(open && { open }) });

/** All screens, those of a newcomer first: there is an owner afterwards. */
export const SCREENS: readonly Screen[] = [
  of('newcomer')(['setup', '/setup#token=x', 'form']),
  of('stranger')(['sign-in', '/login', 'form']),
  of('stranger')(['reset', '/reset#token=x', 'form']),
  of('stranger')(['invitation, used', '/invite#token=x', 'h1']),
  ...OWNERS.map(of('owner')),
];

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly language: 'en' | 'de';
  readonly theme: 'light' | 'dark';
}

/** Widths in CSS pixels: telephones, tablets, split and zoomed windows, screens. */
export const WIDTHS = [320, 375, 640, 700, 768, 820, 900, 1024, 1100, 1280, 1440, 1920, 2560] as const;
/** Those at which there is no pointer that could be over something. */
export const TOUCHED: ReadonlySet<number> = new Set([320, 375, 768, 820]);
export const LANGUAGES = ['en', 'de'] as const;
export const THEMES = ['light', 'dark'] as const;
