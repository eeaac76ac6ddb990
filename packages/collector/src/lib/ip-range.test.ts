import { expect, it } from 'vitest';
import { networkOf } from './ip-address.ts';
import { customerOf, ipRangeOf, networksOf } from './ip-range.ts';

it.each([
  ['192.0.2.1', '192.0.2'],
  ['192.0.2.254', '192.0.2'],
  ['192.0.21.1', '192.0.21'],
  ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:0db8:0001'],
  ['2001:0db8:0001:ffff:0003:0004:0005:0006', '2001:0db8:0001'],
  ['2001:0db8:0011:0002:0003:0004:0005:0006', '2001:0db8:0011'],
])('%s is of the range %s', (address, range) => {
  expect(ipRangeOf(networkOf(address))).toBe(range);
});

it.each([
  ['192.0.2.1', '192.0.2.1', ['192.0.2.1']],
  [
    '2001:0db8:0001:0203:0405:0006:0007:0008',
    '2001:0db8:0001',
    ['2001:0db8:0001:0203::/64', '2001:0db8:0001:02', '2001:0db8:0001'],
  ],
])('%s may be of a customer who has %s, and is in the networks %j', (address, customer, networks) => {
  expect(customerOf(address)).toBe(customer);
  expect(networksOf(networkOf(address))).toEqual(networks);
});
