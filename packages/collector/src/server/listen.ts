import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { listenError } from '../config/listen-error.ts';
import type { TrustedProxies } from '../lib/ip-address.ts';
import { below } from './base-path.ts';
import { ConnectionLimits, type Load } from './connection-limits.ts';
import { endServer, type Patience } from './ending.ts';
import { listenOnSocket } from './listen-socket.ts';
import { hasOneHost } from './request-host.ts';
import { refuseUnread } from './respond.ts';

/** What a client may ask of the server. Times are milliseconds. */
export interface Limits {
  /** Bytes of the first line and the headers; beyond them 431. */
  readonly headerBytes: number;
  /** Headers; beyond them 431. */
  readonly headers: number;
  /** Time for the headers to arrive, from the connection on; then 408. */
  readonly headersMs: number;
  /** Time for the whole request to arrive; then 408. */
  readonly requestMs: number;
  /** Time for everything: request, work, and the client's reading of the answer; then the connection is cut. */
  readonly exchangeMs: number;
  /** How often the first two times are looked at. */
  readonly checkMs: number;
  /** How long a connection may wait for its next request. */
  readonly idleMs: number;
  /** Requests on one connection; the last one's answer says that it is closed. */
  readonly requestsPerConnection: number;
  /** Requests sent ahead on one connection, before the answer to the first; beyond them it is cut. */
  readonly ahead: number;
  /** Requests under way on all connections, each with a body of at most 64 KiB; beyond them 503. */
  readonly requests: number;
  /** Part of all connections, and of all requests under way, that one client may have. */
  readonly share: number;
}

/** The limits of the product. */
export const LIMITS: Limits = {
  headerBytes: 16 * 1024,
  headers: 100,
  headersMs: 10_000,
  requestMs: 20_000,
  // A question to the store may take 30 seconds.
  exchangeMs: 60_000,
  checkMs: 1000,
  // Longer than proxies keep theirs (nginx 60 s, Caddy 120 s): they do not repeat a POST that meets a closing connection.
  idleMs: 125_000,
  requestsPerConnection: 1000,
  ahead: 16,
  requests: 1024,
  share: 1 / 4,
};

/** Where to listen, and for whom there is room. */
export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  /** A Unix socket, instead of both. */
  readonly socket?: string | undefined;
  /** The path below which requests may be, too. */
  readonly base?: string | undefined;
  /** The next one is closed at once. */
  readonly maxConnections: number;
  /** Proxies stand for many clients: a client's share is not theirs. */
  readonly isProxy: TrustedProxies;
  readonly limits?: Limits;
}

/** A server that listens. */
export interface Listening {
  readonly server: Server;
  /** Has `listener` answer from now on. */
  readonly serve: (listener: RequestListener) => void;
  /** What is open now, and how many connections and requests found no room since the start. */
  readonly load: () => Load & { readonly turnedAway: number };
  /** Lets nobody new in, tells whoever is connected with their next answer that it is the last, and waits for that. */
  readonly end: (patience: Patience) => Promise<void>;
}

/**
 * Listens at once, so that a taken port is known before anything else is done; answers 503 until there is a listener.
 * @throws StartError
 */
export const listen = async (options: ListenOptions): Promise<Listening> => {
  const { port, host, socket } = options;
  let listener = below(options.base ?? '', whileStarting);
  const { server, load, end } = createLimitedServer(options, (request, response) => listener(request, response));
  if (socket === undefined) await listenOnPort(server, port, host);
  else await listenOnSocket(server, socket);
  return {
    server,
    serve: (real) => {
      listener = real;
    },
    load,
    end,
  };
};

const listenOnPort = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(listenError(error, { port, host, names: { port: 'PORT', host: 'HOST' } })),
    );
    server.listen(port, host, resolve);
  });

/** It lives already, so that nobody ends it for being slow. */
const whileStarting: RequestListener = (request, response) => {
  if (request.url === '/healthz')
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"starting"}');
  else refuseUnread(request, response, 503, 'request', 'is starting, try again in a moment', SOON);
};

const createLimitedServer = (
  { maxConnections, isProxy, limits = LIMITS }: ListenOptions,
  listener: RequestListener,
): Pick<Listening, 'server' | 'load' | 'end'> => {
  const room = new ConnectionLimits({ ...limits, connections: maxConnections, isProxy });
  let turnedAway = 0;
  let isEnding = false;
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    keepAliveTimeout: limits.idleMs,
    insecureHTTPParser: false,
  });
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  server.maxConnections = maxConnections;
  for (const event of ['drop', 'error'])
    server.on(event, () => {
      // An error while it listens: the system has no room for a connection. It is this one's end, not the server's.
      turnedAway += 1;
    });
  server.on('connection', (socket) => {
    if (room.enter(socket)) {
      if (room.isAlmostFull) room.sweep(() => server.closeIdleConnections());
      return;
    }
    turnedAway += 1;
    socket.destroy();
  });
  server.on('request', (request, response) => {
    if (isEnding) sayLast(response);
    if (!hasOneHost(request)) return refuseUnread(request, response, 400, 'host', 'must be one host');
    // Node's own limit would leave out what comes after it, such as what a proxy says of the client.
    if (request.rawHeaders.length > limits.headers * 2)
      return refuseUnread(request, response, 431, 'headers', `must be at most ${limits.headers}`);
    switch (room.begin(request.socket, response)) {
      case 'begun':
        return listener(request, response);
      case 'full':
        turnedAway += 1;
        return refuseUnread(request, response, 503, 'request', 'too many at once, try again in a moment', SOON);
      case 'ahead':
        request.socket.destroy();
    }
  });
  return {
    server,
    load: () => ({ ...room.load, turnedAway }),
    end(patience) {
      isEnding = true;
      for (const response of room.underWay) sayLast(response);
      return endServer(server, patience);
    },
  };
};

/** Has an answer that has not begun yet say `Connection: close`. */
const sayLast = (response: ServerResponse): void => {
  response.shouldKeepAlive = false;
};

/** There is no room for what the client has to say right now. */
const SOON = { 'retry-after': '5' };
