/** Runs in the page: see in-page.ts. It imports nothing but types. */
import type { Beyond, Box, Clip, Control, Seen, Thing, Words } from './seen.ts';

const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary';

/** Everything on the screen, or in the dialog that is open over it. */
export const look = (): Seen => {
  styles = new Map();
  const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const layers: Element[] = [];
  // What is drawn is no box: countries of the map touch, and each of them stands in the list beside it.
  const elements = [...root.querySelectorAll(CONTROLS)].filter((one) => !(one instanceof SVGElement) && isThere(one));
  const things = { elements, layers };
  return {
    width: document.documentElement.clientWidth,
    height: innerHeight,
    contentWidth: document.documentElement.scrollWidth,
    controls: elements.map((element) => controlOf(element, things)),
    words: [...wordsIn(root, things), ...fieldWords(things)],
  };
};

interface Things {
  readonly elements: readonly Element[];
  readonly layers: Element[];
}

const boxOf = ({ left, top, right, bottom }: DOMRect): Box => ({ left, top, right, bottom });

const boxesOf = (shown: Element | Range): Box[] =>
  [...shown.getClientRects()].filter(({ width, height }) => width > 0 && height > 0).map(boxOf);

/** For those who see it: neither taken away, nor there for those who listen alone. */
const isThere = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true }) &&
  element.getClientRects().length > 0 &&
  !ancestors(element).some((one) => styleOf(one).clipPath === 'inset(50%)');

interface Style {
  readonly position: string;
  readonly overflowX: string;
  readonly overflowY: string;
  readonly backgroundColor: string;
  readonly clipPath: string;
  readonly textOverflow: string;
}

let styles = new Map<Element, Style>();

/** What is asked of every ancestor of everything, read once a look. */
const styleOf = (element: Element): Style => {
  const known = styles.get(element);
  if (known) return known;
  const { position, overflowX, overflowY, backgroundColor, clipPath, textOverflow } = getComputedStyle(element);
  const style = { position, overflowX, overflowY, backgroundColor, clipPath, textOverflow };
  styles.set(element, style);
  return style;
};

/** The element itself first. */
const ancestors = (element: Element): Element[] => {
  const found: Element[] = [];
  for (let one: Element | null = element; one; one = one.parentElement) found.push(one);
  return found;
};

const nameOf = (
  element: Element,
  words = element.textContent || (element.getAttribute('aria-label') ?? ''),
): string => {
  const [first] = element.classList;
  const said = words.trim().replace(/\s+/g, ' ').slice(0, 32);
  return `${element.tagName.toLowerCase()}${first === undefined ? '' : `.${first}`}${said && ` “${said}”`}`;
};

const thingOf = (element: Element, name: string, boxes: readonly Box[], { elements, layers }: Things): Thing => {
  const line = ancestors(element);
  const layer = line.find(isLayer) ?? document.body;
  if (!layers.includes(layer)) layers.push(layer);
  return {
    name,
    boxes,
    clips: clipsOf(element),
    parts: line.flatMap((one) => partOf(one, elements)),
    layer: layers.indexOf(layer),
    isPinned: line.some((one) => ['fixed', 'sticky'].includes(styleOf(one).position)),
  };
};

/** What a label is of is one control with it. */
const partOf = (element: Element, elements: readonly Element[]): number[] => {
  const control = element instanceof HTMLLabelElement ? element.control : element;
  const index = control ? elements.indexOf(control) : -1;
  return index === -1 ? [] : [index];
};

/** It floats, and what is behind it is not seen. */
const isLayer = (element: Element): boolean => {
  const { position, backgroundColor } = styleOf(element);
  return (
    position !== 'static' && position !== 'relative' && !/^(?:transparent|rgba\(0, 0, 0, 0\))$/.test(backgroundColor)
  );
};

const BEYOND: Readonly<Record<string, Beyond>> = { auto: 'scroll', scroll: 'scroll', hidden: 'hidden', clip: 'hidden' };

/** What floats is clipped only by those that it is positioned in. */
const clipsOf = (element: Element): Clip[] => {
  const clips: Clip[] = [];
  let { position } = styleOf(element);
  for (let one = element.parentElement; one && one !== document.documentElement; one = one.parentElement) {
    const style = styleOf(one);
    if (position === 'fixed') break;
    if (position === 'absolute' && style.position === 'static') continue;
    const [x, y] = [BEYOND[style.overflowX] ?? 'shown', BEYOND[style.overflowY] ?? 'shown'];
    if (x !== 'shown' || y !== 'shown')
      clips.push({ box: boxOf(one.getBoundingClientRect()), x, y, isScroller: (one as HTMLElement).tabIndex >= 0 });
    // A dialog that is open lies over everything.
    if (one instanceof HTMLDialogElement) break;
    position = style.position;
  }
  return clips;
};

const controlOf = (element: Element, things: Things): Control => {
  const label = element instanceof HTMLInputElement ? (element.labels?.[0] ?? null) : null;
  const isHidden = label !== null && getComputedStyle(element).opacity === '0';
  const shown = isHidden ? label : element;
  return {
    ...thingOf(element, nameOf(shown), boxesOf(shown), things),
    target: targetOf(element, label),
    isInline: isInSentence(element),
    isVisible: isVisible(shown),
  };
};

/** Larger than the control where its label stands around it, or where something of its own covers more. */
const targetOf = (element: Element, label: HTMLLabelElement | null): Box => {
  const after = getComputedStyle(element, '::after');
  const covered =
    after.content !== 'none' && after.position === 'absolute' && after.inset === '0px'
      ? ancestors(element).find((one) => styleOf(one).position !== 'static')
      : undefined;
  const around = label?.contains(element) ? label : undefined;
  return boxOf((covered ?? around ?? element).getBoundingClientRect());
};

const isInSentence = (element: Element): boolean =>
  getComputedStyle(element).display === 'inline' &&
  [...(element.parentElement?.childNodes ?? [])].some((node) => node instanceof Text && /\w/.test(node.data));

/** What comes with the pointer counts where there is one. */
const isVisible = (element: Element): boolean => {
  const opacityProperty = matchMedia('(hover: none)').matches;
  const ink = [element, ...element.querySelectorAll('*')].filter((one) => one.checkVisibility({ opacityProperty }));
  return ink.some(
    (one) =>
      one.matches('input, select, textarea, svg') ||
      [...one.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
  );
};

const wordsIn = (root: Element, things: Things): Words[] => {
  const found: Words[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const words = node.nodeValue?.trim();
    if (!words || !element || element.closest('svg, option, script, style') || !isThere(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    found.push({
      ...thingOf(element, nameOf(element, words), boxesOf(range), things),
      clips: [...ownClip(element), ...clipsOf(element)],
      mayBeCut: mayBeCut(element),
      on: onControl(element, things.elements),
    });
  }
  return found;
};

const onControl = (element: Element, elements: readonly Element[]): number | null => {
  const control = ancestors(element).find((one) => elements.includes(one));
  return control ? elements.indexOf(control) : null;
};

/** Words are clipped by their own element too. */
const ownClip = (element: Element): Clip[] => {
  const { overflowX, overflowY, display } = getComputedStyle(element);
  const [x, y] = [BEYOND[overflowX] ?? 'shown', BEYOND[overflowY] ?? 'shown'];
  if (display === 'inline' || (x === 'shown' && y === 'shown')) return [];
  return [{ box: boxOf(element.getBoundingClientRect()), x, y, isScroller: (element as HTMLElement).tabIndex >= 0 }];
};

const mayBeCut = (element: Element): boolean =>
  ancestors(element).some(
    (one) => one.hasAttribute('title') || (styleOf(one).textOverflow === 'ellipsis' && one.clientWidth > 0),
  );

/** The words in fields of a fixed width: what is chosen, or what stands there before anything is written. */
const fieldWords = (things: Things): Words[] =>
  things.elements.flatMap((element) => {
    const words = fieldText(element);
    if (words === '') return [];
    const style = getComputedStyle(element);
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const [start, end] = [Number.parseFloat(style.paddingLeft) + 1, Number.parseFloat(style.paddingRight) + 1];
    const room = {
      left: left + start,
      top,
      right: right - end - (element instanceof HTMLSelectElement ? ARROW : 0),
      bottom,
    };
    const clip: Clip = { box: room, x: 'hidden', y: 'hidden', isScroller: false };
    return [
      {
        ...thingOf(element, nameOf(element, words), [{ ...room, right: room.left + widthOf(words, style) }], things),
        clips: [clip, ...clipsOf(element)],
        mayBeCut: style.textOverflow === 'ellipsis' || element.closest('[title]') !== null,
        on: null,
      },
    ];
  });

/** Room that the browser takes for the arrow of a select. */
const ARROW = 16;

const fieldText = (element: Element): string => {
  if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text ?? '';
  return element instanceof HTMLInputElement && element.value === '' ? element.placeholder : '';
};

const widthOf = (words: string, { font }: CSSStyleDeclaration): number => {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  context.font = font;
  return context.measureText(words).width;
};
