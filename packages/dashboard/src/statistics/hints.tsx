import { text } from '../text.ts';

/** What the owner should know before reading the numbers. */
export const Hints = ({ hints, isCatchingUp }: { hints: readonly string[]; isCatchingUp: boolean }) => (
  <>
    {hints.includes('private_clients') && <p class="hint-banner">{text.notes.privateClients}</p>}
    <p class={isCatchingUp ? 'catching-up on' : 'catching-up'} role="status">
      {isCatchingUp && text.states.catchingUp}
    </p>
  </>
);
