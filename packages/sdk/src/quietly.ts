/** The same function, but what goes wrong in it never reaches the page, which has nothing to do with it. */
export const quietly =
  <Given extends unknown[], Made>(act: (...given: Given) => Made) =>
  // biome-ignore lint/suspicious/noConfusingVoidType: what is not made is nothing.
  (...given: Given): Made | void => {
    try {
      return act(...given);
    } catch {
      // Not counted rather than a page that breaks.
    }
  };
