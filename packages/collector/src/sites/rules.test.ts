import { describe, expect, it, test } from 'vitest';
import { read } from '../http/parse.ts';
import { site, siteChange } from './site.ts';

const NETWORK = 'must be an address or a network such as 203.0.113.7 or 2001:db8::/32';
const HOSTNAME = 'must be a host such as www.example.com, or *.example.com for all below it';
const SOURCE = 'must be a host such as spam.example, without https:// and without a path';
const COUNTRY = 'must be the two letters of a country, such as DE';
const PARAMETER = 'must be the name of a parameter, such as q';
const REFERRER = 'must be a host such as pay.example, without https:// and without a path';
const PAGE = 'must be a path such as /admin/*, without a query';

describe('the rules of a site', () => {
  it('are empty until somebody sets them, also in documents of older versions', () => {
    expect(
      site.parse({ id: 's', domain: 'a.example', name: 'A', timezone: 'UTC', created: '2026-01-01T00:00:00Z' }),
    ).toMatchObject({
      hostnames: [],
      ignoredAddresses: [],
      blockedCountries: [],
      excludedPages: [],
      blockedSources: [],
      ignoredReferrers: [],
      queryParameters: [],
      mergedPages: [],
      aliases: [],
      collect: { places: 'country', screens: true, languages: true },
      spamList: true,
      sumsDays: 0,
      dailyItems: 10_000_000,
      dailyLogMegabytes: 200,
      maxRevenue: 1_000_000,
      refunds: false,
      timezoneNext: null,
    });
  });

  it('stay as they are where a change does not name them', () => {
    expect(read(siteChange, { name: 'Other' })).toEqual({ name: 'Other' });
  });

  test.each([
    ['hostnames', ' WWW.Example.com ', 'www.example.com'],
    ['hostnames', '*.Example.com', '*.example.com'],
    ['hostnames', 'bücher.example', 'xn--bcher-kva.example'],
    ['hostnames', 'localhost', 'localhost'],
    ['hostnames', '192.0.2.7', '192.0.2.7'],
    ['ignoredAddresses', '203.0.113.7', '203.0.113.7'],
    ['ignoredAddresses', '2001:DB8::/32', '2001:db8::/32'],
    ['ignoredAddresses', '0.0.0.0/0', '0.0.0.0/0'],
    ['blockedCountries', 'de', 'DE'],
    ['blockedCountries', 'UK', 'GB'],
    ['blockedCountries', 'ZZ', 'ZZ'],
    ['excludedPages', '/admin/**', '/admin/*'],
    ['excludedPages', ' /über uns ', '/über uns'],
    ['excludedPages', '/%c3%bcber/*', '/über/*'],
    ['excludedPages', '/cafe\u0301', '/café'],
    ['excludedPages', '/a%2fb', '/a%2Fb'],
    ['mergedPages', 'final_slash', 'final_slash'],
    ['excludedPages', '/a/../b', '/b'],
    ['excludedPages', '/app#/settings', '/app#/settings'],
    ['excludedPages', '/u/[email]/*', '/u/[email]/*'],
    ['excludedPages', '//evil.example/x', '//evil.example/x'],
    ['blockedSources', 'Spam.Example', 'spam.example'],
    ['ignoredReferrers', ' Pay.Bücher.example', 'pay.xn--bcher-kva.example'],
    ['queryParameters', ' q ', 'q'],
    ['queryParameters', 'filter[color]', 'filter[color]'],
    ['queryParameters', '__proto__', '__proto__'],
    ['aliases', ' Shop.Example.com', 'shop.example.com'],
    ['aliases', 'shop', 'shop'],
  ])('%s: %s is kept as %s', (field, entry, kept) => {
    const first = read(siteChange, { [field]: [entry] });
    expect(first).toEqual({ [field]: [kept] });
    expect(read(siteChange, first)).toEqual(first);
  });

  test.each([
    ['hostnames', 'https://example.com', HOSTNAME],
    ['hostnames', 'example.com/path', HOSTNAME],
    ['hostnames', 'example.com:8080', HOSTNAME],
    ['hostnames', 'user@example.com', HOSTNAME],
    ['hostnames', '*', HOSTNAME],
    ['hostnames', '*.*.com', HOSTNAME],
    ['hostnames', 'a*.example.com', HOSTNAME],
    ['hostnames', 'a..b', HOSTNAME],
    ['hostnames', ' ', HOSTNAME],
    ['ignoredAddresses', '10.0.0.0/33', NETWORK],
    ['ignoredAddresses', '10.0.0.0/8,::1', NETWORK],
    ['ignoredAddresses', '10.0.0.0/8 ::1', NETWORK],
    ['ignoredAddresses', '10.0.0', NETWORK],
    ['ignoredAddresses', 'office.example', NETWORK],
    ['blockedCountries', 'Germany', 'must have at most 2 characters'],
    ['blockedCountries', 'D', COUNTRY],
    ['blockedCountries', 'XX', COUNTRY],
    ['blockedCountries', '12', COUNTRY],
    ['excludedPages', 'admin', PAGE],
    ['excludedPages', '*', PAGE],
    ['excludedPages', '/a?b=c', PAGE],
    ['excludedPages', `/${'a'.repeat(200)}`, 'must have at most 200 characters'],
    ['blockedSources', '*.spam.example', SOURCE],
    ['blockedSources', 'spam.example/x', SOURCE],
    ['ignoredReferrers', 'https://pay.example', REFERRER],
    ['ignoredReferrers', '*.pay.example', REFERRER],
    ['ignoredReferrers', 'pay.example/done', REFERRER],
    ['queryParameters', 'a=b', PARAMETER],
    ['queryParameters', 'a b', PARAMETER],
    ['queryParameters', '?q', PARAMETER],
    ['queryParameters', 'q'.repeat(65), 'must have at most 64 characters'],
    ['aliases', 'https://example.com', 'a domain such as example.com, without https:// and without a path'],
    ['blockedSources', 7, 'must be text'],
  ])('%s: %s is refused, and the sentence says why', (field, entry, message) => {
    const valid = {
      hostnames: 'a.b',
      ignoredAddresses: '::1',
      blockedCountries: 'AT',
      excludedPages: '/',
      blockedSources: 'a.b',
      ignoredReferrers: 'a.b',
      queryParameters: 'q',
      aliases: 'a.b',
    };
    const given = { [field]: [valid[field as keyof typeof valid], entry] };
    expect(() => read(siteChange, given)).toThrow(
      expect.objectContaining({ name: 'FieldError', field: `${field}[1]`, message }),
    );
  });

  test.each([
    'hostnames',
    'ignoredAddresses',
    'blockedCountries',
    'excludedPages',
    'blockedSources',
    'ignoredReferrers',
  ])('%s: a list has at most 200 entries, and is a list', (field) => {
    const many = Array.from({ length: 201 }, (_, i) => (field === 'excludedPages' ? `/${i}` : `10.0.0.${i}`));
    expect(() => read(siteChange, { [field]: field === 'blockedCountries' ? many.map(() => 'DE') : many })).toThrow(
      expect.objectContaining({ field }),
    );
    expect(() => read(siteChange, { [field]: '/' })).toThrow(expect.objectContaining({ field }));
  });

  test.each([
    ['queryParameters', 20],
    ['aliases', 50],
  ])('%s: a list has at most %d entries', (field, most) => {
    const names = Array.from({ length: most + 1 }, (_, i) => `n${i}`);
    expect(read(siteChange, { [field]: names.slice(1) })).toEqual({ [field]: names.slice(1) });
    expect(() => read(siteChange, { [field]: names })).toThrow(expect.objectContaining({ field }));
  });

  test.each([
    ['collect', { places: 'street' }, 'collect.places'],
    ['collect', { agents: true }, 'collect.agents'],
    ['collect', 'all', 'collect'],
    ['sumsDays', -1, 'sumsDays'],
    ['dailyItems', 0, 'dailyItems'],
    ['dailyItems', 1e9 + 1, 'dailyItems'],
    ['dailyLogMegabytes', -1, 'dailyLogMegabytes'],
    ['dailyLogMegabytes', 0.5, 'dailyLogMegabytes'],
    ['maxRevenue', -1, 'maxRevenue'],
    ['maxRevenue', 1e9 + 1, 'maxRevenue'],
    ['refunds', 'yes', 'refunds'],
    ['spamList', 'no', 'spamList'],
    ['timezone', 'Mars/Olympus', 'timezone'],
    ['domain', 'https://example.com', 'domain'],
    ['timezoneNext', null, 'timezoneNext'],
  ])('%s is refused as %j, naming %s', (name, value, field) => {
    expect(() => read(siteChange, { [name]: value })).toThrow(expect.objectContaining({ field }));
  });

  it('have each entry once', () => {
    expect(read(siteChange, { blockedCountries: ['UK', 'gb', 'GB'] })).toEqual({ blockedCountries: ['GB'] });
  });
});
