import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_AGENT } from '../support/agent.ts';
import { personsContext } from '../support/browser.ts';
import { localTag, startSite, type TestSite } from '../support/site.ts';
import { visit } from './person.ts';
import { DOMAIN, PATIENCE_MS, type Stage, setStage } from './stage.ts';

/** As patient as with anything else in a page. */
const SOON = { timeout: PATIENCE_MS };

describe('the owner', () => {
  let stage: Stage;
  let site: TestSite;
  beforeAll(async () => {
    stage = await setStage();
    site = await startSite(localTag(stage.collector.url, DOMAIN));
    await stage.setUp();
  });
  afterAll(async () => {
    await site.stop();
    expect(await stage.stop()).toBe(0);
  });

  test('sees a visit within seconds, without doing anything', async () => {
    await stage.open();
    await expect.poll(() => stage.figure('visits'), SOON).toBe('0');
    const person = { agent: REAL_AGENT, from: '81.2.69.160', locale: 'en-GB', width: 1500 };
    await visit(stage.collector.url, person, {
      path: '/',
      act: async () => {},
      arrived: () => expect.poll(() => stage.figure('visits'), { timeout: 10_000 }).toBe('1'),
    });
  });

  test('adds a site, is shown its tag, and sees its first visit arrive', async () => {
    const { dashboard, collector, browser, figure } = stage;
    await dashboard.goto(`${collector.url}/new`);
    await dashboard.getByLabel('Domain').fill('blog.example');
    await dashboard.getByLabel('Time zone').fill('Asia/Kathmandu');
    await dashboard.getByRole('button', { name: 'Add site' }).click();
    await dashboard.getByText('Waiting for the first visit').waitFor();
    const tag = `<script defer src="${collector.url}/p.js" data-site="blog.example"></script>`;
    await dashboard.getByText(tag, { exact: true }).waitFor();

    const blog = await startSite(localTag(collector.url, 'blog.example'));
    const context = await personsContext(browser);
    await (await context.newPage()).goto(blog.url);
    await dashboard.getByText('The first visit has arrived.').waitFor();
    await context.close();
    await blog.stop();

    await dashboard.getByRole('link', { name: 'See the statistics' }).click();
    await expect.poll(() => figure('visitors'), SOON).toBe('1');
  });

  test('sees that a browser which says it is headless was left out as a robot', async () => {
    const { browser, collector, dashboard } = stage;
    await stage.open();
    const before = await stage.figure('pageviews');
    const context = await browser.newContext();
    const page = await context.newPage();
    const answer = page.waitForResponse(`${collector.url}/in`);
    await page.goto(`${site.url}/pricing.html`);
    expect((await answer).headers().passerby).toBe('bot=1');
    await context.close();
    await stage.open();
    const robots = dashboard.locator('[data-reason=bot]');
    await robots.waitFor();
    expect(Number(await robots.getAttribute('data-value'))).toBeGreaterThanOrEqual(1);
    expect(await stage.figure('pageviews')).toBe(before);
  });

  test('has a session that no other site can use', async () => {
    const { owner, collector } = stage;
    const page = await owner.newPage();
    await page.goto(`${site.url}/app.js`);
    const tried = await page.evaluate(async (api) => {
      const attempt = (path: string, init: RequestInit): Promise<string> =>
        fetch(api + path, { credentials: 'include', ...init }).then(
          () => 'answered',
          () => 'refused',
        );
      const headers = { 'content-type': 'application/json' };
      return [
        await attempt('/api/sites', {}),
        await attempt('/api/sites', { method: 'POST', headers, body: '{"domain":"planted.example"}' }),
        await attempt('/api/sites', { method: 'POST', body: '{"domain":"planted.example"}' }),
        await attempt('/api/sites/shop.example', { method: 'PATCH', headers, body: '{"name":"planted"}' }),
      ];
    }, collector.url);
    expect(tried).toEqual(['refused', 'refused', 'refused', 'refused']);
    expect(await (await collector.api('GET', '/api/sites')).text()).not.toContain('planted');
    await page.close();
  });

  test('signs out, and the dashboard is closed', async () => {
    const { dashboard, collector, owner } = stage;
    await dashboard.goto(`${collector.url}/account`);
    await dashboard.getByRole('button', { name: 'Sign out' }).click();
    await dashboard.getByRole('button', { name: 'Sign in' }).waitFor();
    await stage.open();
    await dashboard.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await owner.cookies()).toEqual([]);
  });
});
