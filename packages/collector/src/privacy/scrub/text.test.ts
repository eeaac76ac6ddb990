import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuMs } from '../../../../../test/support/cpu.ts';
import { scrubText } from './text.ts';

const UUID = '550e8400-e29b-41d4-a716-446655440000';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
// Joined here so that no scanner of repositories takes them for real.
const token = (...parts: string[]): string => parts.join('');

describe('what goes', () => {
  test.each([
    ['mail to jane.doe+x@example.co.uk!', 'mail to [email]!'],
    ['Jürgen: jürgen@müller.de', 'Jürgen: [email]'],
    ['<jane@xn--mller-kva.xn--p1ai>', '<[email]>'],
    ['u=jane%40example.com', 'u=[email]'],
    ['from 192.0.2.1:8080', 'from [ip]:8080'],
    ['host.198.51.100.7', 'host.[ip]'],
    ['from [2001:db8::1]:80 and fe80::1%eth0', 'from [[ip]]:80 and [ip]%eth0'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '[ip]'],
    ['peer:2001:db8::7', 'peer:[ip]'],
    ['::ffff:192.0.2.1', '[ip]'],
    ['on 00:1A:2b:3c:4d:5e', 'on [mac]'],
    [`agent ${FIREFOX} failed`, 'agent [agent] failed'],
    ['Opera/9.80 (Android; Opera Mini/80.0/191.273; U; en) Presto/2.12.423 Version/12.16', '[agent]'],
    ['Dalvik/2.1.0 (Linux; U; Android 13; SM-S918B Build/TP1A) said so', '[agent] said so'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/468.0;FBDV/iPhone15,3] end',
      '[agent] end',
    ],
    [
      'Mozilla/5.0 (Linux; Android 13; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0 Mobile Safari/537.36 Instagram 334.0.0.42 Android (33/13; 450dpi; SM-S918B) end',
      '[agent] end',
    ],
    ['ua is Mozilla%2F5.0%20(X11%3B%20Linux)%20Gecko%2F20100101', 'ua is [agent]'],
    [`got ${JWT}.`, 'got [token]'],
    [`request ${UUID} failed`, 'request [id] failed'],
    ['Bearer abcDEF123456', 'Bearer [token]'],
    ['basic amFuZTpzZWNyZXQ=', 'basic [token]'],
    ['Authorization: Digest username="jane"\nHost: x', 'Authorization: [removed]\nHost: x'],
    ['{"authorization":"Digest x","a":1}', '{"authorization":[removed],"a":1}'],
    ['Set-Cookie: a=b; c=d; Path=/', 'Set-Cookie: [removed]'],
    ['password=hunter2&next=1', 'password=[removed]&next=1'],
    ['{"password": "hun\\"ter2", "n": 1}', '{"password": [removed], "n": 1}'],
    ['{\\"pin\\":\\"1234\\",\\"n\\":1}', '{\\"pin\\":[removed],\\"n\\":1}'],
    ["{ clientSecret: 'x y z' }", '{ clientSecret: [removed] }'],
    ['user[password]=hunter2', 'user[password]=[removed]'],
    ['password[0]=hunter2&email[]=x', 'password[0]=[removed]&email[]=[removed]'],
    ["'password' => 'hunter2'", "'password' => [removed]"],
    ['password == hunter2', 'password == [removed]'],
    ['password:=hunter2', 'password:=[removed]'],
    ['{"password": ["hunter2", "x"], "n": 1}', '{"password": [removed], "n": 1}'],
    ['{"session":{"user":{"id":7},"key":"x"},"n":1}', '{"session":[removed],"n":1}'],
    ['{"tokens":["aaa","bbb', '{"tokens":[removed]'],
    ['<password>hunter2</password>', '<password>[removed]</password>'],
    ['password%3Dhunter2', 'password%3D[removed]'],
    ['Error: token=abc', 'Error: token=[removed]'],
    ['client_ip: somewhere', 'client_ip: [removed]'],
    ['see https://jane:pw@example.com/a/b?q=my+name#x.', 'see https://example.com/a/b'],
    ['see https://jane:p@ss@example.com/a', 'see https://example.com/a'],
    ['at f (https://example.com/app.js?v=2:10:5)', 'at f (https://example.com/app.js:10:5)'],
    ['GET /search?q=my+secret+illness 500', 'GET /search 500'],
    ['postgres://jane:pw@db:5432/x', 'postgres://db:5432/x'],
    ['card 4111 1111 1111 1111.', 'card [card].'],
    ['card 378282246310005', 'card [card]'],
    ['5555-5555-5555-4444', '[card]'],
    ['4111 1111 1111 1111 12/26 123', '[card] 12/26 123'],
    ['4111111111111111 12/26', '[card] 12/26'],
    ['position 6 4111 1111 1111 1111', 'position 6 [card]'],
    ['4111.1111.1111.1111 and 4111_1111_1111_1111', '[card] and [card]'],
    ['3782 822463 10005 1226', '[card] 1226'],
    ['to GB82 WEST 1234 5698 7654 32 please', 'to [iban] please'],
    ['DE89370400440532013000', '[iban]'],
    ['NO9386011117947', '[iban]'],
    ['call +49 170 1234567', 'call [phone]'],
    ['call +1 (555) 123-4567 now', 'call [phone] now'],
    ['file:///Users/jane/app.js:1', 'file:///Users/[user]/app.js:1'],
    ['C:\\Users\\jane\\app.js', 'C:\\Users\\[user]\\app.js'],
    [token('AKIA', 'IOSFODNN7EXAMPLE'), '[token]'],
    [token('ghp_', 'a'.repeat(36)), '[token]'],
    [token('xoxb-', '1234567890-abc'), '[token]'],
    [token('sk_live_', 'abcdefghij'), '[token]'],
    [token('sk-proj-', 'a'.repeat(30)), '[token]'],
    [token('AIza', 'b'.repeat(35)), '[token]'],
    [token('SG.', 'c'.repeat(22), '.', 'd'.repeat(43)), '[token]'],
    [token('12345678:AA', 'e'.repeat(33)), '[token]'],
    [`key\n-----BEGIN RSA ${'PRIVATE KEY'}-----\nMIIE\n-----END RSA PRIVATE KEY-----\nend`, 'key\n[key]\nend'],
    [`-----BEGIN ${'PRIVATE KEY'}-----\nMIIE and no end`, '[key]'],
    ['sid is d41d8cd98f00b204e9800998ecf8427e', 'sid is [token]'],
    ['got V1StGXR8_Z5jdHi6B-myTq7', 'got [token]'],
  ])('%s', (text, expected) => {
    expect(scrubText(text)).toBe(expected);
  });
});

describe('what goes however it is spelled', () => {
  test.each([
    ['mail jane%2540example.com', 'mail [email]'],
    ['mail jane%252540example.com', 'mail [email]'],
    ['für%20%6A%61%6E%65%40%65%78%2E%64%65', 'für [email]'],
    ['mail jane\\u0040example.com', 'mail [email]'],
    ['mail jane\\\\u0040example\\u002ecom', 'mail [email]'],
    ['mail jane\\x40example.com', 'mail [email]'],
    ['mail jane\\u{40}example.com', 'mail [email]'],
    ['mail jane&#64;example.com', 'mail [email]'],
    ['mail jane&#x40;example&period;com', 'mail [email]'],
    ['mail jane&commat;example.com', 'mail [email]'],
    ['mail jane&amp;#64;example.com', 'mail [email]'],
    ['mail jane%u0040example.com', 'mail [email]'],
    ['mail jane&ZeroWidthSpace;@exam&shy;ple.com', 'mail [email]'],
    ['mail jane\u034f@\ufe0fexample\u{e0101}.com', 'mail [email]'],
    ['mail jane@उदाहरण.भारत', 'mail [email]'],
    ['{&quot;password&quot;:&quot;hunter2&quot;}', '{"password":[removed]}'],
    ['mail jane＠example．com', 'mail [email]'],
    ['mail ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'mail [email]'],
    ['mail jane@example。com', 'mail [email]'],
    ['mail jane\u200b@\u2060example\u00ad.com', 'mail [email]'],
    ['mail 𝐣𝐚𝐧𝐞@example.com', 'mail [email]'],
    ['mail a@b.c.d.e.f.g.h.i.j.k.l.example.com', 'mail [email]'],
    ['mail "jane canary"@example.com', 'mail [email]'],
    ['mail jane@localhost', 'mail [email]'],
    ['mail jane@[192.0.2.1] now', 'mail [email] now'],
    ['mail jane@192.0.2.1', 'mail [email]'],
    ['from 203.000.113.077', 'from [ip]'],
    ['from 203-0-113-77.dsl.example', 'from [ip].dsl.example'],
    ['from ip-10-0-0-1 and ip_10_0_0_1', 'from [ip] and [ip]'],
    ['from p203_0_113_77', 'from p[ip]'],
    ['from ２０３．０．１１３．７７', 'from [ip]'],
    ['from ٢٠٣.٠.١١٣.٧٧', 'from [ip]'],
    ['from 203%2e0%2e113%2e77', 'from [ip]'],
    ['from 203%25252e0%25252e113%25252e77', 'from [ip]'],
    ['from २०३.०.११३.७७ and ๒๐๓.๐.๑๑๓.๗๗', 'from [ip] and [ip]'],
    [UUID.replaceAll('-', '\u2011'), '[id]'],
    ['from 0xcb.0x00.0x71.0x4d', 'from [ip]'],
    ['from 0313.0.0161.0115', 'from [ip]'],
    ['f.e.e.b.ip6.int', '[ip].ip6.int'],
    ['http://3405803853/a http://0xCB00714D:80/', 'http://[ip]/a http://[ip]:80/'],
    ['77.113.0.203.in-addr.arpa', '[ip].in-addr.arpa'],
    [`${'7.0.0.0.'.repeat(7)}2.0.0.1.ip6.arpa`, '[ip].ip6.arpa'],
    ['2001-db8--7.ipv6-literal.net', '[ip].ipv6-literal.net'],
    ['p%61ssword%3dhunter2', 'password=[removed]'],
    ['{\\u0022password\\u0022:\\u0022hunter2\\u0022}', '{"password":[removed]}'],
    ['call ＋４９ １７０ １２３４５６７', 'call [phone]'],
    ['card ４１１１ １１１１ １１１１ １１１１', 'card [card]'],
    ['card 4111–1111–1111–1111', 'card [card]'],
    ['card 4111&nbsp;1111&nbsp;1111&nbsp;1111', 'card [card]'],
  ])('%s', (text, expected) => {
    expect(scrubText(text)).toBe(expected);
  });
});

test.each(['pin:[', 'pin:{', 'pin:{{', '<pin>', 'Mozilla/5.0 (', '"', 'x?a=', 'https://'])(
  'leaves no half of a character behind %s',
  (start) => {
    for (const shift of ['', 'x']) {
      const text = start + shift + '😀'.repeat(700);
      expect(scrubText(text).isWellFormed()).toBe(true);
    }
  },
);

describe('what stays', () => {
  test.each([
    '',
    'Pricing — Example GmbH',
    "TypeError: Cannot read properties of undefined (reading 'foo')",
    'SyntaxError: Unexpected token < in JSON at position 0',
    'ChunkLoadError: Loading chunk 4711 failed.',
    '    at Object.run (https://example.com/assets/index-B4x9kQ2z.js:12:34567)',
    '    at e (https://example.com/main.3f2a9c8b1d4e5f6a7b8c.js:1:2)',
    'onClick@https://example.com/static/app.js:10:5',
    'react-dom@18.2.0 and @babel/core@7.24.0-beta.1',
    '2024-06-10T12:34:56.789+02:00 took 1718000000000 ms',
    '12:34:56',
    '1718000000000000',
    'std::vector<int>, ::before, a:hover',
    '0.1 + 0.2 = 0.30000000000000004',
    'version 1.2.3, section 4.5.6.7890',
    'order GB83 WEST 1234 5698 7654 32, part AB12 CDEF 3456',
    'order 4711, total 1.234,56 EUR, 100%',
    'useLayoutEffectOnUpdateOnce, CipherSuiteNegotiation, XMLHttpRequestEventTarget',
    'Donaudampfschifffahrtsgesellschaftskapitän',
    'how-to-install-postgres-16-on-debian-12',
    'Basic authentication failed; bearer authentication too',
    'Is it 3 + 4 = 7? Yes: 7',
    'compass: north, wildcards: on, zip: 10115, tip: none',
    '[email] and [removed] from before',
    '100%25 of caf%C3%A9s, a\\u00e9b, Tom &amp; Jerry &#128512;, ½ … № ﬁ',
    '２０２６年３月１０日、ＡＢＣ株式会社',
    'on 2026-03-10, 10-03-26-12, 24-06-10-12-30',
    'call 01-23-45-67-89, 1-800-555-0199, 555-0199',
    'v1-2-3-4, release-2-14-3-1, 3-4-5-6',
    'error 0x80070005, 0xcb00714d, id 3405803853, 1_000_000_000',
    'می\u200cخواهم 👩\u200d👩\u200d👧',
  ])('%s', (text) => {
    expect(scrubText(text)).toBe(text);
  });
});

describe('random secrets in random places', () => {
  const bytes = (length: number, encoding: BufferEncoding): fc.Arbitrary<string> =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array).toString(encoding));
  const chars = (alphabet: string, length: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
  const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const ALNUM = `${CAPITALS}abcdefghijklmnopqrstuvwxyz`;

  const secrets: Record<string, fc.Arbitrary<string>> = {
    'e-mail address': fc
      .emailAddress()
      .filter((address) => /^[\w.+-]+@/.test(address))
      .map((address) => address.toLowerCase()),
    'IPv4 address': fc.ipV4(),
    'IPv6 address': fc.ipV6().filter((address) => address.replace(/[^:]/g, '').length > 3),
    UUID: fc.uuid(),
    'GitHub token': chars(ALNUM, 36).map((rest) => `ghp_${rest}`),
    'AWS key': chars(CAPITALS, 16).map((rest) => `AKIA${rest}`),
    'Slack token': chars('0123456789', 12).map((rest) => `xoxb-${rest}-${rest}`),
    JWT: fc
      .tuple(bytes(30, 'base64url'), bytes(32, 'base64url'))
      .map(([body, sign]) => `eyJhbGciOiJIUzI1NiJ9.${body}.${sign}`),
    'bearer token': bytes(16, 'hex').map((rest) => `Bearer ${rest}`),
    'password pair': chars(ALNUM, 9).map((rest) => `password=${rest}`),
  };
  const around = fc.constantFrom(
    '',
    'Error: ',
    'login failed (',
    'a, b; ',
    '"',
    "'",
    '=',
    'von ',
    'x\n',
    '{"a":"',
    '<b>',
    '日本 ',
  );
  const after = fc.constantFrom('', ' ', ')', '"', "'", ', next', '; more', '\n    at f (a.js:1:2)', '</b>', ' 日本');

  test.each(Object.entries(secrets))('%s', (_, secret) => {
    fc.assert(
      fc.property(around, secret, after, (left, hidden, right) => {
        const value = hidden.replace(/^(?:password=|Bearer )/, '');
        expect(scrubText(`${left}${hidden}${right}`)).not.toContain(value);
      }),
      { numRuns: 300 },
    );
  });
});

describe('time grows with the length of the text, not with its square', () => {
  const KB = 1024;
  const seconds = (text: string): number =>
    Math.min(...Array.from({ length: 5 }, () => cpuMs(() => scrubText(text)))) / 1000;

  test.each([
    'a',
    '1',
    '-',
    '_',
    '+',
    '.',
    '@',
    ':',
    '=',
    '"',
    '\\',
    '/',
    '?',
    '%40',
    'a@',
    'a.',
    'a@a.',
    '1.',
    '1:',
    '::',
    'ab:',
    '+1',
    '1 ',
    '1-',
    'a-',
    'eyJ',
    'eyJa.',
    'http://',
    '://',
    '://a@',
    'ab12',
    'ab12 ',
    'token',
    'token=',
    'token="',
    'password: ',
    'pin[0]',
    'pin:{',
    'pin:[{',
    '<pin>',
    'ip',
    'bearer ',
    'Bearer a',
    'cookie',
    'cookie: ',
    'Mozilla/5.0 ',
    'Mozilla/5.0 (',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    '?a=',
    'C:\\Users\\',
    'users/',
    'AKIA',
    'sk-',
    'SG.',
    'xoxb-',
    'DE89 ',
    'a1B2',
    '12345678-',
    '00:',
    'ä@',
    '\u0000',
    ';a=',
    '%2540',
    '%c3',
    '\\u0040',
    '\\\\',
    '&#64;',
    '&amp;',
    '＠',
    'a。',
    'ﷺ',
    '"a',
    'a@b.c.',
    '203-0-',
    '0x1.',
    '4111 1111 ',
    '%u0040',
    '&quot;',
    '१.',
    'a\u0301@',
    'a.b.ip6.',
    '--password ',
    '-p ',
    'mysql -u ',
    'curl -u a:',
    'password is ',
    "password '",
    'user "',
    'Failed a for ',
    'AUTH a',
    '$argon2i$',
    '{SHA}',
    'ab/+',
    '<a:b',
    '<input name="pin" ',
    '<input value="',
    '<key>pin</key><string>',
    'form-data; name="pin"',
    '"name":"pin"',
    '"value":',
    'name: pin value: ',
    "setItem('pin',",
    "[['pin',",
    'f("',
    "login('a'(",
    'insert into t(a) values ',
    'insert (pin)values((',
    'failing row contains (',
    "duplicate entry '",
    "$1 = '",
    'binding parameter [',
    '[parameters: (',
    '/home/',
    '/Users/',
    'C:\\Users\\a ',
    '\\\\a\\users\\',
    '~a/',
    'a [at] b [dot] ',
    '(at)',
    'a@b ',
    'logo@2x.',
    '/reset/a1',
    '/aa/',
    'SSN 1 ',
    'tel 1',
    '(415) ',
    '0049 1 ',
    'code: ',
    'OTP ',
    '1 is your ',
    'pin=>',
    'pin: the ',
    'pin:_a',
    'pin:***',
    'pin: )))',
    'street: A ',
    'mnemonic: a ',
    's:8:"pin";s:4:',
    '\\"pin\\":\\"',
    '“pin”: “',
    'pin: |\n a\n',
    'pin:Some(',
    'pin=&quot;',
    '密码：',
    'Version=',
    'aabb.',
    'be::',
    'ab-7d9f8b6c5d-',
    'a-b-c-d-',
    'discord.gg/',
    'order 4111',
    '\\U0000',
    '\0',
    '[[',
    'a b ',
  ])('%j', (piece) => {
    // A text of one piece, and one of the same that ends where no rule is content.
    for (const end of ['', '\u0001', '@', ' =']) {
      const text = (length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length) + end;
      seconds(text(KB));
      // Four times the text: 4 if linear, 16 if quadratic. What is below a fifth of a millisecond is noise.
      expect(seconds(text(16 * KB))).toBeLessThan(10 * Math.max(seconds(text(4 * KB)), 0.0002));
    }
  });
});
