import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type BiDi, connect } from './bidi.ts';

/** Where distributions and installers put a Firefox. */
const USUAL_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** A window with one tab. */
export interface Firefox {
  readonly version: string;
  readonly go: (url: string) => Promise<void>;
  /** Clicks what a selector names, with a mouse. */
  readonly click: (selector: string) => Promise<void>;
  /** Value of an expression in the page. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly quit: () => Promise<void>;
}

/** Finds a Firefox: that of `FIREFOX_PATH`, or one in the usual places; null: there is none. */
export const findFirefox = (): string | null => {
  const named = process.env.FIREFOX_PATH;
  return (named === undefined ? USUAL_PLACES : [named]).find((path) => existsSync(path)) ?? null;
};

/** A quiet browser, whose only way into the web is a proxy, and which leaves nothing outside its profile. */
const preferences = (proxy: URL, profile: string): Readonly<Record<string, string | number | boolean>> => ({
  'network.proxy.type': 1,
  'network.proxy.http': proxy.hostname,
  'network.proxy.http_port': Number(proxy.port),
  'dom.security.https_first': false,
  'browser.download.folderList': 2,
  'browser.download.dir': profile,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'remote.prefs.recommended': true,
});

/** Starts a Firefox with a fresh profile. @param proxy its way into the web */
export const launchFirefox = async (path: string, proxy: string): Promise<Firefox> => {
  const { path: profile, remove } = temporaryFolder();
  const lines = Object.entries(preferences(new URL(proxy), profile)).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'];
  const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const quit = async (): Promise<void> => {
    child.kill();
    await ended;
    remove();
  };
  try {
    const bidi = await connect(await addressOf(child.stderr, ended));
    const tab = await openTab(bidi);
    return { ...tab, quit };
  } catch (error) {
    await quit();
    throw error;
  }
};

/** The address that Firefox prints once it listens. */
const addressOf = (output: NodeJS.ReadableStream, ended: Promise<void>): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    output.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    void ended.then(() => reject(new Error(`Firefox ended before it listened: ${said}`)));
  });

const openTab = async ({ send }: BiDi): Promise<Omit<Firefox, 'quit'>> => {
  const { capabilities } = await send<{ capabilities: { browserVersion: string } }>('session.new', {
    capabilities: {},
  });
  // The SDK does not count browsers that are driven by a program.
  await send('script.addPreloadScript', {
    functionDeclaration: "() => Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })",
  });
  const { context } = await send<{ context: string }>('browsingContext.create', { type: 'tab' });
  const evaluate = async (expression: string): Promise<unknown> => {
    const { type, result } = await send<{ type: string; result: { value?: unknown } }>('script.evaluate', {
      expression,
      target: { context },
      awaitPromise: true,
    });
    if (type !== 'success') throw new Error(`${expression} failed`);
    return result.value;
  };
  return {
    version: capabilities.browserVersion,
    async go(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async click(selector) {
      const { nodes } = await send<{ nodes: { sharedId: string }[] }>('browsingContext.locateNodes', {
        context,
        locator: { type: 'css', value: selector },
      });
      if (nodes[0] === undefined) throw new Error(`there is no ${selector}`);
      const origin = { type: 'element', element: { sharedId: nodes[0].sharedId } };
      await send('input.performActions', {
        context,
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            actions: [
              { type: 'pointerMove', x: 0, y: 0, origin },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      });
    },
    evaluate,
  };
};
