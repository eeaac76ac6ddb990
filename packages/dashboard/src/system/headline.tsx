import type { SystemState } from '../api/system.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { Figure } from '../ui/figure.tsx';

const { system } = text;

const Size = ({ data }: Pick<SystemState, 'data'>) => (
  <Figure
    label={system.size}
    value={data && format.bytes(data.bytes)}
    note={data && system.rows({ count: data.rows, written: format.count(data.rows) })}
  />
);

const Growth = ({ data }: Pick<SystemState, 'data'>) => {
  if (data === null) return <Figure label={system.growth} value={null} note={null} />;
  if (data.bytesADay === null || data.days === null)
    return <Figure label={system.growth} value={null} note={system.firstDay} />;
  const days = Math.floor(data.days);
  return (
    <Figure
      label={system.growth}
      value={format.bytes(data.bytesADay)}
      note={system.growthOf({ count: days, written: format.count(days) })}
    />
  );
};

const Room = ({ disk, engine }: Pick<SystemState, 'disk' | 'engine'>) => {
  const none = engine.kind === 'cluster' ? system.noRoom : system.noRoomServer;
  return (
    <Figure
      label={system.room}
      value={disk && format.bytes(disk.free)}
      note={disk ? system.roomOf({ total: format.bytes(disk.total) }) : none}
      taken={disk ? 1 - disk.free / disk.total : undefined}
    />
  );
};

const Full = ({ data, disk, full }: Pick<SystemState, 'data' | 'disk' | 'full'>) => {
  if (data === null || disk === null) return <Figure label={system.full} value={null} note={null} />;
  if (data.bytesADay === null) return <Figure label={system.full} value={null} note={system.firstDay} />;
  if (full.at === null) return <Figure label={system.full} value={system.notFull} note={system.notFullLead} />;
  return (
    <Figure
      label={system.full}
      value={format.until(full.at, Date.now())}
      note={system.fullAround({ day: format.fullDay(full.at) })}
    />
  );
};

/** How much there is, how fast it grows, how much room is left, and until when. */
export const Headline = ({ state }: { state: SystemState }) => (
  <ul class="figures" aria-label={system.title}>
    <Size {...state} />
    <Growth {...state} />
    <Room {...state} />
    <Full {...state} />
  </ul>
);
