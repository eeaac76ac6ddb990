import type { Status } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { USUAL } from '../install/options.ts';
import { scriptTag } from '../install/snippets.ts';
import { Copyable } from './copy.tsx';

/** The script tag of a site, to be copied. */
export const ScriptTag = ({ script, domain }: { script: Status['script']; domain: string }) => (
  <Copyable value={scriptTag(script, domain, USUAL)} label={text.install.tag} />
);
