import { quietly } from './quietly.ts';
import { life } from './setup.ts';

/**
 * Listens to events of the window and of everything in it, before a listener of the page can stop them, until the end.
 * @param types names, with spaces between them
 */
export const on = <Heard extends Event>(
  types: string,
  act: (event: Heard) => unknown,
  target: EventTarget = window,
): void => {
  for (const type of types.split(' '))
    target.addEventListener(type, quietly(act) as EventListener, {
      capture: true,
      signal: (life as AbortController).signal,
    });
};
