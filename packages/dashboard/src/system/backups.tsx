import type { SystemState } from '../api/system.ts';
import { duration, format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { Card } from '../ui/card.tsx';
import { Copyable } from '../ui/copy.tsx';
import { type Fact, Facts } from '../ui/facts.tsx';
import { reasonText } from './backup-reason.ts';

type Backup = SystemState['backup'];

const { system } = text;
const words = system.backup;

const ago = (time: string): string => format.ago(time, Date.now());

const lastFact = ({ last, isUnderWay }: Backup): Fact => {
  if (isUnderWay) return [words.last, words.underWay];
  if (last === null) return [words.last, words.never];
  const when = ago(last.at);
  if (last.ok) return [words.last, <span class="good">{words.went({ when })}</span>];
  const failed =
    last.error === null ? words.failed({ when }) : words.failedWhy({ when, error: reasonText(last.error) });
  return [words.last, <span class="bad">{failed}</span>];
};

/** What is known of backups whoever asked for them. */
const pastFacts = (backup: Backup): Fact[] => {
  const { last, lastGood } = backup;
  return [
    lastFact(backup),
    last?.bytes != null && [words.size, format.bytes(last.bytes)],
    last?.ok === true && [words.took, duration(last.tookMs / 1000)],
    last?.ok !== true && lastGood !== null && [words.good, ago(lastGood)],
  ];
};

/** What is known of those that the collector makes by itself. */
const plannedFacts = ({ dir, every, kept, next }: Backup): Fact[] => [
  [words.next, next === null ? words.off : format.moment(next)],
  every.length > 0 && [words.times, words.timesOf({ times: every.join(', ') })],
  [words.kept, format.count(kept)],
  [words.folder, <bdi class="breaking">{dir}</bdi>],
];

/** Whether the data could be brought back. */
export const Backups = ({ backup, engine }: Pick<SystemState, 'backup' | 'engine'>) => (
  <Card title={system.backups}>
    {(backup.dir !== null || backup.last !== null) && (
      <Facts facts={[...pastFacts(backup), ...(backup.dir === null ? [] : plannedFacts(backup))]} />
    )}
    {engine.kind === 'cluster' && <p class="muted">{system.clusterBackups}</p>}
    {backup.dir === null && engine.kind !== 'cluster' && (
      <>
        <p class="muted">{system.noBackups}</p>
        <Copyable value="BACKUP_DIR=/var/backups/passerby" label={system.backupSetting} />
      </>
    )}
  </Card>
);
