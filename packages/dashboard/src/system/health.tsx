import type { SystemState } from '../api/system.ts';
import { duration, format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { Card } from '../ui/card.tsx';
import { Facts } from '../ui/facts.tsx';

const { system } = text;

/** What was accepted and is not in the statistics yet. */
export const Intake = ({ spool }: Pick<SystemState, 'spool'>) => {
  const { waiting, behind, room, roomOf, rejected, damaged, nothing } = system.spool;
  return (
    <Card title={system.intake} lead={system.intakeLead}>
      <Facts
        facts={[
          [waiting, spool.rows === 0 ? nothing : format.count(spool.rows)],
          spool.rows > 0 && [behind, duration(spool.behind)],
          [room, roomOf({ bytes: format.bytes(spool.bytes), most: format.bytes(spool.most) })],
          [rejected, format.count(spool.rejected)],
          [damaged, format.count(spool.damaged)],
        ]}
      />
    </Card>
  );
};

/** What runs, and since when. */
export const About = ({ version, engine, startedAt, dataDir }: SystemState) => {
  const { about, engines, collector } = system;
  return (
    <Card title={collector}>
      <Facts
        facts={[
          [about.version, version],
          [about.engine, [engines[engine.kind], engine.version].filter(Boolean).join(', ')],
          [about.since, `${format.moment(startedAt)} (${format.ago(startedAt, Date.now())})`],
          engine.kind === 'embedded' && [about.restarts, format.count(engine.restarts)],
          [about.dataDir, <bdi class="breaking">{dataDir}</bdi>],
        ]}
      />
    </Card>
  );
};
