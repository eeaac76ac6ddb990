import { describe, expect, it, test } from 'vitest';
import { read } from '../http/parse.ts';
import { normaliseAddress } from '../lib/ip-address.ts';
import { type Site, site, siteChange } from '../sites/site.ts';
import { type Rules, rulesOf } from './apply-site-rules.ts';

const plain = site.parse({ id: 's', domain: 'a.example', name: 'A', timezone: 'UTC', created: '2026-01-01T00:00:00Z' });
const changed = (change: object): Site => site.parse({ ...plain, ...read(siteChange, change) });

describe('the rules of a site', () => {
  const ask: Record<keyof Rules, (rules: Rules, given: string) => boolean> = {
    ignoresAddress: (rules, given) => rules.ignoresAddress(normaliseAddress(given) ?? ''),
    allowsHostname: (rules, given) => rules.allowsHostname(given),
    excludesPage: (rules, given) => rules.excludesPage(given),
    blocksCountry: (rules, given) => rules.blocksCountry(given),
    blocksSource: (rules, given) => rules.blocksSource(given),
    ignoresReferrer: (rules, given) => rules.ignoresReferrer(given),
  };

  test.each<[keyof Rules, object, Record<string, boolean>]>([
    ['ignoresAddress', {}, { '192.0.2.1': false, '::1': false }],
    [
      'ignoresAddress',
      { ignoredAddresses: ['192.0.2.0/24', '2001:db8:1::/48', '198.51.100.7'] },
      {
        '192.0.2.200': true,
        '::ffff:192.0.2.200': true,
        '192.0.3.1': false,
        '2001:db8:1:ffff::1': true,
        '2001:db8:2::1': false,
        '198.51.100.7': true,
        '198.51.100.8': false,
      },
    ],
    ['allowsHostname', {}, { 'any.example': true, localhost: true }],
    [
      'allowsHostname',
      { hostnames: ['example.com', '*.shop.example', '*.localhost'] },
      {
        'example.com': true,
        'www.example.com': false,
        'de.shop.example': true,
        'a.de.shop.example': true,
        'shop.example': false,
        'myshop.example': false,
        localhost: false,
        'a.localhost': true,
      },
    ],
    ['excludesPage', {}, { '/': false }],
    [
      'excludesPage',
      { excludedPages: ['/admin/*', '/drafts', '/new/'] },
      {
        '/admin/': true,
        '/admin': true,
        '/administration': false,
        '/drafts': true,
        '/drafts/': true,
        '/drafts/1': false,
        '/new': true,
        '/': false,
      },
    ],
    ...['/über/*', '/%C3%BCber/*', '/%c3%bcber/*', ' /u\u0308ber/*'].map(
      (pattern): [keyof Rules, object, Record<string, boolean>] => [
        'excludesPage',
        { excludedPages: [pattern] },
        { '/über/x': true, '/%C3%BCber/x': true, '/u\u0308ber': true, '/uber/x': false },
      ],
    ),
    ['excludesPage', { excludedPages: ['/'] }, { '/': true, '/a': false, '/a/': false }],
    ['excludesPage', { excludedPages: ['/a%2Fb', '/app#/x'] }, { '/a%2Fb': true, '/a/b': false, '/app#/x/': true }],
    ['blocksCountry', {}, { DE: false, ZZ: false }],
    ['blocksCountry', { blockedCountries: ['at', 'ZZ'] }, { AT: true, DE: false, ZZ: true }],
    ['blocksSource', {}, { 'a.example': false, '': false }],
    [
      'blocksSource',
      { blockedSources: ['bad.example'] },
      { 'bad.example': true, 'www.bad.example': true, 'notbad.example': false, 'bad.example.com': false, '': false },
    ],
    [
      'blocksSource',
      { blockedSources: ['www.bad.example'] },
      { 'bad.example': true, 'x.bad.example': false, example: false, '': false },
    ],
    ['ignoresReferrer', {}, { 'pay.example': false, '': false }],
    [
      'ignoresReferrer',
      { ignoredReferrers: ['pay.example'] },
      { 'pay.example': true, 'secure.pay.example': true, 'notpay.example': false, example: false, '': false },
    ],
    [
      'ignoresReferrer',
      { ignoredReferrers: ['www.pay.example'] },
      { 'pay.example': true, 'x.pay.example': false, example: false, '': false },
    ],
  ])('%s of %j', (rule, change, answers) => {
    const rules = rulesOf(changed(change));
    expect(Object.fromEntries(Object.keys(answers).map((given) => [given, ask[rule](rules, given)]))).toEqual(answers);
  });

  it('are read once for a site as it is, and anew when it has changed', () => {
    const before = changed({ excludedPages: ['/a'] });
    expect(rulesOf(before)).toBe(rulesOf(before));
    const after = changed({ excludedPages: ['/b'] });
    expect([rulesOf(before), rulesOf(after)].map(({ excludesPage }) => excludesPage('/a'))).toEqual([true, false]);
  });
});
