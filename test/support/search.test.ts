import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allOf, createSearch, formsOf, hashesOf } from './search.ts';

const SECRET = '198.51.100.77';
const KEY = Buffer.alloc(32, 7);
const search = createSearch(allOf([formsOf(SECRET, 'the address'), hashesOf(SECRET, [KEY])]));

const bytes = Buffer.from(SECRET);
const sha1 = createHash('sha1').update(SECRET).digest();
const keyed = createHmac('sha256', KEY).update(SECRET).digest();

/** The search must find what it is for, or its silence means nothing. */
describe('the search', () => {
  test.each<[string, string | Buffer]>([
    ['raw', `GET / from ${SECRET}, 200`],
    ['raw between bytes', Buffer.concat([Buffer.from([255, 0, 200]), bytes, Buffer.from([0])])],
    ['hex', `x${bytes.toString('hex')}x`],
    ['base64 alone', bytes.toString('base64')],
    ['base64 after one byte', Buffer.from(`a${SECRET}b`).toString('base64')],
    ['base64 after two bytes', Buffer.from(`ab${SECRET}bcd`).toString('base64')],
    ['base64url', Buffer.from(`abc${SECRET}`).toString('base64url')],
    ['sha1', sha1.toString('hex')],
    ['sha1, its bytes', sha1],
    ['sha256, cut', createHash('sha256').update(SECRET).digest('hex').slice(0, 12)],
    ['md5, base64', createHash('md5').update(SECRET).digest('base64')],
    ['keyed, hex', `"${keyed.toString('hex')}"`],
    ['keyed, base64url, cut', keyed.toString('base64url').slice(0, 16)],
    ['keyed, as a number', `visit=${keyed.readBigUInt64BE()}`],
  ])('finds it %s', (_form, content) => {
    expect(search('here', `${'.'.repeat(100)}`)).toEqual([]);
    expect(search('here', content)).toHaveLength(1);
  });

  test('finds it twice', () => expect(search('here', `${SECRET}${SECRET}`)).toHaveLength(2));

  test('does not find another', () => expect(search('here', '198.51.100.78 and 98.51.100.77')).toEqual([]));
});
