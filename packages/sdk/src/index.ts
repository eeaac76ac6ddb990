import type { Passerby } from './calls.ts';
import type { Options } from './options.ts';
import { start } from './start.ts';

export type { Options } from './options.ts';
export type { Page } from './queue.ts';
export type { View } from './views.ts';
export type { Item, Properties, Revenue } from './wire.ts';

let passerby: Passerby | undefined;

/**
 * Starts counting, once a load; later calls change nothing. On a server, where there is no page, it does nothing.
 * @example init({ site: 'example.com', to: 'https://stats.example.com/in' })
 */
export const init = (options: Options): void => {
  if (typeof document !== 'undefined') passerby ??= start(options);
};

/** {@inheritDoc Passerby.track} Before `init` it does nothing. */
export const track: Passerby['track'] = (...given) => passerby?.track(...given);

/** {@inheritDoc Passerby.view} Before `init` it does nothing. */
export const view: Passerby['view'] = (given) => passerby?.view(given);

/** {@inheritDoc Passerby.page} Before `init` it does nothing. */
export const page: Passerby['page'] = (props) => passerby?.page(props);
