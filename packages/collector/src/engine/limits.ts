import { totalmem } from 'node:os';

/**
 * How much memory the engine may take, and who of it how much. Left to its defaults it was measured to reach 1.5 GB.
 */

const MB = 1024 * 1024;
/** Of the machine's memory, and within these bounds, in bytes. */
const SHARE = 0.3;
const LEAST = 260 * MB;
const MOST = 1024 * MB;
/**
 * What no question can take, in bytes: 40 MB that the engine has at rest, 30 for the insert under way (a segment of 4 MiB
 * takes 14 to 26, whatever is in it) and 40 for merges.
 */
const RESERVED = 110 * MB;
/** Questions at a time that must not take more than the rest together. */
const QUESTIONS = 3;

/** Parts of the memory, in bytes. */
export interface Memory {
  /** Altogether, without what the program itself takes, some 50 MB. */
  readonly total: number;
  /** For one question: all of them together leave what is reserved. */
  readonly question: number;
  /** For one insert, if there is so much: more than is reserved, for what is larger than a segment of today. */
  readonly insert: number;
}

/**
 * Divides the memory. The engine's own way, to stop the query that has most in favour of one that is protected, is no use
 * inside a process: the sums it goes by are not given back in full.
 * @param machine bytes that the machine or the container has
 */
export const divideMemory = (machine: number): Memory => {
  const total = Math.floor(Math.min(MOST, Math.max(LEAST, machine * SHARE)));
  return { total, question: Math.floor((total - RESERVED) / QUESTIONS), insert: Math.floor(total / 2) };
};

/** Node says 0 where nothing bounds the process, or a number that no machine has. */
const MEMORY = divideMemory(Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY));

/**
 * Rows that were merged or deleted are in files of before until these go, in seconds: not before what took their place is on the
 * disk, which Linux sees to after some 30, as merging waits for no disk; and `cleanup` later at the most. Left to its defaults
 * the engine looks every five minutes at quiet tables, and thousands of files lie there.
 */
export const OLD_FILES = { lifetime: 60, cleanup: 30 } as const;

/**
 * Server configuration, without any log table: no query, trace or text is written to the disk. Pools are small because
 * the engine shares a small machine with everything else.
 * @param more further elements
 */
export const serverConfigWith = (more: string): string => `<clickhouse>
  <max_server_memory_usage>${MEMORY.total}</max_server_memory_usage>
  <mark_cache_size>${16 * MB}</mark_cache_size>
  <index_mark_cache_size>${4 * MB}</index_mark_cache_size>
  <primary_index_cache_size>${16 * MB}</primary_index_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <merges_mutations_memory_usage_soft_limit>${40 * MB}</merges_mutations_memory_usage_soft_limit>
  <merge_tree>
    <old_parts_lifetime>${OLD_FILES.lifetime}</old_parts_lifetime>
    <cleanup_delay_period>10</cleanup_delay_period>
    <cleanup_delay_period_random_add>0</cleanup_delay_period_random_add>
    <max_cleanup_delay_period>${OLD_FILES.cleanup}</max_cleanup_delay_period>
    <!-- A change that is over says in a file what it deleted, as the name of a page. -->
    <finished_mutations_to_keep>1</finished_mutations_to_keep>
    <!-- One file fewer of each part: it would help to read a piece of a column, where a whole one is small. -->
    <write_marks_for_substreams_in_compact_parts>0</write_marks_for_substreams_in_compact_parts>
    <!-- More parts come together before they are merged: at a hit a second it wrote 21.5 kB a hit with the usual 5, and 18.4 with 10. -->
    <merge_selector_base>10</merge_selector_base>
    <merge_max_block_size_bytes>${2 * MB}</merge_max_block_size_bytes>
    <merge_max_block_size>2048</merge_max_block_size>
    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>2</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
    <number_of_free_entries_in_pool_to_execute_mutation>2</number_of_free_entries_in_pool_to_execute_mutation>
    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>2</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
  </merge_tree>
  ${more}
</clickhouse>
`;

/** Settings that every Session begins with, and returns to after each request. */
export const BASE_SETTINGS: Readonly<Record<string, string>> = {
  max_memory_usage: String(MEMORY.question),
  max_bytes_before_external_group_by: String(Math.floor(MEMORY.question / 3)),
  max_bytes_before_external_sort: String(Math.floor(MEMORY.question / 3)),
  max_block_size: '16384',
  max_insert_block_size: '131072',
  max_execution_time: '60',
  output_format_json_quote_64bit_integers: '1',
  // As on a server: without it `nonsense` is read as `SELECT nonsense`.
  implicit_select: '0',
};

/** Bytes that an insert may take: see {@link Memory}. */
export const INSERT_MEMORY = MEMORY.insert;
