import { quietly } from './quietly.ts';

/**
 * Listens to events of the window and of everything in it, before a listener of the page can stop them.
 * @param types names, with spaces between them
 */
export const on = <Heard extends Event>(types: string, act: (event: Heard) => unknown): void => {
  for (const type of types.split(' ')) addEventListener(type, quietly(act) as EventListener, true);
};
