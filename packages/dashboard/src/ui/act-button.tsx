import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError } from '../api/client.ts';
import { refusalText } from '../i18n/refusal.ts';

interface ActButtonProps {
  /** Does it; rejects with {@link ApiError}. */
  act: () => Promise<unknown>;
  /** Named in full, where the text alone does not say enough. */
  label?: string;
  class?: 'quiet' | 'control';
  children: ComponentChildren;
}

/** A button that does something at once. If it fails, the reason stands beside it. */
export const ActButton = ({ act, label, class: name = 'quiet', children }: ActButtonProps) => {
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const onClick = async () => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {error && (
        <span class="wrong" role="alert">
          {refusalText(error)}
        </span>
      )}
      <button type="button" class={name} aria-label={label} aria-disabled={busy} onClick={onClick}>
        {children}
      </button>
    </>
  );
};
