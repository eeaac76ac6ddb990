import { useEffect, useRef, useState } from 'preact/hooks';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';

/** Visitors of the last five minutes, and the way to what they do. */
export const LiveDot = ({ count, href }: { count: number; href: string }) => (
  <a class={count > 0 ? 'live on' : 'live'} href={href} title={text.now.meaning} data-testid="now" data-value={count}>
    <i />
    <span>
      {format.count(count)} <span class="live-words">{text.now.words({ count })}</span>
    </span>
  </a>
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
      {text.now.label({ count: announced, written: format.count(announced) })}
    </p>
  );
};
