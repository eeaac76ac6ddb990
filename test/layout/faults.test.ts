import { expect, test } from 'vitest';
import { faultsOf } from '../../scripts/check-layout/faults.ts';
import type { Box, Clip, Control, Seen, Words } from '../../scripts/check-layout/seen.ts';

const box = (left: number, top: number, width: number, height: number): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

const WINDOW = { width: 400, height: 600, contentWidth: 400 };

const page = (controls: readonly Control[], words: readonly Words[] = []): Seen => ({ ...WINDOW, controls, words });

/** A button, the first of its page, where nothing is wrong. */
const control = (name: string, at: Box, more: Partial<Control> = {}): Control => ({
  name,
  boxes: [at],
  target: at,
  clips: [],
  parts: [name.charCodeAt(0)],
  layer: 0,
  isPinned: false,
  isInline: false,
  isVisible: true,
  ...more,
});

const words = (name: string, at: Box, more: Partial<Words> = {}): Words => ({
  name,
  boxes: [at],
  clips: [],
  parts: [],
  layer: 0,
  isPinned: false,
  mayBeCut: false,
  on: null,
  ...more,
});

const clip = (at: Box, more: Partial<Clip> = {}): Clip => ({
  box: at,
  x: 'hidden',
  y: 'hidden',
  isScroller: false,
  ...more,
});

const A = box(10, 10, 100, 32);
const UNDER = box(10, 50, 100, 32);

const FINE: readonly [why: string, seen: Seen][] = [
  ['controls beside each other', page([control('a', A), control('b', box(110, 10, 80, 32))])],
  ['one touches the other by less than is seen', page([control('a', A), control('b', box(109, 10, 80, 32))])],
  ['a menu over a button', page([control('a', A), control('b', A, { layer: 1 })])],
  ['a button in a label', page([control('a', A)], [words('w', A, { parts: [97], on: 0 })])],
  [
    'a row that was scrolled out of its list, over a button',
    page([control('a', UNDER, { clips: [clip(A, { y: 'scroll' })] }), control('b', UNDER)]),
  ],
  ['a control below the window', page([control('a', box(10, 900, 100, 32))])],
  [
    'a cell of a table that scrolls',
    page([], [words('w', box(390, 12, 90, 20), { clips: [clip(A, { isScroller: true })] })]),
  ],
  ['a small target with room around it', page([control('a', box(10, 10, 16, 16)), control('b', box(34, 10, 16, 16))])],
  [
    'a small target in a sentence',
    page([control('a', box(10, 10, 16, 16), { isInline: true }), control('b', box(27, 10, 40, 32))]),
  ],
  ['words with an ellipsis', page([], [words('w', box(10, 10, 200, 20), { clips: [clip(A)], mayBeCut: true })])],
  ['lines that are close', page([], [words('v', box(10, 10, 90, 20)), words('w', box(10, 26, 90, 20))])],
];

test.each(FINE)('nothing is wrong with %s', (_, seen) => {
  expect(faultsOf(seen)).toEqual([]);
});

const WRONG: readonly [why: string, seen: Seen, found: readonly string[]][] = [
  ['one lies on the other', page([control('a', A), control('b', box(80, 10, 80, 32))]), ['overlap: a and b']],
  [
    'of a line of several boxes, one does',
    page([control('a', A), control('b', A, { boxes: [box(200, 10, 50, 20), box(20, 20, 50, 20)] })]),
    ['overlap: a and b'],
  ],
  ['words lie on a control', page([control('a', A)], [words('w', box(90, 10, 60, 20))]), ['overlap: a and w']],
  ['words lie on words', page([], [words('v', A), words('w', box(40, 12, 60, 32))]), ['overlap: v and w']],
  ['it is beside the window', page([control('a', box(350, 10, 100, 32))]), ['clipped: a']],
  ['it begins before the window', page([control('a', box(-20, 10, 100, 32))]), ['clipped: a']],
  ['its box hides a part', page([control('a', A, { clips: [clip(box(10, 10, 60, 32))] })]), ['clipped: a']],
  [
    'its row has to be scrolled sideways',
    page([control('a', A, { clips: [clip(box(10, 10, 60, 32), { x: 'scroll' })] })]),
    ['clipped: a'],
  ],
  ['a menu goes below the window', page([control('a', box(10, 590, 90, 32), { isPinned: true })]), ['clipped: a']],
  [
    'it is small beside another',
    page([control('a', box(10, 10, 10, 32)), control('b', box(22, 10, 80, 32))]),
    ['small: a beside b'],
  ],
  [
    'two small ones are close',
    page([control('a', box(10, 10, 16, 16)), control('b', box(30, 10, 16, 16))]),
    ['small: a beside b', 'small: b beside a'],
  ],
  ['words are cut', page([], [words('w', box(10, 10, 200, 20), { clips: [clip(A)] })]), ['cut: w']],
  [
    'a line is cut through its letters, though it may end with an ellipsis',
    page([], [words('w', box(10, 30, 90, 20), { clips: [clip(A)], mayBeCut: true })]),
    ['cut: w'],
  ],
  ['words go beside the window', page([], [words('w', box(350, 10, 100, 20))]), ['cut: w']],
  [
    'words are wider than their button',
    page([control('a', A)], [words('w', box(20, 15, 200, 20), { parts: [97], on: 0 })]),
    ['sticks out: w of a'],
  ],
  ['nothing is to be seen of it', page([control('a', A, { isVisible: false })]), ['invisible: a']],
  ['the page is wider than the window', { ...page([]), contentWidth: 421 }, ['sideways: the page is 421 px wide']],
];

test.each(WRONG)('it is found that %s', (_, seen, found) => {
  expect(faultsOf(seen).map(({ kind, what }) => `${kind}: ${what}`)).toEqual(found);
});
