import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { Accounts } from '../accounts/account-store.ts';
import { CHEAP } from '../accounts/testing.ts';
import { SILENT, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { UnreadError } from '../store/collection.ts';
import { Documents } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { addDemoSite, DEMO_DOMAIN } from './demo.ts';
import { SavedViews } from './saved-views.ts';
import type { Site } from './site.ts';
import { DomainTakenError, Sites } from './site-store.ts';
import { SitesFile } from './sites-file.ts';

const NEW = { domain: 'site.example', timezone: 'Europe/Berlin' };

/** A collector, as far as it knows sites. */
interface Collector {
  readonly sites: Sites;
  readonly documents: Documents;
  /** The file of its copy. */
  readonly file: string;
}

let engine: TestEngine;
let folder: string;
let collectors = 0;
const copies: SitesFile[] = [];
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());
beforeEach(() => {
  folder = temporaryFolder().path;
});
afterEach(async () => {
  // Writes to a copy wait for each other: these are the last.
  await Promise.all(copies.splice(0).map((copy) => copy.keep([])));
  rmSync(folder, { recursive: true, force: true });
  await engine.store.command('TRUNCATE TABLE config');
});

/** A collector with a data folder of its own unless a file is given; it has not asked the store for anything. */
const opened = async (
  store = engine.store,
  file = join(folder, `${++collectors}.json`),
  now: () => number = Date.now,
): Promise<Collector> => {
  const documents = new Documents(store, SILENT);
  const copy = new SitesFile(file, SILENT);
  copies.push(copy);
  const sites = await Sites.open({ documents, copy, now });
  return { sites, documents, file };
};

const started = async (...args: Parameters<typeof opened>): Promise<Collector> => {
  const collector = await opened(...args);
  await collector.documents.refresh();
  return collector;
};

const refreshed = (...all: readonly Collector[]) => Promise.all(all.map(({ documents }) => documents.refresh()));
const domains = ({ sites }: Collector): string[] => sites.all().map(({ domain }) => domain);
const copied = ({ file }: Collector): string[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { sites: { domain: string }[] }).sites.map(({ domain }) => domain);
const away = (): Store => {
  const refuse = () => Promise.reject(new StoreError('away', 'unknown', null, ''));
  return { ...engine.store, query: refuse, command: refuse };
};
/** A store of which nobody has an answer to a first write before two have written. */
const inStep = (): Store => {
  let written = 0;
  let release = (): void => {};
  const both = new Promise<void>((resolve) => {
    release = resolve;
  });
  const command: Store['command'] = async (...args) => {
    await engine.store.command(...args);
    written += 1;
    if (written === 2) release();
    await both;
  };
  return { ...engine.store, command };
};
const outcomes = async (jobs: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(jobs))
    .map((job) => (job.status === 'fulfilled' ? 'added' : job.reason instanceof DomainTakenError ? 'taken' : 'failed'))
    .sort();

test('a collector adds one domain once, however often it is told to at once', async () => {
  const { sites } = await started();
  expect(await outcomes(Array.from({ length: 5 }, () => sites.add(NEW)))).toEqual(['added', ...Array(4).fill('taken')]);
});

describe('two collectors', () => {
  test('know the sites that the other added', async () => {
    const [a, b] = [await started(), await started()];
    const added = await a.sites.add(NEW);
    expect(added).toMatchObject({ ...NEW, name: NEW.domain });
    expect(b.sites.find(NEW.domain)).toBeUndefined();
    await b.documents.refresh();
    expect(b.sites.find(NEW.domain)).toEqual(added);
  });

  test('change different things of a site, and both changes hold', async () => {
    const [a, b] = [await started(), await started()];
    const site = await a.sites.add(NEW);
    await b.documents.refresh();
    await a.sites.change(site, { name: 'Named' });
    await b.sites.change(site, { hitsDays: 7 });
    await refreshed(a, b);
    expect(a.sites.find(NEW.domain)).toEqual({ ...site, name: 'Named', hitsDays: 7 });
    expect(b.sites.all()).toEqual(a.sites.all());
  });

  test('add one domain many times at once: there is never more than one, and whoever is told so has added it', async () => {
    const [a, b] = [await started(), await started()];
    const told = await outcomes(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? a : b).sites.add(NEW)));
    await refreshed(a, b);
    expect(told.filter((outcome) => outcome === 'added')).toHaveLength(a.sites.all().length);
    expect(a.sites.all().length).toBeLessThanOrEqual(1);
    expect(b.sites.all()).toEqual(a.sites.all());
  });

  test('that have both written before either looks both withdraw, and the domain is free', async () => {
    const store = inStep();
    const [a, b] = [await started(store), await started(store)];
    expect(await outcomes([a.sites.add(NEW), b.sites.add(NEW)])).toEqual(['taken', 'taken']);
    await refreshed(a, b);
    expect([domains(a), domains(b)]).toEqual([[], []]);
    await expect(a.sites.add(NEW)).resolves.toMatchObject(NEW);
  });

  test('of which one writes after the other has looked: only the first has the domain', async () => {
    const b = await started();
    // What `a` has read is old by the time that it writes.
    const command: Store['command'] = async (...args) => {
      if (b.sites.find(NEW.domain) === undefined) await b.sites.add(NEW);
      await engine.store.command(...args);
    };
    const a = await started({ ...engine.store, command });
    expect(await outcomes([a.sites.add(NEW)])).toEqual(['taken']);
    await refreshed(a, b);
    expect([domains(a), a.sites.all()]).toEqual([[NEW.domain], b.sites.all()]);
  });

  test('agree on the older where two sites have one domain all the same', async () => {
    for (const [id, created] of [
      ['younger', '2026-03-02T00:00:00.000Z'],
      ['older', '2026-03-01T00:00:00.000Z'],
      ['zyounger', '2026-03-03T00:00:00.000Z'],
    ])
      await engine.store.command(
        "INSERT INTO config (kind, id, version, body, deleted) SELECT 'site', {id:String}, 1, {body:String}, 0",
        { id: id ?? '', body: JSON.stringify({ id, domain: NEW.domain, name: 'x', timezone: 'UTC', created }) },
      );
    for (const collector of [await started(), await started()])
      expect(collector.sites.all().map(({ id }) => id)).toEqual(['older']);
  });

  test('that start together on an empty store have one demo site', async () => {
    const store = inStep();
    const [a, b] = [await started(store), await started(store)];
    await Promise.all([addDemoSite(a.sites, 'UTC'), addDemoSite(b.sites, 'UTC')]);
    await refreshed(a, b);
    expect([domains(a), b.sites.all()]).toEqual([[DEMO_DOMAIN], a.sites.all()]);
    const before = a.sites.all();
    await addDemoSite((await started()).sites, 'Europe/Berlin');
    await a.documents.refresh();
    expect(a.sites.all()).toEqual(before);
  });
});

describe('the names of a site', () => {
  const two = async (): Promise<Collector> => {
    const collector = await started();
    await collector.sites.add(NEW);
    await collector.sites.add({ ...NEW, domain: 'other.example' });
    return collector;
  };
  const site = ({ sites }: Collector, name = NEW.domain): Site => {
    const found = sites.find(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };

  test('are its domain and its aliases, also at another collector and in the copy', async () => {
    const [a, b] = [await two(), await started()];
    await a.sites.change(site(a), { aliases: ['blog.site.example', 'shop'] });
    await b.documents.refresh();
    for (const collector of [a, b])
      for (const name of ['blog.site.example', 'shop']) expect(site(collector, name).domain).toBe(NEW.domain);
    expect(domains(b)).toEqual(['other.example', NEW.domain]);
    await expect.poll(() => readFileSync(b.file, 'utf8')).toContain('"shop"');
    expect(site(await opened(away(), b.file), 'shop').domain).toBe(NEW.domain);
  });

  test('are its former domains too, so that tags go on working', async () => {
    const a = await two();
    const moved = await a.sites.change(site(a), { domain: 'new.example' });
    expect(moved).toMatchObject({ id: site(a).id, domain: 'new.example', aliases: [NEW.domain] });
    expect([site(a), domains(a)]).toEqual([moved, ['new.example', 'other.example']]);
    const back = await a.sites.change(moved, { domain: NEW.domain });
    expect(back).toMatchObject({ domain: NEW.domain, aliases: ['new.example'] });
  });

  test.each<[string, Parameters<Sites['change']>[1], string]>([
    ['a domain that is another site', { domain: 'other.example' }, 'domain'],
    ['an alias that is another site', { aliases: ['free.example', 'other.example'] }, 'aliases'],
    ["another site's alias as an alias", { aliases: ['taken.example'] }, 'aliases'],
    ["another site's alias as a domain", { domain: 'taken.example' }, 'domain'],
  ])('are not %s', async (_, change, field) => {
    const a = await two();
    await a.sites.change(site(a, 'other.example'), { aliases: ['taken.example'] });
    const before = a.sites.all();
    await expect(a.sites.change(site(a), change)).rejects.toMatchObject({
      name: 'DomainTakenError',
      status: 409,
      field,
    });
    await expect(a.sites.add({ ...NEW, domain: 'taken.example' })).rejects.toBeInstanceOf(DomainTakenError);
    expect(a.sites.all()).toEqual(before);
  });

  test('stay readable, however many they have become', async () => {
    const a = await two();
    await a.sites.change(site(a), { aliases: Array.from({ length: 50 }, (_, n) => `name${n}`) });
    await a.sites.change(site(a), { domain: 'new.example' });
    const b = await started();
    expect(site(b, 'name49').aliases).toHaveLength(51);
    expect(site(b)).toEqual(site(a, 'new.example'));
  });

  test('do not become more and more with every new domain', async () => {
    const a = await two();
    await a.sites.change(site(a), { aliases: Array.from({ length: 100 }, (_, n) => `name${n}`) });
    await expect(a.sites.change(site(a), { domain: 'new.example' })).rejects.toMatchObject({ field: 'aliases' });
    expect(site(a).aliases).toHaveLength(100);
    await a.sites.change(site(a), { domain: 'name0' });
    expect(site(a, 'name0').aliases).toHaveLength(100);
  });

  test('that two sites have all the same do not keep their owners from changing something else', async () => {
    const a = await two();
    const body = { ...site(a, 'other.example'), aliases: [NEW.domain] };
    await engine.store.command(
      "INSERT INTO config (kind, id, version, body, deleted) SELECT 'site', {id:String}, 9, {body:String}, 0",
      { id: body.id, body: JSON.stringify(body) },
    );
    await a.documents.refresh();
    expect(await a.sites.change(site(a, 'other.example'), { name: 'x' })).toMatchObject({ name: 'x' });
    expect(await a.sites.change(site(a), { name: 'y' })).toMatchObject({ name: 'y', domain: NEW.domain });
  });

  test('may be its own already', async () => {
    const a = await two();
    const own = { aliases: [NEW.domain, 'shop'] };
    expect(await a.sites.change(site(a), own)).toMatchObject({ domain: NEW.domain, aliases: ['shop'] });
    expect(await a.sites.change(site(a), own)).toMatchObject({ aliases: ['shop'] });
  });

  test('that two collectors give to two sites at once belong to one of them at most', async () => {
    const store = inStep();
    const setUp = await two();
    const [a, b] = [await started(store), await started(store)];
    const told = await outcomes([
      a.sites.change(site(setUp), { aliases: ['shop'] }),
      b.sites.change(site(setUp, 'other.example'), { aliases: ['shop'] }),
    ]);
    await setUp.documents.refresh();
    expect(told).toEqual(['taken', 'taken']);
    expect(setUp.sites.find('shop')).toBeUndefined();
  });
});

test('a part of what is collected is changed alone', async () => {
  const { sites } = await started();
  const site = await sites.add(NEW);
  expect(site.collect).toEqual({ places: 'country', screens: true, languages: true });
  await sites.change(site, { collect: { places: 'city' } });
  expect((await sites.change(site, { collect: { screens: false } })).collect).toEqual({
    places: 'city',
    screens: false,
    languages: true,
  });
});

test('a change of the time zone waits for midnight, and is part of the site an hour later', async () => {
  let now = Date.parse('2026-03-10T12:00:00Z');
  const { sites, documents } = await started(engine.store, undefined, () => now);
  const changed = await sites.change(await sites.add(NEW), { timezone: 'Asia/Tokyo' });
  const from = Date.parse('2026-03-10T23:00:00Z');
  const next = { timezone: 'Asia/Tokyo', from: from / 1000 };
  expect(changed).toMatchObject({ timezone: 'Europe/Berlin', timezoneNext: next });
  now = from + 3_599_999;
  await documents.refresh();
  expect(sites.find(NEW.domain)).toEqual(changed);
  now = from + 3_600_000;
  await documents.refresh();
  const settled = { ...changed, timezone: 'Asia/Tokyo', timezoneNext: null };
  expect([sites.find(NEW.domain), sites.all()]).toEqual([settled, [settled]]);
  expect(await sites.change(changed, { name: 'x' })).toEqual({ ...settled, name: 'x' });
});

describe('the copy of the sites', () => {
  test('has each change as soon as it is known, also one of another collector, and nothing but sites', async () => {
    const [a, b] = [await started(), await started()];
    const accounts = new Accounts({
      documents: b.documents,
      ownerToken: undefined,
      now: Date.now,
      passwordCost: CHEAP,
    });
    await b.documents.refresh();
    await accounts.createOwner('owner@site.example', 'a long enough password');
    await accounts.tokens.create({ name: 'automation', scope: 'read', sites: null, account: null });
    await a.sites.add(NEW);
    await expect.poll(() => copied(a)).toEqual([NEW.domain]);
    await b.sites.add({ ...NEW, domain: 'other.example' });
    await a.documents.refresh();
    for (const collector of [a, b])
      await expect.poll(() => copied(collector).sort()).toEqual(['other.example', NEW.domain]);
    for (const { file } of [a, b]) expect(readFileSync(file, 'utf8')).not.toMatch(/password|sha256|owner@|automation/);
  });

  test('is all that is known while the store is away, and others may have added more', async () => {
    const before = await started();
    const site = await before.sites.add(NEW);
    await expect.poll(() => copied(before)).toEqual([NEW.domain]);
    const after = await opened(away(), before.file);
    await expect(after.documents.refresh()).rejects.toBeInstanceOf(StoreError);
    expect([after.sites.find(NEW.domain), after.sites.all()]).toEqual([site, [site]]);
    expect(() => after.sites.find('unknown.example')).toThrow(UnreadError);
    await expect(after.sites.change(site, { name: 'x' })).rejects.toBeInstanceOf(StoreError);
    await expect(after.sites.add({ ...NEW, domain: 'new.example' })).rejects.toBeInstanceOf(StoreError);
  });

  test('counts for nothing once the store was read', async () => {
    const before = await started();
    await before.sites.add(NEW);
    await expect.poll(() => copied(before)).toEqual([NEW.domain]);
    await engine.store.command('TRUNCATE TABLE config');
    const after = await started(engine.store, before.file);
    expect([after.sites.find(NEW.domain), domains(after)]).toEqual([undefined, []]);
    await expect.poll(() => copied(after)).toEqual([]);
  });

  test('that is missing or damaged leaves nothing known until the store is read', async () => {
    const file = join(folder, 'damaged.json');
    writeFileSync(file, '{"sites":[');
    for (const collector of [await opened(), await opened(engine.store, file)]) {
      expect(() => collector.sites.find(NEW.domain)).toThrow(UnreadError);
      expect(() => collector.sites.all()).toThrow(UnreadError);
      await collector.documents.refresh();
      expect([collector.sites.find(NEW.domain), domains(collector)]).toEqual([undefined, []]);
    }
  });
});

test('a domain that nobody knows may be a new one while the store cannot be read, and is none before and after', async () => {
  let store = engine.store;
  const query: Store['query'] = (...args) => store.query(...args);
  const { sites, documents } = await started({ ...engine.store, query });
  const find = (): unknown => sites.find('unknown.example');
  expect(find()).toBeUndefined();
  store = away();
  await documents.refresh().catch(() => undefined);
  expect(find).toThrow(UnreadError);
  store = engine.store;
  await documents.refresh();
  expect(find()).toBeUndefined();
});

test('a site and a view have the keys that are passed in', async () => {
  const documents = new Documents(engine.store, SILENT);
  const copy = new SitesFile(join(folder, 'keys.json'), SILENT);
  copies.push(copy);
  const sites = await Sites.open({ documents, copy, now: Date.now, newId: () => 's1' });
  const views = new SavedViews(documents, () => 'v1');
  await documents.refresh();
  expect((await sites.add(NEW)).id).toBe('s1');
  expect(await views.add('s1', { name: 'mine', search: '?a=b' })).toEqual({ id: 'v1', name: 'mine', search: '?a=b' });
});
