/**
 * What a statement may do in the embedded engine, whoever sent it: use its tables. ClickHouse itself sees to it, by the
 * rights of the one user that all Sessions have. Left to its defaults that user may read and write every file of the
 * collector's user, and connect to anywhere. What ClickHouse has no right for, `request.ts` refuses.
 */

/** What the statements of the collector, and of who looks into its tables, need. */
const RIGHTS = [
  'SHOW, SELECT, INSERT, ALTER TABLE, ALTER VIEW, TRUNCATE, OPTIMIZE, CHECK, KILL QUERY, CLUSTER',
  'CREATE DATABASE, CREATE TABLE, CREATE VIEW, CREATE TEMPORARY TABLE, DROP DATABASE, DROP TABLE, DROP VIEW',
  'SYSTEM MERGES, SYSTEM TTL MERGES, SYSTEM SYNC REPLICA, SYSTEM FLUSH DISTRIBUTED',
];
/** Settings that make a text to a statement, to the name of a file that is read or written, or to an address that is asked. */
const FIXED_SETTINGS = [
  'additional_result_filter',
  'additional_table_filters',
  'allow_experimental_eval_table_function',
  'dialect',
  'format_avro_schema_registry_url',
  'format_schema',
  'format_template_resultset',
  'format_template_row',
  'input_format_record_errors_file_path',
  'output_format_schema',
  'rename_files_after_processing',
  'url_base',
];

const grants = (rights: readonly string[]): string =>
  `<grants>${rights.map((right) => `<query>GRANT ${right}</query>`).join('')}</grants>`;

/**
 * ClickHouse's `users.xml`.
 * @param serverConfig where it names a cluster, tables may be on its servers
 */
export const grantsConfigFor = (serverConfig: string): string => `<clickhouse>
  <profiles><default><constraints>
    ${FIXED_SETTINGS.map((name) => `<${name}><readonly/></${name}>`).join('')}
  </constraints></default></profiles>
  <quotas><default/></quotas>
  <users><default>
    <password/>
    <networks><ip>::/0</ip></networks>
    <profile>default</profile>
    <quota>default</quota>
    ${grants([
      ...RIGHTS.map((rights) => `${rights} ON *.*`),
      ...(serverConfig.includes('<remote_servers>') ? ['READ, WRITE ON REMOTE'] : []),
    ])}
  </default></users>
</clickhouse>
`;
