import { scriptTag } from '../static/script-tag.ts';

/** What the banner says of a collector that has started. */
export interface Started {
  readonly version: string;
  /** How long the start took, in milliseconds. */
  readonly tookMs: number;
  /** Address under which a browser on this machine finds the collector. */
  readonly url: string;
  /** Token of the one-time link; null: there is an owner. */
  readonly setupToken: string | null;
  readonly scriptPath: string;
  readonly intakePath: string;
  readonly demo: boolean;
  /** Nobody is named in TRUSTED_PROXIES. */
  readonly direct: boolean;
}

/** Makes the owner's account, once. */
export const firstRunLink = (url: string, setupToken: string): string => `${url}/setup#token=${setupToken}`;

/** The lines printed at the end of a start. */
export const banner = ({ version, tookMs, url, setupToken, scriptPath, intakePath, demo, direct }: Started): string =>
  [
    '',
    `Passerby ${version} is ready, after ${(tookMs / 1000).toFixed(1)} s.`,
    '',
    `  Dashboard   ${url}/`,
    ...(setupToken === null
      ? [`  Sign in     ${url}/login`]
      : [`  First run   ${firstRunLink(url, setupToken)}`, '              makes the owner’s account; works once']),
    ...(demo ? [`  Demo site   ${url}/demo/   click through it and watch the dashboard`] : []),
    `  Script tag  ${scriptTag(url, scriptPath, intakePath, 'example.com')}`,
    '',
    ...(direct
      ? ['  Behind a proxy or load balancer? Name it in TRUSTED_PROXIES, or all visitors look like one.', '']
      : []),
  ].join('\n');
