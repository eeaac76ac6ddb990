import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, type ExpectStatic, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { startWeb } from '../support/web.ts';
import { APPS, type App } from './apps.ts';
import { createIntake, type Sent } from './sent.ts';
import { type Place, serveApp } from './serve-app.ts';
import { type Row, tableOf } from './table.ts';
import { openHome, openMoved, type Shown, type Way, walk } from './walk.ts';

const PLACES: readonly Place[] = ['deferred', 'late', 'end of body'];
const SITE = 'shop.example';
const SEARCH = 'http://search.example/';
/** Longer than items wait for others. */
const SLOW_MS = 1500;
/** What has not come so long after the page was left does not come. */
const REST_MS = 1500;

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const script = readFileSync(process.env.PASSERBY_SCRIPT ?? fileOf('../../packages/sdk/dist/p.js'));
const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(fileOf(`node_modules/${name}/package.json`), 'utf8')) as { version: string }).version;

interface Case {
  readonly app: App;
  readonly place: Place;
  /** The browser has no Navigation API. */
  readonly isOld?: boolean;
  /** The script of the application comes late. */
  readonly isSlow?: boolean;
}

interface Visit {
  readonly shown: readonly Shown[];
  /** In the order in which it arrived. */
  readonly sent: readonly Sent[];
  /** How often a document of the site was loaded: Turbo does so where it is hurried. */
  readonly loads: number;
}

/** Comes from a search to an application whose pages have the tag. */
const visit = async (browser: Browser, { app, place, isOld, isSlow }: Case, way: Way): Promise<Visit> => {
  const intake = createIntake(script);
  const web = await startWeb({
    [SITE]: serveApp(app, place, isSlow ? SLOW_MS : 0),
    'stats.example.com': intake.listener,
    'search.example': (_, response) => response.setHeader('content-type', 'text/html').end(linksTo(app)),
  });
  const context = await personsContext(browser, { proxy: { server: web.proxy } });
  if (isOld)
    await context.addInitScript({ content: "Object.defineProperty(window, 'navigation', { value: undefined })" });
  try {
    const page = await context.newPage();
    let loads = 0;
    page.on('request', (request) => {
      const isLoad = request.isNavigationRequest() && request.redirectedFrom() === null;
      if (isLoad && new URL(request.url()).hostname === SITE) loads++;
    });
    await page.goto(SEARCH);
    const shown = await way(page, app);
    await page.waitForTimeout(REST_MS);
    return { shown, sent: intake.sent, loads };
  } finally {
    await context.close();
    await web.stop();
  }
};

const linksTo = ({ byHash }: App): string =>
  `<a href="http://${SITE}/">Home</a> <a href="http://${SITE}${byHash ? '/#' : ''}/moved">Moved</a>`;

const linesOf = (pages: readonly Shown[]): string[] => pages.map(({ path, title }) => `${path} "${title}"`);

let browser: Browser;
beforeAll(async () => {
  // What a browser sends while a page goes away has its own agent.
  browser = await launchBrowser([`--user-agent=${REAL_AGENT}`]);
});
afterAll(() => browser.close());

const only = (kind: string, sent: readonly Sent[]): Sent[] => sent.filter((item) => item.kind === kind);
const nameOf = ({ place, isOld, isSlow }: Case): string =>
  place + (isOld ? ', old browser' : '') + (isSlow ? ', slow start' : '');
const named = (cases: readonly Case[]): [string, Case][] =>
  cases.map((each) => [`${each.app.name}, tag ${nameOf(each)}`, each]);

// One after the other: it counts how soon an application begins.
describe('a first page', () => {
  const quick = APPS.flatMap((app): Case[] => [
    { app, place: 'deferred' },
    { app, place: 'end of body' },
  ]);
  const slow = APPS.filter(({ isSingle }) => isSingle).map((app): Case => ({ app, place: 'first', isSlow: true }));

  const expectOf = async (expect: ExpectStatic, given: Case, way: Way): Promise<void> => {
    const { shown, sent } = await visit(browser, given, way);
    expect(linesOf(only('view', sent))).toEqual(linesOf(shown));
    expect(sent[0]?.referrer).toBe(SEARCH);
  };
  test.for(named(slow))('%s', ([, given], { expect }) => expectOf(expect, given, openHome));
  test.for(named([...quick, ...slow]))('an old link: %s', ([, given], { expect }) =>
    expectOf(expect, given, openMoved),
  );
});

describe.concurrent('a walk', () => {
  const rows: Row[] = [];
  afterAll(() => {
    const tools = `Chromium ${browser.version()}, Node.js ${process.versions.node}`;
    process.stdout.write(`\n${tools}, ${script.length} bytes of script\n${tableOf(rows)}\n`);
  });

  const cases = APPS.flatMap((app): Case[] => [
    ...PLACES.map((place) => ({ app, place })),
    // Chromium calls listeners of the window in their order; the browsers meant here those first that capture.
    { app, place: 'first', isOld: true },
  ]);
  test.for(named(cases))('%s', async ([, given], { expect }) => {
    const { shown, sent, loads } = await visit(browser, given, walk);
    const [views, engagements] = [only('view', sent), only('engage', sent)];
    const { name, package: library } = given.app;
    rows.push({ app: name, version: versionOf(library), tag: nameOf(given), shown, views, engagements });
    expect(linesOf(views)).toEqual(linesOf(shown));
    expect(linesOf(engagements).sort()).toEqual(linesOf(shown).sort());
    expect(views[0]?.referrer).toBe(SEARCH);
    expect(views.filter(({ referrer }) => referrer)).toHaveLength(loads);
    expect(sent.length).toBe(2 * shown.length);
  });
});
