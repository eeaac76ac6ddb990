/**
 * What supervisor and engine process say to each other over the pipe between them. Its closing, from either side, is
 * the word to stop.
 */

/** Supervisor to engine, once: open the data and listen. */
export interface Start {
  /** The engine's data, absolute. */
  readonly dataDir: string;
  /** Folder for what is deleted at the end: the configuration, and the body of the insert under way. */
  readonly scratchDir: string;
  /** Address and port to listen on. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Queries that are answered at a time. */
  readonly readers: number;
  /** More of the server configuration: elements of `<clickhouse>`. */
  readonly serverConfig: string;
}

/** Engine to supervisor, once: the outcome of {@link Start}. */
export type StartOutcome = Ready | NotStarted;

export interface Ready {
  readonly ready: true;
}

export interface NotStarted {
  readonly ready: false;
  /** Code of the error, such as `EADDRINUSE`; empty if it has none. */
  readonly code: string;
  readonly message: string;
}
