import type { ApiError } from '../api/client.ts';
import { useSession } from '../app/session.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { proxyNote } from '../system/proxy-note.ts';
import { passingText } from '../ui/states.tsx';

/** Storing lags by a second or two at all times; from so many seconds on it is told. */
const LATE_S = 20;

interface HintsProps {
  /** Why questions are not answered now. */
  failing: ApiError | null;
  /** The page says so in the place of its numbers. */
  isTold: boolean;
}

/** What the owner should know before reading the numbers. */
export const Hints = ({ failing, isTold }: HintsProps) => {
  const { engine, hints, keeping } = useSession().status;
  const { waiting = 0, behind = 0, rejected = 0, damaged = 0, detached = 0, unreadable = 0 } = keeping ?? {};
  const isBehind = engine === 'down' || behind >= LATE_S;
  const late = isBehind ? text.states.catchingUp : failing && passingText(failing);
  const said = isTold ? null : late;
  return (
    <>
      {hints.map((hint) => (
        <p key={hint} class="hint-banner">
          {proxyNote(hint)}
        </p>
      ))}
      {rejected > 0 && <p class="hint-banner">{text.notes.rejected({ count: rejected })}</p>}
      {damaged > 0 && <p class="hint-banner">{text.notes.damagedPieces({ count: damaged })}</p>}
      {detached > 0 && <p class="hint-banner">{text.notes.detached({ count: detached })}</p>}
      {unreadable > 0 && <p class="hint-banner">{text.notes.unreadable({ count: unreadable })}</p>}
      <p class={said ? 'catching-up on' : 'catching-up'} role="status">
        {said}
        {said === text.states.catchingUp &&
          waiting > 0 &&
          text.states.waiting({ count: waiting, written: format.count(waiting) })}
      </p>
    </>
  );
};
