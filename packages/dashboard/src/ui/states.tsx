import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/client.ts';
import { refusalText } from '../i18n/refusal.ts';
import { text } from '../i18n/text.ts';

/** What is said while something fails that may go well a moment later. */
export const passingText = ({ busy }: ApiError): string => (busy ? text.states.busy : text.states.catchingUp);

const titleOf = (error: ApiError): string => {
  if (error.passing) return `${passingText(error)}.`;
  if (error.damaged) return text.errors.damaged;
  return error.code === 'over_limit' ? text.states.refused : text.states.failed;
};

const hintOf = (error: ApiError): string => {
  if (error.damaged) return text.states.damagedHint;
  if (error.busy) return text.states.busyHint;
  if (error.status === 0) return text.states.notReached;
  return error.status >= 400 && error.status < 500 ? refusalText(error) : text.states.code({ code: error.status });
};

/** One sentence, a retry, and a code for those who are asked for help. */
export const Failure = ({ error, retry }: { error: ApiError; retry: () => void }) => (
  <div class="state" role="alert">
    <p>{titleOf(error)}</p>
    <p class="muted">{hintOf(error)}</p>
    <button type="button" class="control" onClick={retry}>
      {text.states.retry}
    </button>
  </div>
);

/** Says why there is nothing, and what to do. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="state">
    <p>{title}</p>
    {children}
  </div>
);

/** Lines of the size of what is to come. */
export const Skeleton = ({ lines }: { lines: number }) => (
  <div class="skeleton" role="status" aria-label={text.states.loading}>
    {Array.from({ length: lines }, (_, line) => (
      <span key={line} />
    ))}
  </div>
);
