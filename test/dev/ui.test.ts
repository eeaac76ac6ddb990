import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build, createServer, type Rolldown, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';

const root = fileURLToPath(new URL('../../packages/dashboard', import.meta.url));
const FILES = readdirSync(`${root}/src/ui`)
  .filter((name) => !name.includes('.test.'))
  .map((name) => name.replace(/\.tsx?$/, ''));

describe('/dev/ui', () => {
  let server: ViteDevServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await createServer({ root, logLevel: 'silent', server: { port: 5600 } });
    await server.listen();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Opens it as a reader who chose, and tells what went wrong on it. */
  const open = async (theme: string, language: string): Promise<{ page: Page; wrong: string[] }> => {
    const page = await browser.newPage();
    const wrong: string[] = [];
    page.on('pageerror', ({ message }) => wrong.push(message));
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
    await page.addInitScript(
      (chosen) => {
        for (const [name, value] of Object.entries(chosen)) localStorage.setItem(name, value);
      },
      { theme, language },
    );
    await page.goto(`${server.resolvedUrls?.local[0]}dev/ui`);
    await page.locator('.dev-section').first().waitFor();
    return { page, wrong };
  };

  test.each([
    ['light', 'en', 'My sites'],
    ['dark', 'de', 'Websites'],
  ])('shows every file of ui/ in its states, %s and %s', async (theme, language, word) => {
    const { page, wrong } = await open(theme, language);
    const shown = await page
      .locator('[data-file]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-file')));
    expect(shown.sort()).toEqual(FILES.sort());
    const states = page.locator('[data-state]');
    expect(await states.count()).toBeGreaterThan(2 * FILES.length);
    // As in the dashboard, it stands for nothing.
    const empty = await states.evaluateAll((all) =>
      all
        .filter((one) => one.querySelector('.dev-shown')?.innerHTML === '')
        .map((one) => one.getAttribute('data-state')),
    );
    expect(empty).toEqual(['not shown for one page']);
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
    expect(await page.locator('[data-file=bar] nav').first().textContent()).toContain(word);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('is in no build', async () => {
    const { output } = (await build({
      root,
      logLevel: 'silent',
      build: { write: false },
    })) as Rolldown.RolldownOutput;
    const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : file.originalFileNames));
    expect(modules.some((id) => id.includes('/src/ui/'))).toBe(true);
    expect(modules.filter((id) => id.includes(`${root}/dev/`))).toEqual([]);
  });
});
