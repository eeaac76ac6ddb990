import { asInTag } from './as-in-tag.ts';
import { calls, type Passerby } from './calls.ts';
import { call } from './kept.ts';
import { type Log, log as logItem } from './log.ts';
import { start } from './start.ts';
import { type FullOptions, watchTroubles } from './troubles.ts';
import './window.ts';

export type { EventOptions, Worth } from './calls.ts';
export type { Automatic } from './options.ts';
export type { Page } from './setup.ts';
export type { FullOptions as Options } from './troubles.ts';
export type { View } from './views.ts';
export type { Item, Level, Properties, Revenue } from './wire.ts';

/**
 * Starts counting and reporting errors, once a page, whatever else would count it too; later calls change nothing, unless `stop` was called. On a
 * server, where there is no page, it does nothing.
 * @example init({ site: 'example.com', to: 'https://stats.example.com/in', console: 'error' })
 */
export const init = (options: FullOptions): void => {
  if (typeof document === 'undefined') return;
  calls.log = logItem;
  start(asInTag(options), watchTroubles);
};

/** {@inheritDoc Passerby.track} What is called before `init` is kept for it. */
export const track: Passerby['track'] = (...given) => call('track', given);

/** {@inheritDoc Passerby.view} What is called before `init` is kept for it. */
export const view: Passerby['view'] = (...given) => call('view', given);

/** {@inheritDoc Passerby.page} What is called before `init` is kept for it. */
export const page: Passerby['page'] = (...given) => call('page', given);

/** {@inheritDoc Passerby.stop} */
export const stop: Passerby['stop'] = () => {
  if (typeof document !== 'undefined') window.passerby?.stop?.();
};

/** {@inheritDoc Log.log} What is called before `init` is kept for it. */
export const log: Log['log'] = (...given) => call('log', given);
