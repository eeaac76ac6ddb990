import { createCalls, type Passerby, SILENT } from './calls.ts';
import { watchEngagement } from './engagement.ts';
import { watchErrors } from './errors.ts';
import type { Options } from './options.ts';
import { createQueue } from './queue.ts';
import { createSend } from './send.ts';
import { shouldRun } from './should-run.ts';
import { watchViews } from './views.ts';
import type { Item } from './wire.ts';

/** Puts the parts together and sets them going. */
export const start = (options: Options): Passerby => {
  if (!shouldRun(options.local)) return SILENT;
  const queue = createQueue(createSend(options.to));
  const look = watchViews(options, queue, watchEngagement(queue));
  const report = (item: Item) => {
    look();
    queue.push(item);
  };
  watchErrors(report);
  return createCalls(report);
};
