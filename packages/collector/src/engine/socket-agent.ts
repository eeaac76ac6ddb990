import { Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect, Socket } from 'node:net';
import { dirname } from 'node:path';
import { isSeal, NONCE_HEADER, newNonce, SEAL_HEADER, seal } from './message-auth.ts';
import { isOwnFolder } from './scratch-dir.ts';

/** How the embedded engine is reached in the life that it has now. */
export interface SocketAddress {
  /** Its socket, in a folder that only this user can enter. */
  readonly socketPath: string;
  /** What both sides know, see `message-auth.ts`. */
  readonly key: string;
}

declare module 'node:http' {
  interface Agent {
    /** Is given each request before anything of it is sent. */
    addRequest(request: ClientRequest, options: object): void;
  }
}

/** Who answers at the engine's address is not the engine: nothing is known of what became of the request. */
class ImpostorError extends Error {
  readonly code = 'STRANGER';
}

/**
 * Connects to the embedded engine wherever it is at the moment, and lets no answer through, of success or failure, that
 * another one gave: another user who took its place, say, could else make rows vanish by saying that they are stored.
 */
export class SocketAgent extends Agent {
  readonly #address: () => SocketAddress | null;

  /** @param address null: it is nowhere at this moment */
  constructor(address: () => SocketAddress | null, maxSockets: number) {
    super({ keepAlive: true, maxSockets });
    this.#address = address;
  }

  override createConnection(): Socket {
    const address = this.#address();
    // A folder that was deleted can be made again by whoever is quicker.
    if (address === null || !isOwnFolder(dirname(address.socketPath))) return dead();
    return connect(address.socketPath);
  }

  override addRequest(request: ClientRequest, options: object): void {
    const key = this.#address()?.key ?? '';
    const nonce = newNonce();
    request.setHeader(NONCE_HEADER, nonce);
    request.setHeader(SEAL_HEADER, seal(key, 'question', nonce));
    const emit = request.emit.bind(request);
    request.emit = (event: string | symbol, ...values: unknown[]): boolean => {
      if (event !== 'response') return emit(event, ...values);
      const [{ headers }] = values as [IncomingMessage];
      if (isSeal(headers[SEAL_HEADER], key, 'answer', nonce)) return emit(event, ...values);
      emit('error', new ImpostorError('the answer is not from the engine'));
      // What follows from its end is no news.
      request.on('error', () => {}).destroy();
      return false;
    };
    super.addRequest(request, options);
  }
}

/** A connection to nobody. It fails once somebody listens for that. */
const dead = (): Socket => {
  const socket = new Socket();
  setImmediate(() => socket.destroy(new ImpostorError('the engine is not there')));
  return socket;
};
