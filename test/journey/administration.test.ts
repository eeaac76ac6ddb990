import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYWHERE } from '../../packages/collector/src/accounts/role.ts';
import { totpCode } from '../../packages/collector/src/accounts/totp.ts';
import type { Disk } from '../../packages/collector/src/lib/disk-space.ts';
import { launchBrowser, personsContext } from '../support/browser.ts';
import { type ServedCollector, serveCollector } from '../support/served-collector.ts';
import { localTag } from '../support/site.ts';
import { DOMAIN, PATIENCE_MS } from './stage.ts';

const PASSWORD = 'a long enough password';
const SETTINGS = `/sites/${DOMAIN}/settings`;

const ROOM: Disk = { free: 60e9, total: 80e9, device: 1 };

/** As patient as with anything else in a page. */
const SOON = { timeout: PATIENCE_MS };

describe('who administers sites and accounts', () => {
  let served: ServedCollector;
  let browser: Browser;
  let owner: Page;
  let disk = ROOM;

  beforeAll(async () => {
    served = await serveCollector({
      diskOf: async () => disk,
      fetchPage: async (url) =>
        url.pathname === '/'
          ? { status: 200, url, type: 'text/html', csp: null, html: localTag(served.url, DOMAIN) }
          : 'unreachable',
    });
    const { collector, url } = served;
    await collector.api('POST', '/api/sites', { domain: DOMAIN, timezone: 'Europe/Berlin' });
    const hit = (path: string, agent?: string) =>
      collector.send({ s: DOMAIN, u: `https://${DOMAIN}${path}`, i: [{ k: 'view' }] }, agent ? { agent } : {});
    await hit('/');
    await hit('/private');
    await hit('/private');
    await hit('/', 'Googlebot/2.1');
    await collector.flush();
    browser = await launchBrowser();
    owner = await somebody();
    await owner.goto(`${url}/setup#token=${collector.collector.accounts.setupToken}`);
    await signUp(owner, 'owner@shop.example', 'Create account');
    await owner.getByRole('link', { name: DOMAIN }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await served.stop();
  });

  /** A page of somebody with a browser of their own. */
  const somebody = async (locale = 'en-GB'): Promise<Page> => {
    const context = await personsContext(browser, { locale, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return page;
  };
  const signUp = async (page: Page, email: string, button: string): Promise<void> => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: button }).click();
  };
  const open = async (path: string): Promise<void> => {
    await owner.goto(served.url + path);
  };
  /** A part of the screen, by its title. */
  const card = (name: string, page = owner) => page.getByRole('region', { name, exact: true });
  const save = async (name: string): Promise<void> => {
    await card(name).getByRole('button', { name: 'Save' }).click();
    await card(name).getByText('Saved').waitFor();
  };
  /** An account without a role. */
  const invite = async (email: string): Promise<void> => {
    const { accounts, sites } = served.collector.collector;
    const site = sites.find(DOMAIN)?.id ?? '';
    const { id } = await accounts.create(email, PASSWORD, site, 'viewer');
    await accounts.setRole(id, site, null);
  };
  const site = async (): Promise<Record<string, unknown>> => {
    const { sites } = (await (await served.collector.api('GET', '/api/sites')).json()) as {
      sites: { domain: string }[];
    };
    return { ...sites.find(({ domain }) => domain === DOMAIN) };
  };
  /** A link that is shown once, beside its button to copy it. */
  const shownOnce = async (page = owner): Promise<string> => (await page.locator('.once code').textContent()) ?? '';

  test('names and hosts are saved, and what is wrong is told beside its field', async () => {
    await open(SETTINGS);
    const names = card('Name and domain');
    await names.getByLabel('Name', { exact: true }).fill('The shop');
    await names.getByLabel('Hosts that count').fill(`${DOMAIN}\nhttps://wrong`);
    await names.getByLabel('Other domains').focus();
    await names.getByText('https://wrong: A host such as').waitFor();
    // What the collector alone knows, of the second line.
    const long = 'h'.repeat(300);
    await names.getByLabel('Hosts that count').fill(`${DOMAIN}\n${long}`);
    await names.getByRole('button', { name: 'Save' }).click();
    await names.getByText(`${long.slice(0, 40)}…: At most 255 characters.`).waitFor();
    await names.getByRole('button', { name: 'Save' }).click();
    expect(await names.getByLabel('Hosts that count').evaluate((field) => field === document.activeElement)).toBe(true);
    await names.getByLabel('Hosts that count').fill(`${DOMAIN}\n*.${DOMAIN}`);
    await save('Name and domain');
    expect(await site()).toMatchObject({ name: 'The shop', hostnames: [DOMAIN, `*.${DOMAIN}`] });
  });

  test('another time zone counts from the next midnight on', async () => {
    await open(SETTINGS);
    await card('Time zone').getByLabel('Time zone').fill('Asia/Kathmandu');
    await save('Time zone');
    await card('Time zone').getByText('Asia/Kathmandu counts from').waitFor();
    expect(await site()).toMatchObject({ timezone: 'Europe/Berlin', timezoneNext: { timezone: 'Asia/Kathmandu' } });
  });

  test('what is kept can be less', async () => {
    await open(`${SETTINGS}?section=counting`);
    await card('What is kept of a visit').getByLabel('Language of the browser').uncheck();
    await card('What is kept of a visit').getByLabel('Where visitors are').selectOption('Country and region');
    await save('What is kept of a visit');
    await card('For how long').getByLabel('Log records').fill('30');
    await save('For how long');
    expect(await site()).toMatchObject({
      collect: { places: 'region', screens: true, languages: false },
      logsDays: 30,
    });
  });

  test('hosts that visitors come back from are none of their sources', async () => {
    await open(`${SETTINGS}?section=counting`);
    const referrers = card('Referrers that are no source');
    await referrers.getByLabel('Hosts').fill('https://pay.bücher.example/done\n*.pay.example');
    await referrers.getByRole('button', { name: 'Save' }).click();
    expect(await referrers.getByLabel('Hosts').evaluate((field) => field === document.activeElement)).toBe(true);
    await referrers.getByLabel('Hosts').fill('Pay.Bücher.example');
    await save('Referrers that are no source');
    expect(await site()).toMatchObject({ ignoredReferrers: ['pay.xn--bcher-kva.example'] });
  });

  test('a country is picked by its name, and what was left out is told by day', async () => {
    await open(`${SETTINGS}?section=leftOut`);
    const rules = card('What does not count');
    await rules.getByLabel('Countries').fill('germany');
    await rules.getByLabel('Countries').press('Enter');
    await rules.getByRole('button', { name: 'Remove Germany' }).waitFor();
    await rules.getByLabel('Pages').fill('/admin/*');
    await save('What does not count');
    expect(await site()).toMatchObject({ blockedCountries: ['DE'], excludedPages: ['/admin/*'] });
    const table = card('Left out, day by day').getByRole('table');
    expect(await table.getByRole('columnheader').allTextContents()).toEqual(['Day', 'robots and scripts']);
    expect(await table.locator('td').allTextContents()).toEqual(['1', '1']);
  });

  test('a day and an event have limits', async () => {
    await open(`${SETTINGS}?section=leftOut`);
    const limits = card('Limits');
    await limits.getByLabel('Views, events and log lines a day').fill('50000');
    await limits.getByLabel('Revenue of one event').fill('500');
    await limits.getByLabel('Negative revenue counts').check();
    await save('Limits');
    expect(await site()).toMatchObject({ dailyItems: 50_000, dailyLogMegabytes: 200, maxRevenue: 500, refunds: true });
  });

  test('a page is looked at for its script tag', async () => {
    await open(SETTINGS);
    const check = card('Is it working?');
    await check.getByRole('button', { name: 'Check' }).click();
    await check.locator('[data-finding=found]').waitFor();
    await check.getByLabel('Page').fill('/lost');
    await check.getByRole('button', { name: 'Check' }).click();
    await check.getByText('The page could not be reached.').waitFor();
  });

  test('the script tag is built as it is wanted', async () => {
    await open(`/sites/${DOMAIN}/install`);
    const tag = card('Script tag').getByRole('figure', { name: 'Script tag' });
    await owner.getByText('Options', { exact: true }).click();
    await owner.getByLabel('Errors and logs too').check();
    await owner.getByLabel('Lines of the browser').selectOption('console.error');
    await owner.getByLabel('Downloads of files').uncheck();
    await owner.getByLabel('Pages that do not count').fill('/admin/*\n/drafts');
    const written = `<script defer src="${served.url}/p.full.js" data-site="${DOMAIN}" data-console="error" data-exclude="/admin/*,/drafts" data-auto="outbound,forms"></script>`;
    await expect.poll(() => tag.locator('code').textContent(), SOON).toBe(written);
  });

  test('a page is forgotten after its name was typed', async () => {
    await open(`${SETTINGS}?section=data`);
    const purge = card('Delete a page or a period');
    await purge.getByLabel('Page').fill('/private');
    await purge.getByRole('button', { name: 'See what would go' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByText('2 views and events and 0 log records on 1 day').waitFor();
    await dialog.getByLabel('Type shop.example').fill('shop');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await dialog.getByText('This is something else.').waitFor();
    await dialog.getByLabel('Type shop.example').fill(DOMAIN);
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await purge.getByText('Deleted: 2 views and events').waitFor();
    const pages = await served.collector.query({
      site_id: DOMAIN,
      metrics: ['pageviews'],
      dimensions: ['event:page'],
      date_range: '7d',
    });
    expect(pages.results.map(({ dimensions }) => dimensions[0])).not.toContain('/private');
  });

  test('a page is found by its own letters', async () => {
    const hit = { s: DOMAIN, u: `https://${DOMAIN}/größe`, i: [{ k: 'view' as const }] };
    await served.collector.send(hit, { address: '192.0.2.88' });
    await served.collector.flush();
    await open(`${SETTINGS}?section=data`);
    const purge = card('Delete a page or a period');
    await purge.getByLabel('Page').fill('/größe');
    await purge.getByRole('button', { name: 'See what would go' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByText('1 view or event and').waitFor();
    await dialog.getByText('Everything that names /größe goes').waitFor();
    await open(`/sites/${DOMAIN}`);
    const pages = owner.getByRole('region', { name: 'Pages' });
    await pages.getByTitle('/größe').click();
    await expect.poll(() => new URL(owner.url()).searchParams.get('page')).toBe('/größe');
    await owner.getByRole('button', { name: 'Change filter Page: /größe' }).waitFor();
  });

  test('hits are deleted by what they say', async () => {
    const spam = { s: DOMAIN, u: `https://${DOMAIN}/`, i: [{ k: 'event' as const, n: 'Spam' }] };
    await served.collector.send(spam, { address: '192.0.2.66' });
    await served.collector.flush();
    await open(`${SETTINGS}?section=data`);
    const purge = card('Delete by event, source or hour');
    await purge.getByRole('button', { name: 'See what would go' }).click();
    await purge.getByText('Fill in at least one.').waitFor();
    await purge.getByLabel('Event').fill('Spam');
    await purge.getByRole('button', { name: 'See what would go' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByText('1 view or event and 0 log records on 1 day').waitFor();
    await dialog.getByLabel('Type shop.example').fill(DOMAIN);
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await purge.getByText('Deleted: 1 view or event').waitFor();
    const { results } = await served.collector.query({ site_id: DOMAIN, metrics: ['events'], date_range: '7d' });
    expect(results[0]?.metrics).toEqual([0]);
  });

  test('what is to be deleted is written as it is shown, and by half deletes nothing', async () => {
    const hit = {
      s: DOMAIN,
      u: `https://bücher.${DOMAIN}/`,
      w: 'l' as const,
      i: [{ k: 'event' as const, n: 'Copied', p: { plan: 'pro' } }],
    };
    await served.collector.send(hit, { address: '192.0.2.77' });
    await served.collector.flush();
    const choose = async (values: Record<string, string>, dimension = 'Nothing else'): Promise<void> => {
      await open(`${SETTINGS}?section=data`);
      const purge = card('Delete by event, source or hour');
      for (const [label, value] of Object.entries(values)) await purge.getByLabel(label, { exact: true }).fill(value);
      await purge.getByLabel('Something else').selectOption({ label: dimension });
      await purge.getByRole('button', { name: 'See what would go' }).click();
    };
    const dialog = owner.getByRole('dialog');
    await choose({ Property: 'plan', 'Its value': 'pro' }, 'Country');
    await owner.getByText('Fill in this or “Something else”, not both.').waitFor();
    await choose({ Property: 'plan' });
    await owner.getByText('Say which value.').waitFor();
    await choose({ 'Its value': 'pro' });
    await owner.getByText('Say what this is the value of.').waitFor();
    await choose({ Event: 'Copied', From: '2026-02-02', To: '2026-02-01' });
    await owner.getByText('The first day comes after the last.').waitFor();
    await choose({ Event: 'Misspelt' });
    await owner.getByText('Nothing of that kind is stored.').waitFor();
    await choose({ 'Its value': '1,024 to 1,439 PX', Event: 'Copied' }, 'Screen');
    await dialog.getByText('1 view or event and').waitFor();
    await choose({ 'Its value': `bücher.${DOMAIN}` }, 'Hostname');
    await dialog.getByText('1 view or event and').waitFor();
    await dialog.getByLabel('Type shop.example').fill(DOMAIN);
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await owner.getByText('Deleted: 1 view or event').waitFor();
    const again = card('Delete by event, source or hour').getByRole('button', { name: 'See what would go' });
    await expect.poll(() => again.evaluate((button) => button === document.activeElement), SOON).toBe(true);
  });

  test('names that pages report under by mistake are shown, and added', async () => {
    for (const s of ['shpo.example', 'nowhere.test'])
      await served.collector.send({ s, u: `https://${DOMAIN}/`, i: [{ k: 'view' }] });
    await open('/');
    await owner.getByText('Names that are no site here').click();
    await owner.getByText('nowhere.test').waitFor();
    await open(SETTINGS);
    const check = card('Is it working?');
    await check.getByRole('button', { name: 'Check' }).click();
    await check.getByText('1 message arrived for “shpo.example”, which is no site here.').waitFor();
    await check.getByRole('button', { name: 'Add shpo.example as another name' }).click();
    await expect.poll(async () => (await site()).aliases, SOON).toEqual(['shpo.example']);
  });

  test('a site has its name in its own letters', async () => {
    await open('/new');
    await owner.getByLabel('Domain').fill('https://Bücher.example/shop');
    await owner.getByRole('button', { name: 'Add site' }).click();
    await owner.getByRole('button', { name: 'Switch site: bücher.example' }).waitFor();
    expect(new URL(owner.url()).pathname).toBe('/sites/xn--bcher-kva.example/install');
    await open('/sites/xn--bcher-kva.example/settings');
    expect(await card('Name and domain').getByLabel('Domain', { exact: true }).inputValue()).toBe('bücher.example');
    await served.collector.api('DELETE', '/api/sites/bücher.example', { confirm: 'bücher.example' });
  });

  test('a long name of a site is cut, and pushes nothing away', async () => {
    await served.collector.api('POST', '/api/sites', { domain: 'long.example', name: 'Ausführlich '.repeat(8).trim() });
    for (const width of [1280, 1000, 820, 660]) {
      await owner.setViewportSize({ width, height: 800 });
      await open('/sites/long.example');
      await owner.getByTestId('now').waitFor();
      expect(await owner.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const [screens, periods] = [owner.locator('.screens'), owner.locator('.periods')];
      const [left, right] = await Promise.all([screens.boundingBox(), periods.boundingBox()]);
      // Beside each other, or in two rows.
      const [end, foot] = [(left?.x ?? 0) + (left?.width ?? 0), (left?.y ?? 0) + (left?.height ?? 0)];
      expect(end <= (right?.x ?? 0) || foot <= (right?.y ?? 0)).toBe(true);
    }
    await owner.setViewportSize({ width: 1280, height: 800 });
  });

  test('an ordinary name is not cut, in the longer words of German either', async () => {
    await owner.evaluate(() => localStorage.setItem('language', 'de'));
    for (const width of [1280, 1181, 1180, 941, 940, 820, 660, 390]) {
      await owner.setViewportSize({ width, height: 800 });
      await open(`/sites/${DOMAIN}`);
      await owner.getByTestId('now').waitFor();
      const name = owner.locator('.switcher b');
      expect([width, await name.evaluate((b) => b.scrollWidth - b.clientWidth)]).toEqual([width, 0]);
    }
    await owner.evaluate(() => localStorage.removeItem('language'));
    await owner.setViewportSize({ width: 1280, height: 800 });
  });

  test('a site is deleted after its domain was typed', async () => {
    await served.collector.api('POST', '/api/sites', { domain: 'old.example' });
    await open('/sites/old.example/settings?section=data');
    await card('Delete this site').getByRole('button', { name: 'Delete this site' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByLabel('Type old.example').fill('old.example');
    await dialog.getByRole('button', { name: 'Delete this site' }).click();
    await owner.getByRole('heading', { name: 'My sites' }).waitFor();
    expect(await owner.getByRole('link', { name: 'old.example' }).count()).toBe(0);
  });

  test('somebody is invited, sees the site, and may not change it', async () => {
    await open(`${SETTINGS}?section=people`);
    await owner.getByRole('button', { name: 'Make a link' }).click();
    const link = await shownOnce();
    expect(link).toMatch(/\/invite#token=/);

    const guest = await somebody();
    await guest.goto(link);
    await guest.getByText(`You are invited to ${DOMAIN} as Viewer.`).waitFor();
    await signUp(guest, 'guest@shop.example', 'Create account');
    await guest.waitForURL(`**/sites/${DOMAIN}`);
    await guest.getByRole('link', { name: 'Statistics' }).waitFor();
    expect(await guest.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await guest.goto(served.url + SETTINGS);
    await guest.getByText('This needs the role Editor.').waitFor();
    await guest.context().close();

    await open(`${SETTINGS}?section=people`);
    await owner.getByLabel('Role of guest@shop.example').selectOption('Editor');
    await card('People').getByText('Saved').waitFor();
    await owner.getByRole('button', { name: 'Remove guest@shop.example' }).click();
    await owner.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => card('People').getByRole('listitem').count(), SOON).toBe(1);
  });

  test('a forgotten password is replaced by a link that works once', async () => {
    await invite('forgetful@shop.example');
    await open('/accounts');
    await owner.getByRole('button', { name: /resets the password of forgetful/ }).click();
    const link = await shownOnce();
    const guest = await somebody();
    await guest.goto(link);
    await guest.getByLabel('New password').fill('another long password');
    await guest.getByRole('button', { name: 'Set password' }).click();
    await guest.getByRole('heading', { name: 'My sites' }).waitFor();
    await guest.goto('about:blank');
    await guest.goto(link);
    await guest.getByLabel('New password').fill('a third long password');
    await guest.getByRole('button', { name: 'Set password' }).click();
    await guest.getByText('This link is not good any more.').waitFor();
    await guest.context().close();
  });

  test('somebody may do something on all sites, or no more', async () => {
    await invite('helper@shop.example');
    await open('/accounts');
    const role = owner.getByLabel('Role of helper@shop.example on all sites');
    await role.selectOption('Viewer: All sites');
    const entry = owner.getByRole('listitem').filter({ hasText: 'helper@shop.example' });
    await entry.getByText('Saved').waitFor();
    await entry.getByText('All sites: Viewer', { exact: true }).waitFor();
    await role.selectOption('Single sites');
    await entry.getByText('no sites').waitFor();
  });

  test('who owns everything sees how large all is, and is warned on every screen before room ends', async () => {
    disk = { ...ROOM, free: 1.2e9 };
    await open('/account');
    await owner.getByRole('link', { name: 'System' }).click();
    const figure = (name: string) => owner.locator('.figure').filter({ has: owner.getByText(name, { exact: true }) });
    await figure('Free on the disk').getByText('of 80 GB').waitFor();
    expect(await figure('Free on the disk').locator('.metric-value').textContent()).toBe('1.2 GB');
    expect(await figure('Data').locator('.metric-value').textContent()).toMatch(/^\d+(\.\d)? kB$/);
    const { data } = (await (await served.collector.api('GET', '/api/operator/system')).json()) as {
      data: { tables: { name: string; rows: number }[] };
    };
    const sums = data.tables.find(({ name }) => name === 'sums')?.rows;
    const row = card('What is stored').getByRole('row').filter({ hasText: 'Daily sums' });
    expect(await row.getByRole('cell').first().textContent()).toBe(String(sums));
    await card('Backups').getByText('BACKUP_DIR=').waitFor();

    const warning = /^Only 1.2.GB of 80.GB are free on /;
    expect(await owner.getByText(warning).count()).toBe(1);
    for (const path of ['/', '/accounts', `/sites/${DOMAIN}`, SETTINGS]) {
      await open(path);
      await owner.getByText(warning).waitFor();
    }
    await owner.getByRole('link', { name: 'See System' }).click();
    await figure('Data').waitFor();
    disk = ROOM;
    await open('/system');
    await figure('Data').waitFor();
    expect(await owner.getByText(warning).count()).toBe(0);
  });

  test('nobody else sees anything of that', async () => {
    disk = { ...ROOM, free: 1.2e9 };
    await served.collector.api('GET', '/api/operator/system');
    const { accounts } = served.collector.collector;
    const { id } = await accounts.create('editor@shop.example', PASSWORD, EVERYWHERE, 'editor');
    const { cookie } = await accounts.sessions.begin(id);
    const editor = await somebody();
    await editor.context().addCookies([{ name: 'passerby', value: cookie, url: served.url }]);
    await editor.goto(served.url);
    await editor.getByRole('link', { name: DOMAIN }).waitFor();
    expect(await editor.getByRole('link', { name: 'System' }).count()).toBe(0);
    expect(await editor.locator('.hint-banner').count()).toBe(0);
    await editor.goto(`${served.url}/system`);
    await editor.getByText('Only owners of all sites see this.').waitFor();
    expect((await editor.request.get(`${served.url}/api/operator/system`)).status()).toBe(403);
    await editor.context().close();
    disk = ROOM;
  });

  test('a token is shown once, does what it may, and is refused when it is gone', async () => {
    await open('/account?section=tokens');
    const tokens = card('API tokens');
    await tokens.getByLabel('What is it for?').fill('report');
    await tokens.getByLabel('On these sites').fill(String((await site()).name));
    await tokens.getByLabel('On these sites').press('Enter');
    await tokens.getByRole('button', { name: 'Create token' }).click();
    const token = await shownOnce();
    const status = async (method: string, path: string): Promise<number> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const body = method === 'PATCH' ? { body: '{"name":"x"}' } : {};
      return (await served.collector.request(path, { method, headers, ...body })).status;
    };
    expect(await status('GET', '/api/sites')).toBe(200);
    expect(await status('PATCH', `/api/sites/${DOMAIN}`)).toBe(403);
    await tokens.getByText(`Read · ${DOMAIN}`).waitFor();
    await tokens.getByRole('button', { name: 'Remove the token report' }).click();
    await owner.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await tokens.getByText('No tokens yet').waitFor();
    expect(await status('GET', '/api/sites')).toBe(401);
  });

  test('a second factor is set up, and asked for at sign-in', async () => {
    await invite('careful@shop.example');
    const page = await somebody();
    await page.goto(`${served.url}/login`);
    await signUp(page, 'careful@shop.example', 'Sign in');
    await page.getByRole('heading', { name: 'My sites' }).waitFor();
    await page.goto(`${served.url}/account?section=security`);
    const ofFactor = card('Second factor', page);
    await ofFactor.getByLabel('Current password').fill(PASSWORD);
    await ofFactor.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('img', { name: 'QR code' }).waitFor();
    const secret = (await page.getByRole('figure', { name: 'Key for the app' }).locator('code').textContent()) ?? '';
    await page.getByLabel('Code', { exact: true }).fill(totpCode(secret, Math.floor(Date.now() / 30_000)));
    await page.getByRole('button', { name: 'Turn on' }).click();
    const [recovery = ''] = (await shownOnce(page)).split('\n');
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await card('Second factor', page).getByText('On', { exact: true }).waitFor();

    await page.goto(`${served.url}/account`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signUp(page, 'careful@shop.example', 'Sign in');
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This code is not good.').waitFor();
    await page.getByLabel('Code', { exact: true }).fill(recovery);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'My sites' }).waitFor();
    await page.context().close();
  });

  test('the dashboard speaks the language and has the colours that were chosen', async () => {
    const reader = await somebody('de-DE');
    await reader.goto(`${served.url}/login`);
    await reader.getByRole('button', { name: 'Anmelden' }).waitFor();
    expect(await reader.locator('html').getAttribute('lang')).toBe('de');
    await reader.getByRole('button', { name: 'English' }).click();
    await reader.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await reader.locator('html').getAttribute('lang')).toBe('en');
    await reader.context().close();

    await open('/account');
    await owner.getByRole('button', { name: 'Dark' }).click();
    expect(await owner.locator('html').getAttribute('data-theme')).toBe('dark');
    await owner.reload();
    expect(await owner.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await owner.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true');
  });
});
