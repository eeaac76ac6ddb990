import { createLogger, createServer, type Plugin, type ViteDevServer } from 'vite';
import { OF_THE_COLLECTOR, proxyTo } from '../../packages/dashboard/collector-proxy.ts';
import type { CollectorProcess } from './collector-process.ts';
import { OWNER } from './owner.ts';
import { path } from './places.ts';
import type { Print } from './print.ts';

const SIGN_IN = '/dev/sign-in';

/** Vite's server of the dashboard, at whose address everything is found. */
export interface Dashboard {
  /** Address, without a slash at its end. */
  readonly url: string;
  readonly signInUrl: string;
  /** Has browsers load their page anew. */
  reload(): void;
  stop(): Promise<void>;
}

/** @param port where to begin to look for a free one */
export const startDashboard = async (
  collector: CollectorProcess,
  collectorUrl: string,
  port: number,
  print: Print,
): Promise<Dashboard> => {
  const server = await createServer({
    root: path('packages/dashboard'),
    clearScreen: false,
    customLogger: createLogger('info', { console: { ...console, log: print, warn: print, error: print } }),
    plugins: [patience(collector), signIn(collectorUrl)],
    server: { port, proxy: proxyTo(collectorUrl) },
  });
  await server.listen();
  const url = addressOf(server);
  return {
    url,
    signInUrl: url + SIGN_IN,
    reload: () => server.ws.send({ type: 'full-reload' }),
    stop: () => server.close(),
  };
};

const addressOf = ({ resolvedUrls }: ViteDevServer): string => (resolvedUrls?.local[0] ?? '').replace(/\/$/, '');

/** Lets requests wait while the collector is started anew, and says so where it does not start. */
const patience = (collector: CollectorProcess): Plugin => ({
  name: 'passerby-patience',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      if (!OF_THE_COLLECTOR.test(new URL(request.url ?? '/', 'http://localhost').pathname)) return next();
      void collector.up.then((isUp) => {
        if (isUp) return next();
        const message = 'the collector does not start: see the terminal';
        response.writeHead(503, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { field: 'request', message } }));
      });
    });
  },
});

/** A link that signs in the account that was made for this. */
const signIn = (collectorUrl: string): Plugin => ({
  name: 'passerby-sign-in',
  configureServer: ({ middlewares }) => {
    middlewares.use(SIGN_IN, (_request, response, next) => {
      const login = fetch(`${collectorUrl}/api/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(OWNER),
      });
      login.then((answer) => {
        // Where the folder has another owner, or the collector is not there, the form is the way in.
        const location = answer.ok ? '/' : '/login';
        response.writeHead(302, { location, 'set-cookie': answer.headers.getSetCookie() }).end();
      }, next);
    });
  },
});
