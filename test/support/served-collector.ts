import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestHouse, type TestHouse, type TestHouseOptions } from './test-collector.ts';

/** A collector of this process, with the dashboard as it was built, for browsers. */
export interface ServedHouse {
  readonly house: TestHouse;
  /** Address, without a slash at its end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Serves a collector on a free port of the loopback. */
export const serveHouse = async (options: TestHouseOptions = {}): Promise<ServedHouse> => {
  const house = await startTestHouse(options);
  const server = createServer(house.house.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    house,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await house.stop();
    },
  };
};
