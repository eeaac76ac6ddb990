import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useSession } from '../session.ts';
import { sitePath } from '../state/route.ts';
import { text } from '../text.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';

/** Sites from which on the switcher has a search. */
const SEARCH_FROM = 10;

const Mark = () => (
  <a class="mark" href="/">
    <span class="spoken">{text.nav.sites}</span>
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M8 22c3.5-8.5 7-11.5 16-12" />
      <circle cx="8" cy="22" r="2.6" />
      <circle cx="24" cy="10" r="2.6" />
    </svg>
  </a>
);

const SiteSwitcher = ({ domain, path }: { domain: string; path: '' | 'logs' }) => {
  const { sites } = useSession();
  const [search, setSearch] = useState('');
  const current = sites.find((site) => site.domain === domain);
  const found = sites.filter(({ name, domain: other }) =>
    `${name} ${other}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <Menu
      label={`${text.nav.switchSite}: ${current?.name ?? domain}`}
      title={<b>{current?.name ?? domain}</b>}
      class="switcher"
    >
      {sites.length >= SEARCH_FROM && (
        <input
          type="search"
          aria-label={text.nav.findSite}
          placeholder={text.nav.findSite}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {found.map((site) => (
        <a key={site.id} href={sitePath(site.domain, path)} aria-current={site.domain === domain ? 'page' : undefined}>
          <span>{site.name}</span>
          {site.name !== site.domain && <small>{site.domain}</small>}
        </a>
      ))}
      <hr />
      <a href="/">{text.nav.sites}</a>
      <a href={sitePath(domain, 'install')}>{text.nav.install}</a>
      <a href="/new">{text.nav.addSite}</a>
    </Menu>
  );
};

interface SiteBarProps {
  domain: string;
  current: 'statistics' | 'logs' | 'install';
  /** Query kept when going from one screen of the site to another. */
  search?: string;
  /** Right side of the bar. */
  children?: ComponentChildren;
  /** A second row, when there is something to say. */
  below?: ComponentChildren;
}

/** Top bar of the screens of one site. */
export const SiteBar = ({ domain, current, search = '', children, below }: SiteBarProps) => (
  <header class="bar">
    <div class="bar-row site-row">
      <Mark />
      <SiteSwitcher domain={domain} path={current === 'logs' ? 'logs' : ''} />
      <nav class="screens" aria-label={text.nav.main}>
        <a href={sitePath(domain) + search} aria-current={current === 'statistics' ? 'page' : undefined}>
          {text.nav.statistics}
        </a>
        <a href={sitePath(domain, 'logs') + search} aria-current={current === 'logs' ? 'page' : undefined}>
          {text.nav.logs}
        </a>
      </nav>
      <div class="bar-end">{children}</div>
      <a class="quiet square" href="/settings" aria-label={text.nav.settings}>
        <Icon name="settings" />
      </a>
    </div>
    {below}
  </header>
);

/** Top bar of the screens that belong to no site. */
export const HomeBar = ({ current }: { current: 'sites' | 'settings' | 'new-site' }) => (
  <header class="bar">
    <div class="bar-row">
      <Mark />
      <nav class="screens" aria-label={text.nav.main}>
        <a href="/" aria-current={current === 'sites' ? 'page' : undefined}>
          {text.nav.sites}
        </a>
        <a href="/settings" aria-current={current === 'settings' ? 'page' : undefined}>
          {text.nav.settings}
        </a>
      </nav>
      <div class="bar-end">
        {current === 'sites' && (
          <a class="control" href="/new">
            <Icon name="plus" />
            {text.nav.addSite}
          </a>
        )}
      </div>
    </div>
  </header>
);
