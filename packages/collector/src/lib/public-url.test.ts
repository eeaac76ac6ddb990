import { describe, expect, it } from 'vitest';
import { publicUrlOf } from './public-url.ts';

describe('publicUrlOf', () => {
  it.each([
    ['https://stats.example.com', 'https://stats.example.com', ''],
    ['https://stats.example.com/', 'https://stats.example.com', ''],
    ['http://stats.example.com:8080', 'http://stats.example.com:8080', ''],
    ['https://example.com:443/stats', 'https://example.com', '/stats'],
    ['HTTPS://Example.COM/Stats/', 'https://example.com', '/Stats'],
    ['https://example.com/a/b.c/d-e_f~g', 'https://example.com', '/a/b.c/d-e_f~g'],
    ['https://bücher.example/zahlen', 'https://xn--bcher-kva.example', '/zahlen'],
    ['http://192.168.1.5:4321', 'http://192.168.1.5:4321', ''],
    ['http://[2001:db8::1]:4321/stats', 'http://[2001:db8::1]:4321', '/stats'],
    ['http://localhost', 'http://localhost', ''],
    ['http://stats_1:4321', 'http://stats_1:4321', ''],
    [`https://${'a'.repeat(63)}.example`, `https://${'a'.repeat(63)}.example`, ''],
    ['https://example.com/...', 'https://example.com', '/...'],
  ])('reads %s', (written, origin, base) => {
    expect(publicUrlOf(written)).toEqual({ origin, base });
  });

  it.each([
    [
      'an address such as',
      ['stats.example.com', 'ftp://example.com', '//example.com/x', 'https:', 'https://', '/stats'],
    ],
    [
      'an address such as',
      ['https:example.com', 'https:///stats', 'https://exa mple.com', 'https://example.com:99999'],
    ],
    [
      'an address such as',
      ['https://example.com\\stats', ' https://example.com', 'https://a%2fb.example', 'https://a b'],
    ],
    ['neither ? nor #', ['https://example.com/?', 'https://example.com/#', 'https://example.com/stats?x=1']],
    ['no user', ['https://user:the-secret@example.com', 'https://@example.com/', 'https://user@example.com/stats']],
    ['as browsers do', ['http://0.0.0.0:4321', 'http://[::]:4321', 'https://example.com./stats', 'http://0:80']],
    [
      'as browsers do',
      ['https://$HOST', 'https://{HOST}/stats', 'https://{{host}}', 'https://example.com"', "https://a'"],
    ],
    ['as browsers do', ['https://*.example.com', 'https://a.example;b', 'https://a,b.example', 'https://a&b.example']],
    ['as browsers do', ['https://a..example', 'https://.example', 'https://-a.example', 'https://a-.example']],
    ['as browsers do', [`https://${'a'.repeat(64)}.example`, `https://${'a.'.repeat(127)}a`, 'https://example.com:0']],
    ['a path of letters', ['https://example.com//', 'https://example.com//stats', 'https://example.com/a//b']],
    ['a path of letters', ['https://example.com/..', 'https://example.com/a/../b', 'https://example.com/./a']],
    ['a path of letters', ['https://example.com/%73tats', 'https://example.com/zählung', 'https://example.com/a;b']],
    [
      'a path of letters',
      ['https://example.com/a b', 'https://example.com/a\\b', `https://example.com/${'a'.repeat(100)}`],
    ],
  ])('refuses what is not %s', (said, all) => {
    for (const written of all) {
      expect(() => publicUrlOf(written), written).toThrow(said);
      expect(() => publicUrlOf(written), written).not.toThrow('the-secret');
    }
  });
});
