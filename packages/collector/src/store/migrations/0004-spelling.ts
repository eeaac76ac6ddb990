import type { Step } from '../migration.ts';
import { respellRows } from '../spelling/respell-rows.ts';
import { respellSums } from '../spelling/respell-sums.ts';
import type { Topology } from '../topology.ts';

/**
 * Version 4: pages, referrers, and properties that are addresses lie in the store in their own letters, those of before
 * too, which have the escapes they came with. What has none is not touched.
 */
export const spelling = (topology: Topology): Step[] => [
  (store, tell) => respellSums(store, topology, tell),
  (store, tell) => respellRows(store, topology, tell),
];
