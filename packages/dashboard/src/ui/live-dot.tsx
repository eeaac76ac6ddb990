import { useEffect, useRef, useState } from 'preact/hooks';
import { format } from '../format.ts';
import { text } from '../text.ts';

/** Visitors of the last five minutes. */
export const LiveDot = ({ count }: { count: number }) => (
  <span class={count > 0 ? 'live on' : 'live'} title={text.now.meaning} data-testid="now" data-value={count}>
    <i />
    {text.now.label(count, format.count(count))}
  </span>
);

/** Those who listen are told a new number at most this often, in milliseconds. */
const ANNOUNCED_EVERY = 60_000;

/** Tells the number of visitors to those who listen, politely and seldom. */
export const LiveAnnouncement = ({ count }: { count: number }) => {
  const latest = useRef(count);
  const [announced, setAnnounced] = useState(count);
  latest.current = count;
  useEffect(() => {
    const timer = setInterval(() => setAnnounced(latest.current), ANNOUNCED_EVERY);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="spoken" aria-live="polite">
      {text.now.label(announced, format.count(announced))}
    </p>
  );
};
