import { describe, expect, it, test } from 'vitest';
import { cleanLines } from '../../lib/clean-text.ts';
import { scrubToLength, startOf } from './scrub-to-length.ts';

const kept = (text: string, longest: number): string => scrubToLength(startOf(text, longest), longest);

describe('something is left of every text', () => {
  test.each([
    ['Chinese', '标题'.repeat(160), 300, '标题'.repeat(150)],
    ['Chinese', '错误'.repeat(2100), 4096, '错误'.repeat(2048)],
    ['Japanese', 'テスト'.repeat(200), 300, 'テスト'.repeat(100)],
    ['an id', 'abc_'.repeat(40), 120, 'abc_'.repeat(30)],
    ['a list', 'SKU0000,'.repeat(120), 500, 'SKU0000,'.repeat(62)],
    ['words', 'word '.repeat(30), 120, 'word '.repeat(24)],
    ['one piece', 'a'.repeat(5000), 300, 'a'.repeat(300)],
    ['spaces', ' '.repeat(5000), 300, ' '.repeat(300)],
  ])('of %s', (_, text, longest, expected) => {
    expect(kept(text, longest)).toBe(expected);
  });

  it.each([300, 555, 556, 557, 5000])('also where all %d characters of it are scrubbed', (length) => {
    expect(kept(`password=${'x'.repeat(length - 9)}`, 300)).toBe('password=[removed]');
    expect(kept('jane@example.com '.repeat(400).slice(0, length), 300).length).toBeGreaterThan(100);
  });
});

describe('half of what must not be kept does not stay', () => {
  const SECRETS = [
    'jane.doe@example.com',
    '203.0.113.77',
    '550e8400-e29b-41d4-a716-446655440000',
    'd41d8cd98f00b204e9800998ecf8427e',
    'https://shop.example/?q=illness',
    'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    'password=hunter2hunter2',
  ];
  const leaks = /jane|doe|@|203\.0|e29b|d41d|illness|X11|hunter/;

  test.each(SECRETS)('wherever %s is cut', (secret) => {
    for (const filler of ['word ', '错误', 'word,word;'])
      for (let before = 300 - secret.length - 2; before <= 302; before++) {
        const text = filler.repeat(200).slice(0, before) + (filler === '错误' ? ' ' : '') + secret;
        for (const tail of ['', ' and more', ' and more'.repeat(100)])
          expect(kept(text + tail, 300)).not.toMatch(leaks);
      }
  });

  it('nor where the SDK has cut it', () => {
    for (let cut = 1; cut < 20; cut++) {
      const piece = 'jane.doe@example.com'.slice(0, cut);
      const message = '错误 '.repeat(2000).slice(0, 4096 - cut) + piece;
      expect(scrubToLength(message, 4096)).not.toMatch(leaks);
      expect(scrubToLength(message, 16_384)).not.toMatch(leaks);
      expect(scrubToLength(message.slice(-300), 300, { cutAt: 300 })).not.toMatch(leaks);
    }
  });

  it('nor where what was scrubbed makes room', () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 ';
    expect(kept(`${agent.repeat(7)}${'word '.repeat(3)}jane.doe@example.com`, 300)).not.toMatch(leaks);
  });
});

it('never keeps more than it may, though marks are longer than what they stand for', () => {
  for (const piece of ['a@b.cc ', 'pin=1 ', ':: ', 'ip=1;', '1.1.1.1,'])
    for (const length of [10, 64, 120, 300, 500]) {
      const text = kept(piece.repeat(200), length);
      expect(text.length).toBeLessThanOrEqual(length);
      expect(text).not.toMatch(/\[[a-z]*$/);
    }
});

it('cleans before it scrubs, and cuts after it', () => {
  expect(scrubToLength('a\tjane\0@exam\u202eple.com\n', 300)).toBe('a [email] ');
  expect(scrubToLength('a\r\n\tb\0', 300, { clean: cleanLines })).toBe('a\n\tb');
});
