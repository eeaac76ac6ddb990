import { useEffect, useState } from 'preact/hooks';

/** What a stream has brought. */
export interface Streamed<T> {
  /** The newest; null: nothing yet. */
  readonly data: T | null;
  /** Nothing has come for so long that the connection must be lost. */
  readonly isLost: boolean;
}

/** A stream says something at least every three seconds; silence of this length, in milliseconds, is a loss. */
const SILENCE = 10_000;
/** How soon a stream that was refused is asked for again, in milliseconds. */
const AFTER_REFUSAL = 5000;

/** What happens to a stream. */
interface Hearing {
  readonly onMessage: (data: string) => void;
  /** Whether it is heard of, which is told each time that something changes. */
  readonly onLost: (isLost: boolean) => void;
  /** The server refused it: a browser tries again by itself only what broke off. */
  readonly onRefused: () => void;
}

/** Listens while the page is visible. Returns what ends it. */
const listen = (address: string, event: string, { onMessage, onLost, onRefused }: Hearing): (() => void) => {
  let source: EventSource | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    onLost(false);
    clearTimeout(silence);
    silence = setTimeout(() => onLost(true), SILENCE);
  };
  const open = () => {
    close();
    source = new EventSource(address);
    source.addEventListener('open', heard);
    source.addEventListener(event, (message) => {
      heard();
      onMessage(String(message.data));
    });
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      onLost(true);
      onRefused();
      again = setTimeout(open, AFTER_REFUSAL);
    });
  };
  const close = () => {
    source?.close();
    clearTimeout(silence);
    clearTimeout(again);
  };
  const follow = () => (document.hidden ? close() : open());
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    close();
  };
};

/** The newest message of a server-sent stream, as JSON. A stream that breaks off, or is refused, is asked for again. */
export const useStream = <T>(address: string, event: string, onRefused: () => void): Streamed<T> => {
  const [streamed, setStreamed] = useState<Streamed<T>>({ data: null, isLost: false });
  useEffect(
    () =>
      listen(address, event, {
        onMessage: (data) => setStreamed({ data: JSON.parse(data) as T, isLost: false }),
        onLost: (isLost) => setStreamed((now) => (now.isLost === isLost ? now : { ...now, isLost })),
        onRefused,
      }),
    [address, event],
  );
  return streamed;
};
