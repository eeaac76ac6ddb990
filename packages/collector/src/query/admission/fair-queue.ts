/** A statement that waits for its turn. */
export interface Turn {
  /** Whose turn it is: an account, or who else asks. */
  readonly account: string;
  /** Nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** How long the lines of the store are, and how much of them is one account's. */
export interface FairQueueOptions {
  /** Statements that run at a time. */
  readonly places: number;
  /** How many of them one account may have. */
  readonly share: number;
}

/** Who asks the store next: turns go round by account, whoever came first and however much one of them asks. */
export interface FairQueue {
  /**
   * Runs a job when it is its account's turn.
   * @throws the signal's reason, if it is given while the job waits; it never begins then
   */
  run<T>(turn: Turn, job: () => Promise<T>): Promise<T>;
}

/** Statements of an account. */
interface Line {
  running: number;
  /** What begins those that wait, in the order of asking. */
  readonly waiting: Set<() => void>;
  /** Number of its last turn. */
  lastTurn: number;
}

/** Nobody asks yet. */
export const createFairQueue = ({ places, share }: FairQueueOptions): FairQueue => {
  const lines = new Map<string, Line>();
  let running = 0;
  let count = 0;

  /** Who has least under way; of several the one whose last turn was longest ago. */
  const nextLine = (): Line | undefined =>
    [...lines.values()]
      .filter((line) => line.waiting.size > 0 && line.running < share)
      .sort((one, other) => one.running - other.running || one.lastTurn - other.lastTurn)[0];

  const go = (): void => {
    for (let line = nextLine(); line !== undefined && running < places; line = nextLine()) {
      line.lastTurn = ++count;
      const [begin] = line.waiting;
      begin?.();
    }
  };

  /** Who comes anew stands before the one whose turn it was just now, and behind all who have been waiting longer. */
  const lineOf = (account: string): Line => {
    const line = lines.get(account) ?? { running: 0, waiting: new Set(), lastTurn: count - 0.5 };
    lines.set(account, line);
    return line;
  };

  const wait = ({ signal }: Turn, line: Line): Promise<void> =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        line.waiting.delete(begin);
        signal.removeEventListener('abort', leave);
        line.running += 1;
        running += 1;
        resolve();
      };
      const leave = (): void => {
        line.waiting.delete(begin);
        reject(signal.reason);
      };
      line.waiting.add(begin);
      signal.addEventListener('abort', leave, { once: true });
      go();
    });

  const forget = (account: string, line: Line): void => {
    if (line.running === 0 && line.waiting.size === 0) lines.delete(account);
  };

  return {
    async run(turn, job) {
      turn.signal.throwIfAborted();
      const line = lineOf(turn.account);
      try {
        await wait(turn, line);
        try {
          // It may have been given between its turn and now.
          turn.signal.throwIfAborted();
          return await job();
        } finally {
          running -= 1;
          line.running -= 1;
          go();
        }
      } finally {
        forget(turn.account, line);
      }
    },
  };
};
