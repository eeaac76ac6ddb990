/** Takes back a change, once. Changes are taken back in turn, the latest first. */
export type Undo = () => void;

/** Takes back all of them. */
export const undoAll = (changes: readonly Undo[]): void => {
  for (const undo of changes.toReversed()) undo();
};
