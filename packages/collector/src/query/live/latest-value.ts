/** What is to be sent to one reader: the newest message, however slow the reader is. */
export interface LatestValue {
  /** The next message, as soon as there is one; undefined: there will be none. To be called one after the other. */
  take(): Promise<string | undefined>;
  /** True if the last message was taken. */
  readonly isEmpty: boolean;
  /** Takes the place of a message that was not taken. */
  put(message: string): void;
  /** What waits is still taken, then reading ends. */
  end(): void;
}

/** Nothing to be sent yet, for one reader. */
export const createLatestValue = (): LatestValue => {
  let waiting: string | null = null;
  let isEnded = false;
  let wake = (): void => {};
  return {
    get isEmpty() {
      return waiting === null;
    },
    put(message) {
      waiting = message;
      wake();
    },
    end() {
      isEnded = true;
      wake();
    },
    async take() {
      if (waiting === null && !isEnded)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const message = waiting ?? undefined;
      waiting = null;
      return message;
    },
  };
};
