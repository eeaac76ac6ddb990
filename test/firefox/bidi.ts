import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A connection by WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/): commands go out, each has its answer. */
export interface BiDi {
  /** Sends a command; rejects with what the browser says is wrong. */
  readonly send: <Result>(method: string, params?: object) => Promise<Result>;
}

interface Answer {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

/** Connects to a browser. @param address as the browser prints it, `ws://127.0.0.1:40001` */
export const connect = async (address: string): Promise<BiDi> => {
  const socket = new WebSocket(`${address}/session`);
  await once(socket, 'open');
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  socket.on('message', (data) => {
    const { id, type, result, error, message } = JSON.parse(String(data)) as Answer;
    const command = waiting.get(id ?? 0);
    if (command === undefined) return;
    waiting.delete(id ?? 0);
    if (type === 'success') command.resolve(result);
    else command.reject(new Error(`${error}: ${message}`));
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has gone'));
  });
  return {
    send: <Result>(method: string, params: object = {}) =>
      new Promise<Result>((resolve, reject) => {
        waiting.set(++last, { resolve: (result) => resolve(result as Result), reject });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
  };
};
