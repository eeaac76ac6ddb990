import { useSession } from '../app/session.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';

/** Storing lags by a second or two at all times; from so many seconds on it is told. */
const LATE_S = 10;

/** What the owner should know before reading the numbers. `isFailing`: questions are not answered now. */
export const Hints = ({ isFailing }: { isFailing: boolean }) => {
  const { engine, hints, keeping } = useSession().status;
  const { waiting = 0, behind = 0, rejected = 0, damaged = 0, detached = 0, unreadable = 0 } = keeping ?? {};
  const isCatchingUp = isFailing || engine === 'down' || behind >= LATE_S;
  return (
    <>
      {hints.includes('private_clients') && <p class="hint-banner">{text.notes.privateClients}</p>}
      {rejected > 0 && <p class="hint-banner">{text.notes.rejected({ count: rejected })}</p>}
      {damaged > 0 && <p class="hint-banner">{text.notes.damagedPieces({ count: damaged })}</p>}
      {detached > 0 && <p class="hint-banner">{text.notes.detached({ count: detached })}</p>}
      {unreadable > 0 && <p class="hint-banner">{text.notes.unreadable({ count: unreadable })}</p>}
      <p class={isCatchingUp ? 'catching-up on' : 'catching-up'} role="status">
        {isCatchingUp && text.states.catchingUp}
        {isCatchingUp && waiting > 0 && text.states.waiting({ count: waiting, written: format.count(waiting) })}
      </p>
    </>
  );
};
