import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../packages/sdk/package.json' with { type: 'json' };
import { REAL_AGENT } from '../support/agent.ts';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { type CountedWeb, startCountedWeb } from '../support/counted.ts';
import { installPackedSdk } from '../support/packed-sdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { serveFolder } from './serve-folder.ts';

const PATIENCE_MS = 20_000;
const folderOf = (example: string): string => fileURLToPath(new URL(`../../examples/${example}`, import.meta.url));

/**
 * Builds an example as its own script does, in a copy of it; returns the folder of what was built.
 * The copy has the packages that the example's lockfile names, and of the SDK what would be published.
 */
const build = async (example: string, tool: 'astro' | 'vite', out: string): Promise<string> => {
  const [folder, copy] = [folderOf(example), join(out, example)];
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.startsWith(join(folder, 'node_modules')) });
  for (const name of packagesOf(folder)) {
    if (name === '@passerby/sdk') {
      installPackedSdk(copy);
      continue;
    }
    const place = join(copy, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(folder, 'node_modules', name), place);
  }
  await promisify(execFile)(join(folder, 'node_modules/.bin', tool), ['build'], {
    cwd: copy,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  return join(copy, 'dist');
};

/** Names of the packages that an example asks for. */
const packagesOf = (folder: string): string[] => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { dependencies?: object; devDependencies?: object };
  return Object.keys({ ...dependencies, ...devDependencies });
};

/** A page whose script is pinned, as the SDK's README says. */
const pinnedPage = (): string => {
  const script = readFileSync(fileURLToPath(new URL('../../packages/sdk/dist/p.js', import.meta.url)));
  const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;
  return `<!doctype html><title>Pinned</title><script defer src="http://stats.example.com/p.${version}.js"
    integrity="${integrity}" crossorigin="anonymous"></script>`;
};

describe('the examples, walked through in a browser and counted by a collector', () => {
  const { path: out, remove } = temporaryFolder();
  let web: CountedWeb;
  let browser: Browser;
  beforeAll(async () => {
    const [react, astro] = await Promise.all([build('react', 'vite', out), build('astro', 'astro', out)]);
    web = await startCountedWeb({
      'bakery.example': serveFolder(folderOf('html')),
      'shop.example': serveFolder(react, 'index.html'),
      'blog.example': serveFolder(astro),
      demo: null,
      'pinned.example': (_, response) => response.setHeader('content-type', 'text/html').end(pinnedPage()),
      'mill.example': (_, response) => response.setHeader('content-type', 'text/html').end('<title>Mill</title>'),
    });
    // What a browser sends while a page goes away has its own agent.
    browser = await launchBrowser([`--user-agent=${REAL_AGENT}`]);
  });
  afterAll(async () => {
    await browser.close();
    await web.stop();
    remove();
  });

  /** Goes to the site's first page, walks, and leaves. */
  const walk = async (domain: string, steps: (page: Page) => Promise<void>, path = '/'): Promise<void> => {
    const context = await personsContext(browser, { proxy: { server: web.proxy } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`http://${domain}${path}`);
    await steps(page);
    await page.goto('about:blank');
    await expect.poll(() => web.engaged(domain), { timeout: PATIENCE_MS }).not.toEqual([]);
    await context.close();
  };
  const counted = (domain: string, hits: readonly string[]): Promise<void> =>
    expect.poll(() => web.hits(domain), { timeout: PATIENCE_MS }).toEqual([...hits].sort());
  const link = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).click();
  const button = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

  test('html: links, a download, a form, events by attribute, revenue, a page that is missing', async () => {
    await walk('bakery.example', async (page) => {
      await button(page, 'Opening hours');
      await Promise.all([page.waitForEvent('download'), link(page, 'Our recipe')]);
      await link(page, 'The mill that grinds our flour');
      await page.waitForURL('http://mill.example/flour');
      await page.goBack();
      await link(page, 'Order');
      await button(page, 'Buy a rye bread');
      await page.getByLabel('E-mail').fill('ann@reader.example');
      await button(page, 'Subscribe');
      await link(page, 'Cake');
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    });
    await counted('bakery.example', [
      'view /',
      'event / Opening hours {"shown-in":"start page"}',
      'event / File download {"url":"http://bakery.example/recipe.pdf"}',
      'event / Outbound link {"url":"http://mill.example/flour"}',
      'view /',
      'view /order.html',
      'event /order.html Order {"bread":"rye"} 12.5 EUR',
      'event /order.html Form submission {"form":"newsletter","path":"/thanks.html"}',
      'view /thanks.html',
      'view /cake.html',
      'event /cake.html 404 {"path":"/cake.html"}',
    ]);
    expect(await web.visits('bakery.example')).toBe(1);
  });

  test('html without JavaScript: a view by the image', async () => {
    const before = await web.hits('bakery.example');
    const context = await personsContext(browser, { proxy: { server: web.proxy }, javaScriptEnabled: false });
    await (await context.newPage()).goto('http://bakery.example/');
    await counted('bakery.example', [...before, 'view / by image']);
    await context.close();
  });

  test('react: the steps of the router, events, revenue, a log line, an error', async () => {
    await walk('shop.example', async (page) => {
      await link(page, 'Lamp');
      await button(page, 'Add to basket');
      await link(page, 'Checkout');
      await button(page, 'Pay');
      await button(page, 'Pay by a bank that is away');
    });
    await counted('shop.example', [
      'view /',
      'view /products/lamp',
      'event /products/lamp Add to basket {"product":"lamp"}',
      'view /checkout',
      'event /checkout Purchase {"products":"1"} 39.9 EUR',
      'error /checkout',
    ]);
    const logs = await web.collector.store.query('SELECT severity, message, release FROM logs ORDER BY severity');
    expect(logs).toEqual([
      { severity: 'error', message: 'Error: The bank did not answer', release: '2026.11' },
      { severity: 'info', message: 'an order was placed', release: '2026.11' },
    ]);
    expect(await web.visits('shop.example')).toBe(1);
  });

  test('astro: properties of the page on its views and events, a page that is missing', async () => {
    await walk('blog.example', async (page) => {
      await link(page, 'The first post');
      await button(page, 'Like');
      await page.goto('http://blog.example/third/');
    });
    await counted('blog.example', [
      'view /',
      'view /posts/first/ {"author":"Ann"}',
      'event /posts/first/ Like {"author":"Ann"}',
      'view /third/',
      'event /third/ 404 {"path":"/third/"}',
    ]);
    expect(await web.visits('blog.example')).toBe(1);
  });

  test('a script that is pinned by its version and integrity', async () => {
    await walk('pinned.example', async () => {});
    await counted('pinned.example', ['view /']);
  });

  test('the demo of the collector: all that the script and its attributes can do', async () => {
    const steps = async (page: Page): Promise<void> => {
      await button(page, 'Opening hours');
      await button(page, 'Write a log line');
      await button(page, 'Break something');
      await Promise.all([page.waitForEvent('download'), link(page, 'Our recipe')]);
      await link(page, 'Cake');
      await link(page, 'Bread');
      await button(page, 'Sign up');
      await page.getByRole('link', { name: 'Order', exact: true }).click();
      await link(page, 'Basket');
      await button(page, 'Order a rye bread');
    };
    await walk('demo', steps, '/demo/');
    await counted('demo', [
      'view /demo/',
      'event /demo/ Opening hours {"shown-in":"start page"}',
      'error /demo/',
      'event /demo/ File download {"url":"http://demo/demo/recipe.pdf"}',
      'view /demo/cake.html',
      'event /demo/cake.html 404 {"path":"/demo/cake.html"}',
      'view /demo/bread.html',
      'event /demo/bread.html Form submission {"form":"tasting","path":"/demo/about.html"}',
      'view /demo/about.html',
      'view /demo/app/',
      'view /demo/app/basket',
      'event /demo/app/basket Order {"bread":"rye"} 12.5 EUR',
    ]);
  });
});
