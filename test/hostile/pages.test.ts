import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOMAIN, type Stage, setStage } from '../journey/stage.ts';
import { REAL_AGENT } from '../support/agent.ts';
import { until } from '../support/until.ts';

/** Markup that runs, or at least stands in the page, wherever a text is taken for markup. */
const MARKUP = '"\'><img src=x data-planted onerror=alert(1)>';
const POISON = {
  s: DOMAIN,
  u: `https://${DOMAIN}/${MARKUP}?utm_source=${MARKUP}&utm_medium=${MARKUP}&utm_campaign=${MARKUP}`,
  t: MARKUP,
  r: `https://evil.example/${MARKUP}`,
  i: [
    { k: 'view' },
    { k: 'event', n: MARKUP, p: { [MARKUP]: MARKUP } },
    { k: 'log', l: 'warn', m: MARKUP, p: { [MARKUP]: MARKUP } },
    { k: 'error', m: MARKUP, st: `at ${MARKUP} (javascript:alert(1):1:1)` },
  ],
};
const REPORTS = ['pages', 'sources', 'referrers', 'campaigns', 'events'];

/** Addresses of the dashboard, and what is there when it is complete. */
const SCREENS: readonly [path: string, complete: string][] = [
  ['/', `text=${DOMAIN}`],
  ['/new', 'form'],
  ['/account', 'form'],
  [`/sites/${DOMAIN}/settings?section=leftOut`, 'form'],
  [`/sites/${DOMAIN}/install`, 'text=data-site='],
  ...REPORTS.map((report): [string, string] => [`/sites/${DOMAIN}?period=7d&show=${report}`, '.row']),
  [`/sites/${DOMAIN}?period=7d&list=pages`, 'text=<img'],
  [`/sites/${DOMAIN}/logs`, 'text=<img src=x'],
  [`/sites/${DOMAIN}/logs?view=records`, 'text=<img src=x'],
  ['/nothing', 'a'],
];

describe('the pages, where hostile visitors left texts', () => {
  let stage: Stage;
  let page: Page;
  /** What the browser complained of, and what was asked of other hosts. */
  const complaints: string[] = [];
  const referers: (string | undefined)[] = [];

  const watch = async (context: BrowserContext): Promise<void> => {
    context.on('console', (message) => {
      if (/Content Security Policy|Permissions-Policy/.test(message.text())) complaints.push(message.text());
    });
    context.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('request', (request) => {
      if (!request.url().startsWith(stage.collector.url)) complaints.push(`asked ${request.url()}`);
      referers.push(request.headers().referer);
    });
  };
  const planted = (): Promise<number> => page.locator('[data-planted]').count();

  beforeAll(async () => {
    stage = await setStage();
    page = stage.dashboard;
    await watch(stage.owner);
    const sent = await fetch(`${stage.collector.url}/in`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': REAL_AGENT, 'x-forwarded-for': '81.2.69.160' },
      body: JSON.stringify(POISON),
    });
    expect([sent.headers.get('passerby'), await sent.text()]).toEqual(['counted=4', '']);
    await stage.collector.api('PATCH', `/api/sites/${DOMAIN}`, { name: MARKUP });
    const question = { site_id: DOMAIN, metrics: ['pageviews'], date_range: 'day' } as const;
    const isThere = async () => (await stage.collector.query(question)).results[0]?.metrics[0] === 1;
    await until('the visit is stored', 10_000, isThere);
  });
  afterAll(async () => {
    expect(await stage.stop()).toBe(0);
  });

  test('the one-time link is told to nobody', async () => {
    await page.goto(`${stage.collector.url}/login`);
    await stage.setUp();
    expect(referers.filter((referer) => referer !== undefined && !referer.startsWith(stage.collector.url))).toEqual([]);
  });

  test.each(SCREENS)('%s shows them as texts', async (path, complete) => {
    await page.goto(stage.collector.url + path, { waitUntil: 'networkidle' });
    await page.locator(complete).first().waitFor();
    expect(await planted()).toBe(0);
  });

  test('and so do the problems and the records, unfolded', async () => {
    for (const view of ['', '?view=records']) {
      await page.goto(`${stage.collector.url}/sites/${DOMAIN}/logs${view}`, { waitUntil: 'networkidle' });
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await planted()).toBe(0);
    }
  });

  test('the demo does what it does', async () => {
    for (const path of ['/demo/', '/demo/bread.html', '/demo/about.html', '/demo/app/']) {
      await page.goto(stage.collector.url + path, { waitUntil: 'networkidle' });
      for (const button of await page.getByRole('button').all()) await button.click();
      for (const link of await page.locator('[data-step]').all()) await link.click();
    }
  });

  test('no page may be framed', async () => {
    const other = await stage.owner.newPage();
    await other.route('https://evil.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${stage.collector.url}/"></iframe>` }),
    );
    await other.goto('https://evil.example/', { waitUntil: 'networkidle' });
    expect(await other.frames()[1]?.locator('#app').count()).toBe(0);
    await other.close();
  });

  test('and no browser complained', () => {
    expect(complaints.filter((complaint) => !/evil\.example|frame-ancestors/.test(complaint))).toEqual([]);
  });
});
