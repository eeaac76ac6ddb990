import { describe, expect, it, test } from 'vitest';
import { sourceOfHost } from './source.ts';
import { SOURCES } from './sources.ts';
import { isSpam } from './spam.ts';
import { SPAM_HOSTS } from './spam-hosts.ts';

const hosts = Object.values(SPAM_HOSTS).flatMap((list) => list.trim().split(/\s+/));

/** Endings under which a source that is known as `name.*` may stand. */
const ENDINGS = ['com', 'de', 'ru', 'co.uk', 'com.br'];

describe('isSpam', () => {
  test.each([
    ['semalt.com', true],
    ['www.semalt.com', true],
    ['46.semalt.semalt.com', true],
    ['semalt.com.', true],
    ['notsemalt.com', false],
    ['semalt.com.example', false],
    ['semalt', false],
    ['com', false],
    ['', false],
    ['.', false],
    ['xyz', false],
    [`${'a.'.repeat(120)}semalt.com`, true],
    // No host is so long, and to look all its ends up would take long.
    [`${'a.'.repeat(2000)}semalt.com`, false],
  ])('%s: %s', (host, spam) => {
    expect(isSpam(host)).toBe(spam);
  });
});

describe('the list of spammers', () => {
  it('has no source that is known', () => {
    const known = Object.values(SOURCES)
      .flatMap((sources) => Object.values(sources))
      .flatMap((marks) => marks.split(' '))
      .filter((mark) => mark.includes('.'))
      .flatMap((mark) => ENDINGS.map((ending) => mark.replace('*', ending)));
    expect(known.length).toBeGreaterThan(500);
    expect(known.filter(isSpam)).toEqual([]);
    expect(hosts.filter((host) => sourceOfHost(host) !== undefined)).toEqual([]);
  });

  it('has none of the hosts that the list it was chosen from has, and that people do come from', () => {
    const real = 'uptime.com marinetraffic.com kharkov.ua ucoz.ru adf.ly site5.com resellerclub.com drupa.com ifmo.ru';
    expect(real.split(' ').filter(isSpam)).toEqual([]);
  });

  it('has hosts in small letters, each once, and none below another', () => {
    expect(hosts.length).toBeGreaterThan(400);
    expect(hosts.filter((host) => !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host))).toEqual([]);
    expect(hosts.filter((host, at) => hosts.indexOf(host) !== at)).toEqual([]);
    expect(hosts.filter((host) => isSpam(host.slice(host.indexOf('.') + 1)))).toEqual([]);
  });
});
