import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { EVERY } from '../query/clock.ts';
import { useLoad } from '../query/use-load.ts';
import { sitePath } from '../state/route.ts';
import { Icon } from './icon.tsx';

/** Waits for the first hit of a site, and leads on. */
export const FirstHit = ({ domain }: { domain: string }) => {
  const [arrived, setArrived] = useState(false);
  const { data } = useLoad(`now ${domain}`, (signal) => api.now(domain, signal), {
    every: arrived ? null : EVERY.tick,
  });
  if (data?.hits && !arrived) setArrived(true);
  return (
    <div class={arrived ? 'waiting arrived' : 'waiting'} aria-live="polite">
      {arrived ? <Icon name="check" /> : <span class="pulse" />}
      <div>
        <p>{arrived ? text.install.arrived : text.install.waiting}</p>
        {!arrived && <p class="muted">{text.install.waitingHint}</p>}
      </div>
      <a class={arrived ? 'primary' : 'control'} href={`${sitePath(domain)}?period=day`}>
        {arrived ? text.install.open : text.install.later}
      </a>
    </div>
  );
};
