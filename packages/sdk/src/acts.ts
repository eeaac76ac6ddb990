import { type Passerby, track } from './calls.ts';
import { on } from './on.ts';

/** What was clicked or sent, and what it is in: elements, then the document and the window, which have less. */
export type Target = Partial<HTMLAnchorElement>;

/** Tells what event a target stands for, if any. `sent`: a form was sent; otherwise something was clicked. */
export type Read = (target: Target, sent: boolean) => Parameters<Passerby['track']> | false | '' | undefined;

/** Others open a menu, or go back. */
const MIDDLE_BUTTON = 1;

/**
 * Tracks each click and each form that is sent, by the nearest element that stands for an event, through shadow roots.
 * A page that is left by it sends what is waiting.
 */
export const watchActs = (read: Read): void =>
  on<MouseEvent>('click auxclick submit', (event) => {
    if (event.button > MIDDLE_BUTTON) return;
    event.composedPath().some((target) => {
      const act = read(target as Target, event.type === 'submit');
      if (act) track(...act);
      return act;
    });
  });
