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
  readonly listen: SocketListen | PortListen;
  /** Queries that are answered at a time. */
  readonly readers: number;
  /** More of the server configuration: elements of `<clickhouse>`. */
  readonly serverConfig: string;
}

/** For the collector that started it: a socket to make, and the key that both know. */
export interface SocketListen {
  readonly socketPath: string;
  readonly key: string;
}

/** For collectors that are given its address: a port to listen on, and who may come in. */
export interface PortListen {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
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

/** Supervisor to engine, any number of times once it is ready: is it well? Nobody else can stand in the way of this. */
export interface Check {
  readonly check: number;
}

/** Engine to supervisor: the answer to the {@link Check} with this number. */
export interface Checked {
  readonly check: number;
  readonly isWell: boolean;
}
