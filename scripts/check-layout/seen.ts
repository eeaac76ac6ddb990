/** What a page has on the screen, as boxes: CSS pixels from the window's upper left corner. */

/** A rectangle. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What an ancestor does with what is beyond its box: `scroll` lets it be reached. */
export type Beyond = 'shown' | 'scroll' | 'hidden';

/** An ancestor that does not show what is beyond its box. */
export interface Clip {
  readonly box: Box;
  readonly x: Beyond;
  readonly y: Beyond;
  /** It can be scrolled by the keyboard, as a wide table: what is beyond is out of sight by design. */
  readonly isScroller: boolean;
}

/** Something on the page. */
export interface Thing {
  /** For the reader of a finding: `a.row-link "Pages"`. */
  readonly name: string;
  /** One for each line that it stands on. */
  readonly boxes: readonly Box[];
  readonly clips: readonly Clip[];
  /** Numbers of the controls that it is part of, its own among them. */
  readonly parts: readonly number[];
  /** What lies over something else by design, as a menu over the page, is on a layer of its own. */
  readonly layer: number;
  /** It stays where it is when the page is scrolled. */
  readonly isPinned: boolean;
}

/** Something that can be pressed or filled in. */
export interface Control extends Thing {
  /** Where a press reaches it: with its label, or with the row that it covers. */
  readonly target: Box;
  /** It is part of a sentence. */
  readonly isInline: boolean;
  /** There is something to be seen of it, at once or when the pointer is over it. */
  readonly isVisible: boolean;
}

/** Words on the page. */
export interface Words extends Thing {
  /** What does not fit ends with an ellipsis, or can be read whole in a title. */
  readonly mayBeCut: boolean;
  /** Number of the control that they are written on; null: none. */
  readonly on: number | null;
}

/** Everything that {@link look} saw. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  /** Of the page's content: more than `width` can be scrolled sideways. */
  readonly contentWidth: number;
  readonly controls: readonly Control[];
  readonly words: readonly Words[];
}
