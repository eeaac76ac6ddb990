import type { LogRecord } from '@passerby/collector/logs';
import { format } from '../i18n/format.ts';
import { shownPath } from '../i18n/page-path.ts';
import { text } from '../i18n/text.ts';
import { LEVELS } from '../reports/levels.ts';
import { Icon } from '../ui/icon.tsx';

const levelText = (severity: string): string => {
  const level = LEVELS.find((name) => name === severity);
  return level ? text.logs.levels[level] : severity;
};

const detailsOf = (record: LogRecord): [string, string][] =>
  (
    [
      [text.logs.page, shownPath(record.page)],
      [text.logs.browser, [record.browser, record.os, record.device].filter(Boolean).join(' · ')],
      [text.logs.release, record.release],
      ...Object.entries(record.attributes),
    ] satisfies [string, string][]
  ).filter(([, value]) => value !== '');

/** Attributes that are seen beside a message. */
const SEEN = 3;

/** The first attributes, on one line. */
const beginning = (attributes: LogRecord['attributes']): string =>
  Object.entries(attributes)
    .slice(0, SEEN)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ');

const RecordRow = ({ record, timezone }: { record: LogRecord; timezone: string }) => (
  <details class="log">
    <summary class="record">
      <Icon name="more" />
      <time dateTime={record.time} title={format.momentIn(record.time, timezone)}>
        {format.clock(record.time, timezone)}
      </time>
      <span class={`level level-${record.severity}`}>{levelText(record.severity)}</span>
      <span class="log-text">
        {record.message} <span class="muted">{beginning(record.attributes)}</span>
      </span>
      <small class="wide">{record.release}</small>
      <small class="wide">{shownPath(record.page)}</small>
    </summary>
    <div class="log-detail">
      <p class="log-message">{record.message}</p>
      <dl>
        {detailsOf(record).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {record.stack && <pre>{record.stack}</pre>}
    </div>
  </details>
);

/** Two records of one moment may be equal; the newest come first, so a place is counted from the end. */
const keysOf = (records: readonly LogRecord[]): string[] => {
  const seen = new Map<string, number>();
  return records
    .toReversed()
    .map((record) => {
      const key = `${record.time} ${record.kind} ${record.message}`;
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return `${key} ${count}`;
    })
    .toReversed();
};

/** The stream of records, newest first; each opens to all that is known of it. @param timezone The site's. */
export const Records = ({ records, timezone }: { records: readonly LogRecord[]; timezone: string }) => {
  const keys = keysOf(records);
  return (
    <>
      <p class="record log-heads" aria-hidden="true">
        <span />
        <span>{text.logs.time}</span>
        <span>{text.logs.level}</span>
        <span>{text.logs.message}</span>
        <small class="wide">{text.logs.release}</small>
        <small class="wide">{text.logs.page}</small>
      </p>
      <ol class="log-list" aria-label={text.logs.records}>
        {records.map((record, index) => (
          <li key={keys[index]}>
            <RecordRow record={record} timezone={timezone} />
          </li>
        ))}
      </ol>
    </>
  );
};
