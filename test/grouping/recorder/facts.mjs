import { createHash } from 'node:crypto';

/** What differs from visit to visit, drawn from its name: each recording has the same. */
export const factsOf = (visit) => {
  const dice = createHash('sha256').update(visit).digest();
  const hex = dice.toString('hex');
  return {
    order: hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-a$4-$5'),
    user: (dice.readUInt32BE(0) % 90_000) + 1000,
    sku: `${dice.readUInt16BE(4)}`,
    code: hex.slice(20, 26),
    small: dice[8] + 1,
    now: 1_790_000_000_000 + dice.readUInt32BE(9),
    arrives: `${dice[13] % 30} days from now`,
  };
};
