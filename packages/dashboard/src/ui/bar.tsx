import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Account } from '../api/client.ts';
import { EVERYWHERE, includes } from '../api/roles.ts';
import { useSession } from '../app/session.ts';
import { shownHost } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { type SitePart, sitePath } from '../state/route.ts';
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

interface SiteBarProps {
  domain: string;
  current: 'statistics' | 'live' | 'logs' | 'install' | 'settings';
  /** Query kept when going from one screen of the site to another. */
  search?: string;
  /** What the screen shows, and how to change that. */
  children?: ComponentChildren;
  /** A row of its own, when there is something to say. */
  below?: ComponentChildren;
}

type ScreensProps = Required<Pick<SiteBarProps, 'domain' | 'current' | 'search'>>;

/** The screens of a site; settings are for those who may change them. */
const Screens = ({ domain, current, search }: ScreensProps) => {
  const role = useSession().sites.find((site) => site.domain === domain)?.role;
  const screens = [
    { id: 'statistics', href: sitePath(domain) + search },
    { id: 'live', href: sitePath(domain, 'live') },
    { id: 'logs', href: sitePath(domain, 'logs') + search },
    ...(includes(role, 'editor') ? [{ id: 'settings', href: sitePath(domain, 'settings') } as const] : []),
  ] as const;
  return (
    <nav class="screens" aria-label={text.nav.main}>
      {screens.map(({ id, href }) => (
        <a key={id} href={href} aria-current={id === current ? 'page' : undefined}>
          {text.nav[id]}
        </a>
      ))}
    </nav>
  );
};

/** Screens that a reader stays on when going to another site. */
const KEPT: Partial<Record<SiteBarProps['current'], SitePart>> = { live: 'live', logs: 'logs', settings: 'settings' };

/** Sites to go to, and on telephones the screens of this one: there the bar has no room for them. */
const SiteMenu = (props: ScreensProps) => {
  const { domain, current } = props;
  const { account, sites } = useSession();
  const [search, setSearch] = useState('');
  const name = sites.find((site) => site.domain === domain)?.name ?? shownHost(domain);
  const found = sites.filter(({ name, domain: other }) =>
    `${name} ${other} ${shownHost(other)}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <Menu
      label={`${text.nav.switchSite}: ${name} ${text.nav[current]}`}
      title={
        <>
          <b title={name}>{name}</b> <small class="here">{text.nav[current]}</small>
        </>
      }
      class="switcher"
    >
      <Screens {...props} />
      {sites.length >= SEARCH_FROM && (
        <input
          type="search"
          aria-label={text.nav.findSite}
          placeholder={text.nav.findSite}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {found.map((site) => (
        <a
          key={site.id}
          href={sitePath(site.domain, KEPT[current])}
          aria-current={site.domain === domain ? 'page' : undefined}
        >
          <span>{site.name}</span>
          {site.name !== shownHost(site.domain) && <small>{shownHost(site.domain)}</small>}
        </a>
      ))}
      <hr />
      <a href="/">{text.nav.sites}</a>
      <a href={sitePath(domain, 'install')}>{text.nav.install}</a>
      {ownsAll(account) && <a href="/new">{text.nav.addSite}</a>}
    </Menu>
  );
};

const AccountLink = () => (
  <a class="quiet square account" href="/account" aria-label={text.nav.account}>
    <Icon name="person" />
  </a>
);

/** Top bar of the screens of one site. */
export const SiteBar = ({ domain, current, search = '', children, below }: SiteBarProps) => (
  <header class="bar">
    <div class="bar-row site-row">
      <Mark />
      <SiteMenu domain={domain} current={current} search={search} />
      <Screens domain={domain} current={current} search={search} />
      {children && <div class="tools">{children}</div>}
      <AccountLink />
    </div>
    {below}
  </header>
);

/** The account may add sites and administer accounts. */
const ownsAll = ({ roles }: Account): boolean => includes(roles[EVERYWHERE], 'owner');

/** Top bar of the screens that belong to no site. */
export const HomeBar = ({ current }: { current: 'sites' | 'account' | 'accounts' | 'system' | 'new-site' }) => {
  const isOwner = ownsAll(useSession().account);
  const links = [
    { id: 'sites', href: '/', title: text.nav.sites },
    { id: 'account', href: '/account', title: text.nav.account },
    ...(isOwner
      ? [
          { id: 'accounts', href: '/accounts', title: text.nav.accounts },
          { id: 'system', href: '/system', title: text.nav.system },
        ]
      : []),
  ];
  return (
    <header class="bar">
      <div class="bar-row">
        <Mark />
        <nav class="screens" aria-label={text.nav.main}>
          {links.map(({ id, href, title }) => (
            <a key={id} href={href} aria-current={id === current ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
        {current === 'sites' && isOwner && (
          <a class="control add-site" href="/new" aria-label={text.nav.addSite}>
            <Icon name="plus" />
            <span class="wide-only">{text.nav.addSite}</span>
          </a>
        )}
      </div>
    </header>
  );
};
