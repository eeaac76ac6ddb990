import { quietly } from './quietly.ts';

type Act = (event: never) => unknown;

/** What is done about an event, by its type. */
const acts: Record<string, Act> = {};

/** The one listener of the page: however often it is added, and after an end and another start, it hears an event once. */
export const hear = quietly((event: Event) => (acts[event.type] as Act)(event as never));

/**
 * Listens to events of the window and of everything in it, before a listener of the page can stop them.
 * @param types names, with spaces between them
 */
export const on = <Heard extends Event>(types: string, act: (event: Heard) => unknown): void => {
  for (const type of types.split(' ')) {
    acts[type] = act;
    addEventListener(type, hear, true);
  }
};
