/**
 * How much the engine may take. Left to its defaults it was measured to reach 1.5 GB; with these, 0.5 GB.
 */

const MB = 1024 * 1024;

/**
 * Server configuration, without any log table: no query, trace or text is written to the disk. Pools are small because
 * the engine shares a small machine with everything else.
 * @param more further elements
 */
export const serverConfigWith = (more: string): string => `<clickhouse>
  <max_server_memory_usage>${250 * MB}</max_server_memory_usage>
  <mark_cache_size>${16 * MB}</mark_cache_size>
  <index_mark_cache_size>${4 * MB}</index_mark_cache_size>
  <primary_index_cache_size>${16 * MB}</primary_index_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <merge_tree>
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
  max_memory_usage: String(200 * MB),
  max_bytes_before_external_group_by: String(60 * MB),
  max_bytes_before_external_sort: String(60 * MB),
  max_block_size: '16384',
  max_insert_block_size: '131072',
  max_execution_time: '60',
  output_format_json_quote_64bit_integers: '1',
  // As on a server: without it `nonsense` is read as `SELECT nonsense`.
  implicit_select: '0',
};
