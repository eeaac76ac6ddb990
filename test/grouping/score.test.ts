import { expect, test } from 'vitest';
import { type LabelledError, readSets, scoreSet } from './score.ts';

const error = (group: string, message: string, engine = 'chromium'): LabelledError => ({
  id: `${group} ${message}`,
  group,
  engine,
  message,
  stack: '',
});

/** A rule that goes by the message. */
const byMessage = (message: string): string => message;

test('counts the pairs that were put together, and those that belong together', () => {
  const errors = [
    error('shop/cart', 'a'),
    error('shop/cart', 'a', 'webkit'),
    error('shop/cart', 'b'),
    error('shop/price', 'a'),
  ];
  const { all, withinEngine, split, merged } = scoreSet(errors, byMessage);
  expect(all).toEqual({ precision: 1 / 3, recall: 1 / 3, f1: 1 / 3 });
  expect(withinEngine).toEqual({ precision: 0, recall: 0, f1: 0 });
  expect(split.map(({ name, pairs }) => [name, pairs])).toEqual([['shop/cart', 2]]);
  expect(merged.map(({ name, pairs }) => [name, pairs])).toEqual([['shop a', 2]]);
});

test('never puts errors of two sites together; those without a site are of one', () => {
  expect(scoreSet([error('shop/cart', 'a'), error('board/list', 'a')], byMessage)).toEqual({
    all: { precision: 1, recall: 1, f1: 1 },
    withinEngine: { precision: 1, recall: 1, f1: 1 },
    split: [],
    merged: [],
  });
  expect(scoreSet([error('cart', 'a'), error('list', 'a')], byMessage).all).toEqual({ precision: 0, recall: 1, f1: 0 });
});

test.each([...readSets()])('%s: each error has an id of its own, and a group', (_, errors) => {
  expect(new Set(errors.map(({ id }) => id)).size).toBe(errors.length);
  expect(errors.filter(({ group }) => !/^(?:[\w-]+\/)?[\w-]+$/.test(group))).toEqual([]);
});

/** Two problems of one site whose errors are the same to the letter could be told apart by no rule. */
test.each([...readSets()])('%s: what is the same to the letter is one problem', (_, errors) => {
  const { merged } = scoreSet(errors, (message, stack) => `${message}\n${stack}`);
  expect(merged).toEqual([]);
});
