/** What is wrong with what a page has on the screen: functions of boxes alone. */
import type { Box, Clip, Control, Seen, Thing, Words } from './seen.ts';

/** Kinds of faults. */
export type Kind = 'overlap' | 'clipped' | 'sideways' | 'small' | 'cut' | 'sticks out' | 'invisible';

/** Something that is wrong. */
export interface Fault {
  readonly kind: Kind;
  readonly what: string;
}

/** Browsers round to device pixels: less than this is not seen. */
const SLACK = 1.5;
/** WCAG 2.5.8: a target's least width and height, and the circle around it that no other target may touch. */
const TARGET = 24;
/** Above and below its letters a line has room that is empty in most words. */
const LEADING = 0.2;

/** All faults of a page, in the order of their kinds. */
export const faultsOf = (seen: Seen): Fault[] => [
  ...sideways(seen),
  ...overlaps(seen),
  ...seen.controls.flatMap((control) => clipped(control, seen)),
  ...smallTargets(seen.controls),
  ...seen.words.flatMap((words) => cutWords(words, seen)),
  ...stickOut(seen),
  ...seen.controls.filter(({ isVisible }) => !isVisible).map(({ name }): Fault => ({ kind: 'invisible', what: name })),
];

const sideways = ({ width, contentWidth }: Seen): Fault[] =>
  contentWidth > width ? [{ kind: 'sideways', what: `the page is ${contentWidth} px wide` }] : [];

/** The part of two boxes that they share; null: they do not even touch. */
const shared = (a: Box, b: Box): Box | null => {
  const box = {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
  return box.right > box.left && box.bottom > box.top ? box : null;
};

const UNBOUNDED = Number.POSITIVE_INFINITY;

/** What of a box is seen. */
const visiblePart = (box: Box, clips: readonly Clip[]): Box | null =>
  clips.reduce<Box | null>((left, clip) => {
    const { box: room, x, y } = clip;
    return (
      left &&
      shared(left, {
        left: x === 'shown' ? -UNBOUNDED : room.left,
        right: x === 'shown' ? UNBOUNDED : room.right,
        top: y === 'shown' ? -UNBOUNDED : room.top,
        bottom: y === 'shown' ? UNBOUNDED : room.bottom,
      })
    );
  }, box);

const visibleParts = ({ boxes, clips }: Thing): Box[] =>
  boxes.map((box) => visiblePart(box, clips)).filter((box) => box !== null);

/** A line of letters without the room above and below them. */
const letters = (box: Box): Box => {
  const room = LEADING * (box.bottom - box.top);
  return { ...box, top: box.top + room, bottom: box.bottom - room };
};

interface Seat {
  readonly thing: Thing;
  readonly boxes: readonly Box[];
}

/** Two things that have nothing to do with each other, on each other. Controls are named first. */
const overlaps = ({ controls, words }: Seen): Fault[] => {
  const seats: Seat[] = [
    ...controls.map((thing) => ({ thing, boxes: visibleParts(thing) })),
    ...words.map((thing) => ({ thing, boxes: visibleParts(thing).map(letters) })),
  ];
  return seats.flatMap((one, index) =>
    seats
      .slice(index + 1)
      .filter((other) => areStrangers(one.thing, other.thing) && areOnEachOther(one, other))
      .map((other): Fault => ({ kind: 'overlap', what: `${one.thing.name} and ${other.thing.name}` })),
  );
};

const areStrangers = (one: Thing, other: Thing): boolean =>
  one.layer === other.layer && !one.parts.some((part) => other.parts.includes(part));

const areOnEachOther = (one: Seat, other: Seat): boolean =>
  one.boxes.some((a) =>
    other.boxes.some((b) => {
      const common = shared(a, b);
      return common !== null && common.right - common.left > SLACK && common.bottom - common.top > SLACK;
    }),
  );

const isBeyond = (box: Box, room: Box): { x: boolean; y: boolean } => ({
  x: box.left < room.left - SLACK || box.right > room.right + SLACK,
  y: box.top < room.top - SLACK || box.bottom > room.bottom + SLACK,
});

/** Something of the box cannot be seen; what can be scrolled down to can, sideways only in what is made for that. */
const isHidden = (box: Box, { clips }: Thing): boolean =>
  clips.some((clip) => {
    const beyond = isBeyond(box, clip.box);
    return (beyond.x && clip.x !== 'shown' && !clip.isScroller) || (beyond.y && clip.y === 'hidden');
  });

/** Beside the window; or below it, where no scrolling helps. */
const isOutside = (box: Box, thing: Thing, { width, height }: Seen): boolean => {
  if (thing.clips.some(({ isScroller }) => isScroller)) return false;
  const part = visiblePart(box, thing.clips);
  if (!part) return false;
  const beyond = isBeyond(part, { left: 0, top: 0, right: width, bottom: height });
  return beyond.x || (beyond.y && thing.isPinned);
};

const clipped = (control: Control, seen: Seen): Fault[] =>
  control.boxes.some((box) => isHidden(box, control) || isOutside(box, control, seen))
    ? [{ kind: 'clipped', what: control.name }]
    : [];

const cutWords = (words: Words, seen: Seen): Fault[] => {
  const isCut = words.boxes.some((box) =>
    words.mayBeCut ? isCutAcross(box, words) : isHidden(box, words) || isOutside(box, words, seen),
  );
  return isCut ? [{ kind: 'cut', what: words.name }] : [];
};

/** Through the letters: no ellipsis helps there. */
const isCutAcross = (box: Box, { clips }: Thing): boolean =>
  clips.some((clip) => {
    const line = letters(box);
    const isPartly = shared(line, clip.box) !== null;
    return isPartly && clip.y === 'hidden' && isBeyond(line, clip.box).y;
  });

/** Words that are wider or higher than the control that they are in. */
const stickOut = ({ controls, words }: Seen): Fault[] =>
  words.flatMap((inner) => {
    const control = inner.on === null ? undefined : controls[inner.on];
    if (!control || inner.clips.length > control.clips.length) return [];
    const room = hull([control.target, ...control.boxes]);
    const isIn = inner.boxes.every((box) => {
      const beyond = isBeyond(letters(box), room);
      return !beyond.x && !beyond.y;
    });
    return isIn ? [] : [{ kind: 'sticks out', what: `${inner.name} of ${control.name}` }];
  });

const hull = (boxes: readonly Box[]): Box => ({
  left: Math.min(...boxes.map(({ left }) => left)),
  top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});

/** WCAG 2.5.8, with its exceptions for what is in a sentence, and for what has enough room around it. */
const smallTargets = (controls: readonly Control[]): Fault[] =>
  controls
    .filter((control) => isSmall(control) && !control.isInline)
    .flatMap((control) => {
      const near = controls.find((other) => other !== control && areNear(control, other));
      return near ? [{ kind: 'small', what: `${control.name} beside ${near.name}` }] : [];
    });

const isSmall = ({ target }: Control): boolean =>
  target.right - target.left < TARGET - 0.5 || target.bottom - target.top < TARGET - 0.5;

const centreOf = ({ left, top, right, bottom }: Box): readonly [number, number] => [
  (left + right) / 2,
  (top + bottom) / 2,
];

/** The circle around a small target touches another target, or the circle around another small one. */
const areNear = (small: Control, other: Control): boolean => {
  if (small.layer !== other.layer) return false;
  const [x, y] = centreOf(small.target);
  const [otherX, otherY] = centreOf(other.target);
  const { left, top, right, bottom } = other.target;
  const toBox = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  return toBox < TARGET / 2 - 0.5 || (isSmall(other) && Math.hypot(otherX - x, otherY - y) < TARGET - 0.5);
};
