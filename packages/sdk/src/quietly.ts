/** The same function, but what goes wrong in it never reaches the page, which has nothing to do with it. */
export const quietly =
  <Given extends unknown[]>(act: (...given: Given) => void) =>
  (...given: Given): void => {
    try {
      act(...given);
    } catch {
      // Not counted rather than a page that breaks.
    }
  };
