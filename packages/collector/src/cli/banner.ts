import { scriptTag } from '../static/script-tag.ts';

/** What the banner says of a collector that has started. */
export interface Started {
  readonly version: string;
  /** How long the start took, in milliseconds. */
  readonly tookMs: number;
  /** Where browsers find it, as its owner says; null: that was not said. */
  readonly publicUrl: string | null;
  /** Address under which a browser on this machine finds it; null: none does. */
  readonly own: string | null;
  /** The Unix socket it listens on; null: none. */
  readonly socket: string | null;
  /** Token of the one-time link; null: there is an owner. */
  readonly setupToken: string | null;
  readonly scriptPath: string;
  readonly intakePath: string;
  readonly demo: boolean;
  /** Nobody is named in TRUSTED_PROXIES. */
  readonly direct: boolean;
}

/** Stands for the host that proxies give it, where nobody has said which. */
export const SOME_HOST = 'http://localhost';

/** Makes the owner's account, once. */
export const firstRunLink = (url: string, setupToken: string): string => `${url}/setup#token=${setupToken}`;

/** Where the dashboard is, as far as anybody has said it. */
export const dashboardOf = ({ publicUrl, own }: Pick<Started, 'publicUrl' | 'own'>): string =>
  publicUrl ?? own ?? SOME_HOST;

/** The lines printed at the end of a start. */
export const banner = (started: Started): string => {
  const { version, tookMs, setupToken, scriptPath, intakePath, demo } = started;
  const url = dashboardOf(started);
  return [
    '',
    `Passerby ${version} is ready, after ${(tookMs / 1000).toFixed(1)} s.`,
    '',
    `  Dashboard   ${url}/`,
    ...(setupToken === null
      ? [`  Sign in     ${url}/login`]
      : [`  First run   ${firstRunLink(url, setupToken)}`, '              makes the owner’s account; works once']),
    ...(demo ? [`  Demo site   ${url}/demo/   click through it and watch the dashboard`] : []),
    `  Script tag  ${scriptTag(url, scriptPath, intakePath, 'example.com')}`,
    ...listensOn(started),
    '',
    ...hints(started),
  ].join('\n');
};

const listensOn = ({ publicUrl, own, socket }: Started): string[] => {
  if (socket !== null) return [`  Listens on  ${socket}`];
  return publicUrl === null ? [] : [`  Listens on  ${own}/`];
};

const hints = ({ publicUrl, socket, direct }: Started): string[] => [
  ...(socket !== null && publicUrl === null
    ? ['  Set PUBLIC_URL to the address of your proxy: nobody else knows what stands for http://localhost here.', '']
    : []),
  ...(direct
    ? ['  Behind a proxy or load balancer? Name it in TRUSTED_PROXIES, or all visitors look like one.', '']
    : []),
];
