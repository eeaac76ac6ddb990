import { startTestEngine } from '../../packages/collector/src/engine/testing.ts';
import { type Browser, launchBrowser, type Page, personsContext } from '../../test/support/browser.ts';
import { serveCollector } from '../../test/support/served-collector.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { DOMAIN, fillSite, NOW, sowVisits } from './fill.ts';
import type { Look, Screen } from './screens.ts';

/** A full collector and readers in front of it. */
export interface Stage {
  /** A page in the language, of the reader. There is no owner until another than a newcomer is asked for. */
  readonly reader: (who: Screen['reader'], language: Look['language']) => Promise<Page>;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const OWNER = { email: 'somebody-with-a-long-name@bakery.example', password: 'a long enough password' };

/** Fills a collector and opens a browser. Both have the same time. */
export const setStage = async (): Promise<Stage> => {
  const engine = await startTestEngine();
  await sowVisits(engine, temporaryFolder().path);
  const served = await serveCollector({ engine, now: () => NOW });
  await fillSite(served.collector);
  const browser = await launchBrowser();
  let session: Promise<Session> | undefined;
  const setUp = async (): Promise<Session> => {
    const page = await openPage(browser, 'en', undefined);
    await page.goto(served.url);
    const post = async (path: string, data: unknown): Promise<void> => {
      const answer = await page.request.post(served.url + path, { data });
      if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
    };
    await post('/api/setup', { token: served.collector.collector.accounts.setupToken, ...OWNER });
    await post('/api/tokens', { name: 'Nightly copy of everything to the office', scope: 'read', sites: null });
    await post('/api/invites', { site: DOMAIN, role: 'editor' });
    const state = await page.context().storageState();
    await page.context().close();
    return state;
  };
  return {
    url: served.url,
    async reader(who, language) {
      if (who === 'newcomer') return openPage(browser, language, undefined);
      session ??= setUp();
      const owner = await session;
      return openPage(browser, language, who === 'owner' ? owner : undefined);
    },
    async stop() {
      await browser.close();
      await served.stop();
    },
  };
};

type Session = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;

const openPage = async (
  browser: Browser,
  language: Look['language'],
  storageState: Session | undefined,
): Promise<Page> => {
  const context = await personsContext(browser, {
    locale: language === 'en' ? 'en-GB' : 'de-DE',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...(storageState && { storageState }),
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  return page;
};
