import { type Passerby, SILENT } from './calls.ts';
import type { Options } from './options.ts';
import { start } from './start.ts';

export type { Options } from './options.ts';
export type { Level, Properties } from './wire.ts';

let passerby: Passerby | undefined;

/**
 * Starts counting, once a load; later calls change nothing. On a server, where there is no page, it does nothing.
 * @example init({ site: 'example.com', to: 'https://stats.example.com/in' })
 */
export const init = (options: Options): void => {
  if (typeof document !== 'undefined') passerby ??= start(options);
};

/** {@inheritDoc Passerby.track} Before `init` it does nothing. */
export const track: Passerby['track'] = (...given) => (passerby ?? SILENT).track(...given);

/** {@inheritDoc Passerby.log} Before `init` it does nothing. */
export const log: Passerby['log'] = (...given) => (passerby ?? SILENT).log(...given);
