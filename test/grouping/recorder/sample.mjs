/**
 * What is kept of a fault in one site, in turns, so that the file stays small: two builds seen by one engine, and one seen
 * by another.
 */
const TURNS = [
  { chromium: [1, 3], firefox: [], webkit: [2] },
  { chromium: [2], firefox: [1, 3], webkit: [] },
  { chromium: [], firefox: [2], webkit: [1, 3] },
];

/** Whether an error goes into the file. @param at place of the fault in its app @param site place of the site */
export const isKept = ({ at, site, release, engine }) => TURNS[(at + site) % TURNS.length][engine].includes(release);

/** A stack that goes in circles says the same a hundred times: its first lines are kept, up to so many characters. */
const LONGEST_STACK = 1000;

export const shorten = (stack) =>
  stack.length <= LONGEST_STACK ? stack : stack.slice(0, stack.lastIndexOf('\n', LONGEST_STACK));
