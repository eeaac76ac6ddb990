import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { api, type Status } from './api.ts';
import { useLoad } from './query/use-load.ts';
import { navigate, useAddress } from './router.ts';
import { AddSite } from './screens/add-site.tsx';
import { Install } from './screens/install.tsx';
import { Settings } from './screens/settings.tsx';
import { Setup } from './screens/setup.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { Sites } from './screens/sites.tsx';
import { Statistics } from './screens/statistics.tsx';
import { SessionContext, useStatus } from './session.ts';
import { parseRoute, type Route } from './state/route.ts';
import { text } from './text.ts';
import { lazy } from './ui/lazy.tsx';
import { Page } from './ui/page.tsx';
import { Empty, Failure, Skeleton } from './ui/states.tsx';

const Waiting = () => (
  <Page>
    <Skeleton lines={6} />
  </Page>
);

const Logs = lazy(() => import('./screens/logs.tsx').then((module) => module.Logs), Waiting);

const Nowhere = ({ title }: { title: string }) => (
  <Page>
    <Empty title={title}>
      <a class="control" href="/">
        {text.states.home}
      </a>
    </Empty>
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
    case 'settings':
      return <Settings />;
    case 'statistics':
      return <Statistics key={route.domain} domain={route.domain} search={search} />;
    case 'logs':
      return <Logs key={route.domain} domain={route.domain} search={search} />;
    case 'install':
      return <Install key={route.domain} domain={route.domain} />;
    case 'login':
    case 'setup':
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
  const { data, error, retry } = useLoad('sites', api.sites);
  if (error && !data)
    return (
      <Page>
        <Failure error={error} retry={retry} />
      </Page>
    );
  if (!data) return <Waiting />;
  if ('domain' in route && !data.sites.some(({ domain }) => domain === route.domain))
    return <Nowhere title={text.states.noSite(route.domain)} />;
  const reload = () => {
    reloadStatus();
    retry();
  };
  return <SessionContext.Provider value={{ status, sites: data.sites, reload }}>{children}</SessionContext.Provider>;
};

/** The whole dashboard: what the address names, to those who may see it. */
export const App = () => {
  const address = useAddress();
  const route = parseRoute(address.pathname);
  const { data: status, error, retry } = useStatus();

  if (error && !status)
    return (
      <Page>
        <Failure error={error} retry={retry} />
      </Page>
    );
  if (!status) return <Waiting />;
  if (route.screen === 'setup' && !status.account)
    return <Setup token={address.searchParams.get('token')} isOwned={!status.setup} onDone={retry} />;
  if (!status.account) return <SignIn isOwned={!status.setup} onDone={retry} />;
  return (
    <SignedIn status={status} reloadStatus={retry} route={route}>
      <Screen route={route} search={address.searchParams} />
    </SignedIn>
  );
};
