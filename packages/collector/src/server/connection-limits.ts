import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { normaliseAddress, type TrustedProxies, UNSPECIFIED } from '../lib/ip-address.ts';
import { customerOf } from '../lib/ip-range.ts';

/** How much there is room for. */
export interface ConnectionLimitsOptions {
  readonly connections: number;
  /** Requests under way on all connections. */
  readonly requests: number;
  /** Requests under way on one connection. */
  readonly ahead: number;
  /** Part of both that one client may take. */
  readonly share: number;
  /** Milliseconds from a request to the end of its answer. */
  readonly exchangeMs: number;
  readonly isProxy: TrustedProxies;
}

/** What a client has open. */
interface Client {
  connections: number;
  requests: number;
}

/** What is open now. */
export interface Load {
  readonly connections: number;
  readonly requests: number;
}

interface Connection {
  readonly client: Client;
  /** Nobody's share: a proxy. */
  readonly isProxy: boolean;
  /** Answers that are not at their end, and what cuts them off. */
  readonly open: Map<ServerResponse, NodeJS.Timeout>;
}

/** What cuts an answer off. */
const timers = new WeakMap<ServerResponse, NodeJS.Timeout>();

/** A long answer has made progress: the time that the exchange may take begins anew. */
export const goesOn = (response: ServerResponse): void => {
  timers.get(response)?.refresh();
};

const SWEEP_MS = 1000;
const ALMOST = 7 / 8;

/**
 * Who is in, and what they have under way. Clients are known by what one customer has, in memory, for as long as they have a
 * connection.
 */
export class ConnectionLimits {
  readonly #options: ConnectionLimitsOptions;
  readonly #clients = new Map<string, Client>();
  readonly #connections = new Map<Socket, Connection>();
  #requests = 0;
  #swept = false;

  constructor(options: ConnectionLimitsOptions) {
    this.#options = options;
  }

  get load(): Load {
    return { connections: this.#connections.size, requests: this.#requests };
  }

  get isAlmostFull(): boolean {
    return this.#connections.size > this.#options.connections * ALMOST;
  }

  /** Answers that are not at their end. */
  get underWay(): ServerResponse[] {
    return [...this.#connections.values()].flatMap(({ open }) => [...open.keys()]);
  }

  /** Has waiting connections closed to make room: at most once a second, since it looks at all of them. */
  sweep(close: () => void): void {
    if (this.#swept) return;
    this.#swept = true;
    setTimeout(() => {
      this.#swept = false;
    }, SWEEP_MS).unref();
    close();
  }

  /** @returns false: this client has its share of connections */
  enter(socket: Socket): boolean {
    const { connections, share, isProxy } = this.#options;
    const address = normaliseAddress(socket.remoteAddress ?? '') ?? UNSPECIFIED;
    const name = customerOf(address);
    const client = this.#clients.get(name) ?? { connections: 0, requests: 0 };
    const connection: Connection = { client, isProxy: isProxy(address), open: new Map() };
    if (!connection.isProxy && client.connections >= connections * share) return false;
    client.connections += 1;
    this.#clients.set(name, client);
    this.#connections.set(socket, connection);
    socket.once('close', () => {
      // Answers that wait behind another one on their connection have no event for its end.
      for (const response of connection.open.keys()) this.#end(connection, response);
      this.#connections.delete(socket);
      client.connections -= 1;
      if (client.connections === 0) this.#clients.delete(name);
    });
    return true;
  }

  /** Counts a request until its answer has ended. `ahead`: too many of this connection; `full`: of all, or this client. */
  begin(socket: Socket, response: ServerResponse): 'begun' | 'full' | 'ahead' {
    const { requests, ahead, share, exchangeMs } = this.#options;
    const connection = this.#connections.get(socket);
    if (connection === undefined || connection.open.size >= ahead) return 'ahead';
    const { client, isProxy, open } = connection;
    if (this.#requests >= requests || (!isProxy && client.requests >= requests * share)) return 'full';
    this.#requests += 1;
    client.requests += 1;
    const timer = setTimeout(() => socket.destroy(), exchangeMs);
    open.set(response, timer);
    timers.set(response, timer);
    response.once('close', () => this.#end(connection, response));
    return 'begun';
  }

  #end({ client, open }: Connection, response: ServerResponse): void {
    clearTimeout(open.get(response));
    timers.delete(response);
    if (!open.delete(response)) return;
    this.#requests -= 1;
    client.requests -= 1;
  }
}
