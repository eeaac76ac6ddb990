import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestCollector, type TestCollector, type TestCollectorOptions } from './test-collector.ts';

/** A collector of this process, with the dashboard as it was built, for browsers. */
export interface ServedCollector {
  readonly collector: TestCollector;
  /** Address, without a slash at its end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Serves a collector on a free port of the loopback. */
export const serveCollector = async (options: TestCollectorOptions = {}): Promise<ServedCollector> => {
  const collector = await startTestCollector(options);
  const server = createServer(collector.collector.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    collector,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await collector.stop();
    },
  };
};
