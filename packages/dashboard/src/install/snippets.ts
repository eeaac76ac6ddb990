import type { Status } from '../api/client.ts';
import { type Chosen, chosenOptions, type TagOptions } from './options.ts';

/** Where the script is, and where it reports to. */
export type Script = Status['script'];

/** A text as the value of an attribute in double quotes. */
const quoted = (value: string): string => `"${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;

const attributes = (pairs: readonly Chosen[]): string =>
  pairs.map(([name, value]) => (value === true ? ` ${name}` : ` ${name}=${quoted(String(value))}`)).join('');

/** The intake, where the script finds it by itself: as `in` beside it. */
const intakeOf = ({ src, endpoint }: Script): string => endpoint ?? new URL('in', src).href;

/** The line that a site's owner puts into its pages. */
export const scriptTag = ({ src, endpoint }: Script, domain: string, options: TagOptions): string => {
  const path = options.full ? src.replace(/\.js$/, '.full.js') : src;
  const data = chosenOptions(options).map(([name, value]) => [`data-${name}`, value] as const);
  const to = endpoint === null ? [] : [['data-to', endpoint] as const];
  return `<script defer${attributes([['src', path], ['data-site', domain], ...to, ...data])}></script>`;
};

/** The same for those who bundle it. */
export const npmSnippet = (script: Script, domain: string, options: TagOptions): string => {
  const lines = [['site', domain] as const, ['to', intakeOf(script)] as const, ...chosenOptions(options)];
  const written = lines.map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`);
  const entry = options.full ? '@passerby/sdk/full' : '@passerby/sdk';
  return [`import { init } from '${entry}';`, '', 'init({', ...written, '});'].join('\n');
};

const image = (script: Script, query: Record<string, string>, more: string): string =>
  `<img${attributes([['src', `${intakeOf(script)}.gif?${new URLSearchParams(query)}`]])}${more} alt="" width="1" height="1">`;

/** Counts views of pages in browsers without JavaScript. Those name the whole page only if they are asked to. */
export const noscriptImage = (script: Script, domain: string): string =>
  `<noscript>${image(script, { s: domain }, ' referrerpolicy="no-referrer-when-downgrade"')}</noscript>`;

/** Counts how often an e-mail is opened. @param name of the e-mail, as the statistics will call it */
export const emailImage = (script: Script, domain: string, name: string): string =>
  image(script, { s: domain, o: name }, '');
