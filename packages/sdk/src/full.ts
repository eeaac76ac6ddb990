import type { Passerby } from './calls.ts';
import { type Log, log as logItem } from './log.ts';
import { start } from './start.ts';
import { type FullOptions, watchTroubles } from './troubles.ts';

export type { Page } from './queue.ts';
export type { FullOptions as Options } from './troubles.ts';
export type { View } from './views.ts';
export type { Item, Level, Properties, Revenue } from './wire.ts';

let passerby: (Passerby & Log) | undefined;

/**
 * Starts counting and reporting errors, once a load; later calls change nothing. On a server, where there is no page, it
 * does nothing.
 * @example init({ site: 'example.com', to: 'https://stats.example.com/in', console: 'error' })
 */
export const init = (options: FullOptions): void => {
  if (typeof document !== 'undefined') passerby ??= { ...start(options, watchTroubles), log: logItem };
};

/** {@inheritDoc Passerby.track} Before `init` it does nothing. */
export const track: Passerby['track'] = (...given) => passerby?.track(...given);

/** {@inheritDoc Passerby.view} Before `init` it does nothing. */
export const view: Passerby['view'] = (given) => passerby?.view(given);

/** {@inheritDoc Passerby.page} Before `init` it does nothing. */
export const page: Passerby['page'] = (props) => passerby?.page(props);

/** {@inheritDoc Log.log} Before `init` it does nothing. */
export const log: Log['log'] = (...given) => passerby?.log(...given);
