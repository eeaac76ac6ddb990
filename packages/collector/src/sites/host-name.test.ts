import { describe, expect, it } from 'vitest';
import { hostOf } from '../lib/browser-host.ts';
import { hostIn, otherName, shownHost } from './host-name.ts';

describe('the host in what somebody wrote', () => {
  it.each([
    ['example.com', 'example.com'],
    ['EXAMPLE.com', 'example.com'],
    [' example.com\t', 'example.com'],
    ['example.com.', 'example.com'],
    ['example.com:8080', 'example.com'],
    ['example.com.:8080/', 'example.com'],
    ['example.com/', 'example.com'],
    ['example.com/shop?a=b#c', 'example.com'],
    ['example.com?a', 'example.com'],
    ['//example.com/', 'example.com'],
    ['https://example.com', 'example.com'],
    ['HTTPS://Example.com:443/shop/', 'example.com'],
    ['http://www.example.com./', 'www.example.com'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['https://BÜCHER.example/neu', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['例子。测试', 'xn--fsqu00a.xn--0zwm56d'],
    ['ｅｘａｍｐｌｅ.com', 'example.com'],
    ['my_host.example', 'my_host.example'],
    ['localhost:3000', 'localhost'],
    ['intranet', 'intranet'],
    ['192.0.2.7', '192.0.2.7'],
    ['1.2.3', '1.2.3'],
  ])('%j: %s', (written, host) => {
    expect(hostIn(written)).toBe(host);
  });

  it.each([
    '',
    ' ',
    '.',
    '/',
    'https://',
    'exa mple.com',
    'a..b',
    'jane@example.com',
    'https://jane:x@example.com/',
    '%',
  ])('%j: none', (written) => {
    expect(hostIn(written)).toBeNull();
  });

  it('is found in time that grows with the text', () => {
    for (const part of ['a', '.', ':', '/', ':1', '.:', 'ü', ' ', 'http:', '-'])
      expect(hostIn(part.repeat(253))?.length ?? 0).toBeLessThanOrEqual(253);
  });
});

it('takes nothing but a host for one', () => {
  expect(hostOf('Bücher.example')).toBe('xn--bcher-kva.example');
  for (const none of ['https://a.example', 'a.example/', 'a.example:1', 'a@b.example', ''])
    expect(hostOf(none)).toBeNull();
});

it('knows the other name of a host', () => {
  expect(otherName('www.example.com')).toBe('example.com');
  expect(otherName('example.com')).toBe('www.example.com');
});

describe('a host as people read it', () => {
  it.each([
    ['example.com', 'example.com'],
    ['xn--bcher-kva.example', 'bücher.example'],
    ['shop.xn--bcher-kva.example', 'shop.bücher.example'],
    ['xn--e1aybc.xn--p1ai', 'тест.рф'],
    ['xn--fsqu00a.xn--0zwm56d', '例子.测试'],
    ['xn--r8jz45g.jp', '例え.jp'],
    ['my_host.xn--bcher-kva', 'my_host.bücher'],
    ['xn--80a5ai.xn--p1ai', 'ура.рф'],
    ['xn--80adxhks.com', 'москва.com'],
    ['xn--cars-po4c1b3n.jp', 'トヨタcars.jp'],
    ['xn--tv-ro2i723k.kr', '한국tv.kr'],
    ['xn--bbs-u68do18h.cn', '中文bbs.cn'],
    ['xn--vitnam-jk8b.vn', 'việtnam.vn'],
    ['xn--collegi-xma.cat', 'col·legi.cat'],
    ['xn--h2bhs4b8d8a.xn--h2brj9c', 'नमस्ते.भारत'],
    ['xn--mgbug7c06b.ir', 'فارسی.ir'],
    ['xn--9dbne9b.co.il', 'שלום.co.il'],
  ])('%s: %s', (host, shown) => {
    expect(shownHost(host)).toBe(shown);
  });

  it.each([
    ['Latin and Cyrillic letters together', 'xn--pypal-4ve.com'],
    ['Cyrillic letters that look Latin', 'xn--80ak6aa92e.com'],
    ['the same with others than those of today', 'xn--80aa0cbo65f.com'],
    ['Cyrillic letters that look Latin, below another top name', 'xn--80a5ai.com'],
    ['Greek letters that look Latin', 'xn--mxa2aod.com'],
    ['letters of phonetics', 'xn--pple-p5b.com'],
    ['letters of Cherokee', 'xn--58d.com'],
    ['Han and Cyrillic letters together', 'xn--h1adke5475g2j3a.cn'],
    ['a sign that looks like a slash', 'xn--compath-v04f.jp'],
    ['a mark that no letter has', 'xn--i-9bb.com'],
    ['digits of other writing', 'xn--ab-cyd.com'],
    ['a sign that is not seen', 'xn--wgb3bbl27d652j.ir'],
    ['a picture', 'xn--n3h.net'],
    ['no letters', 'xn--i-7iq.ws'],
    ['what stands for nothing', 'xn--a.example'],
    ['what it is not at the beginning of a word', 'a-xn--b.example'],
  ])('as browsers write it where it has %s', (_, host) => {
    expect(shownHost(host)).toBe(host);
  });
});
