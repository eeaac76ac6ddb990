import { connect, type Socket } from 'node:net';

/** A connection to a server, and what came back over it. */
export interface Wire {
  readonly socket: Socket;
  readonly answer: () => string;
  /** Resolves to the answer when the other side has closed. A reset is a close too. */
  readonly closed: Promise<string>;
}

/** Opens a connection. Nothing is said on it. */
export const open = (url: string): Wire => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  return {
    socket,
    answer: () => answer,
    closed: new Promise((resolve) => socket.on('close', () => resolve(answer))),
  };
};

/** Says something and waits for the other side to close. */
export const say = (url: string, text: string | Buffer): Promise<string> => {
  const { socket, closed } = open(url);
  socket.write(text);
  return closed;
};

/** Says something and closes this side, which ends what it has begun to say. */
export const sayAndLeave = (url: string, text: string | Buffer): Promise<string> => {
  const { socket, closed } = open(url);
  socket.end(text);
  return closed;
};

/** Says something bit by bit, for as long as the other side listens. */
export const drip = (url: string, parts: Iterable<string>, everyMs: number): Promise<string> => {
  const { socket, closed } = open(url);
  const left = parts[Symbol.iterator]();
  const timer = setInterval(() => {
    const { value, done } = left.next();
    if (done !== true) socket.write(value);
  }, everyMs);
  return closed.finally(() => clearInterval(timer));
};
