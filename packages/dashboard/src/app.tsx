import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Status } from './api/client.ts';
import { unplaced } from './app/place.ts';
import { navigate, useAddress } from './app/router.ts';
import { SessionContext, session, useStatus } from './app/session.ts';
import { shownHost } from './i18n/host-name.ts';
import { text } from './i18n/text.ts';
import { useLoad } from './query/use-load.ts';
import { SignIn } from './screens/sign-in.tsx';
import { Sites } from './screens/sites.tsx';
import { Statistics } from './screens/statistics.tsx';
import { parseRoute, type Route } from './state/route.ts';
import { lazy } from './ui/lazy.tsx';
import { Page } from './ui/page.tsx';
import { Failure, Skeleton } from './ui/states.tsx';

const Waiting = () => (
  <Page>
    <Skeleton lines={6} />
  </Page>
);

/* What is opened seldom is loaded when it is. */
const AddSite = lazy(() => import('./screens/add-site.tsx').then((module) => module.AddSite), Waiting);
const Install = lazy(() => import('./screens/install.tsx').then((module) => module.Install), Waiting);
const SiteSettings = lazy(() => import('./screens/site-settings.tsx').then((module) => module.SiteSettings), Waiting);
const Account = lazy(() => import('./screens/account.tsx').then((module) => module.Account), Waiting);
const Accounts = lazy(() => import('./screens/accounts.tsx').then((module) => module.Accounts), Waiting);
const Invite = lazy(() => import('./screens/invite.tsx').then((module) => module.Invite), Waiting);
const Reset = lazy(() => import('./screens/reset.tsx').then((module) => module.Reset), Waiting);
const Setup = lazy(() => import('./screens/setup.tsx').then((module) => module.Setup), Waiting);
const System = lazy(() => import('./screens/system.tsx').then((module) => module.System), Waiting);
const Live = lazy(() => import('./screens/live.tsx').then((module) => module.Live), Waiting);
const Logs = lazy(() => import('./screens/logs.tsx').then((module) => module.Logs), Waiting);

const Nowhere = ({ title }: { title: string }) => (
  <Page>
    <div class="state">
      <h1>{title}</h1>
      <a class="control" href="/">
        {text.states.home}
      </a>
    </div>
  </Page>
);

/** Another address stands for what was asked. */
const Redirect = ({ to }: { to: string }) => {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return null;
};

const Screen = ({ route, search }: { route: Route; search: URLSearchParams }) => {
  switch (route.screen) {
    case 'sites':
      return <Sites />;
    case 'new-site':
      return <AddSite />;
    case 'account':
      return <Account search={search} />;
    case 'accounts':
      return <Accounts />;
    case 'system':
      return <System />;
    case 'statistics':
      return <Statistics key={route.domain} domain={route.domain} search={search} />;
    case 'live':
      return <Live key={route.domain} domain={route.domain} />;
    case 'logs':
      return <Logs key={route.domain} domain={route.domain} search={search} />;
    case 'install':
      return <Install key={route.domain} domain={route.domain} />;
    case 'site-settings':
      return <SiteSettings key={route.domain} domain={route.domain} search={search} />;
    case 'moved':
      return <Redirect to={route.to} />;
    case 'login':
    case 'setup':
    case 'invite':
    case 'reset':
      return <Redirect to="/" />;
    case 'nowhere':
      return <Nowhere title={text.states.notFound} />;
  }
};

/** Everything behind the sign-in. */
const SignedIn = ({
  status,
  reloadStatus,
  route,
  children,
}: {
  status: Status;
  reloadStatus: () => void;
  route: Route;
  children: ComponentChildren;
}) => {
  const account = useLoad('account', session.account);
  const sites = useLoad('sites', session.sites);
  const reload = () => {
    reloadStatus();
    account.retry();
    sites.retry();
  };
  const error = account.error ?? sites.error;
  if (error)
    return (
      <Page>
        <Failure error={error} retry={reload} />
      </Page>
    );
  if (!account.data || !sites.data) return <Waiting />;
  if ('domain' in route && !sites.data.sites.some(({ domain }) => domain === route.domain))
    return <Nowhere title={text.states.noSite({ domain: shownHost(route.domain) })} />;
  const known = { status, account: account.data, sites: sites.data.sites, reload };
  return <SessionContext.Provider value={known}>{children}</SessionContext.Provider>;
};

/**
 * The token of a link that works once. It stands behind the `#`, which browsers send to nobody; links printed by older
 * collectors have it in the query.
 */
const tokenOf = ({ hash, searchParams }: URL): string | null =>
  new URLSearchParams(hash.slice(1)).get('token') ?? searchParams.get('token');

/** The whole dashboard: what the address names, to those who may see it. */
export const App = () => {
  const address = useAddress();
  const route = parseRoute(unplaced(address.pathname));
  const { data: status, error, retry } = useStatus();

  if (error && !status)
    return (
      <Page>
        <Failure error={error} retry={retry} />
      </Page>
    );
  if (!status) return <Waiting />;
  const token = tokenOf(address);
  if (route.screen === 'invite') return <Invite token={token} account={status.account} />;
  if (route.screen === 'reset') return <Reset token={token} />;
  if (route.screen === 'setup' && !status.account)
    return <Setup token={token} isOwned={!status.setup} onDone={retry} />;
  if (!status.account) return <SignIn isOwned={!status.setup} onDone={retry} />;
  return (
    <SignedIn status={status} reloadStatus={retry} route={route}>
      <Screen route={route} search={address.searchParams} />
    </SignedIn>
  );
};
