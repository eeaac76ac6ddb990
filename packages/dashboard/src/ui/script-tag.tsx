import type { Status } from '../api.ts';
import { text } from '../text.ts';
import { Copyable } from './copy.tsx';

/** The line that a site's owner puts into its pages. */
export const scriptTag = ({ src, endpoint }: Status['script'], domain: string): string =>
  `<script defer src="${src}" data-site="${domain}"${endpoint === null ? '' : ` data-to="${endpoint}"`}></script>`;

/** The script tag of a site, to be copied. */
export const ScriptTag = ({ script, domain }: { script: Status['script']; domain: string }) => (
  <Copyable value={scriptTag(script, domain)} label={text.install.tag} />
);
