import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const DRIVER = '/usr/bin/WebKitWebDriver';
const PORT = 4445;
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const findMiniBrowser = () =>
  ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0']
    .map((name) => `/usr/lib/x86_64-linux-gnu/${name}/MiniBrowser`)
    .find((path) => existsSync(path));

/** Starts WebKitGTK's own small browser on a screen that nobody sees, driven by WebDriver. */
export const launchWebKit = async () => {
  const binary = findMiniBrowser();
  if (!existsSync(DRIVER) || binary === undefined)
    throw new Error('There is no WebKitGTK here (Debian: apt install webkit2gtk-driver xvfb).');
  const driver = spawn('xvfb-run', ['-a', DRIVER, `--port=${PORT}`], { detached: true, stdio: 'ignore' });
  const ended = once(driver, 'close');
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  const ready = async () => {
    for (let tries = 100; tries > 0; tries--) {
      const is = await call('GET', '/status').catch(() => undefined);
      if (is !== undefined) return;
      await sleep(100);
    }
    throw new Error('WebKitWebDriver does not answer');
  };
  await ready();
  const browserOptions = { binary, args: ['--automation'] };
  const { sessionId, capabilities } = await call('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } },
  });
  const session = `/session/${sessionId}`;
  return {
    version: capabilities.browserVersion,
    go: (url) => call('POST', `${session}/url`, { url }),
    async click(selector) {
      const found = await call('POST', `${session}/element`, { using: 'css selector', value: selector });
      await call('POST', `${session}/element/${found[ELEMENT]}/click`, {});
    },
    evaluate: (expression) => call('POST', `${session}/execute/sync`, { script: `return ${expression}`, args: [] }),
    async quit() {
      await call('DELETE', session).catch(() => undefined);
      process.kill(-driver.pid);
      await ended;
    },
  };
};
