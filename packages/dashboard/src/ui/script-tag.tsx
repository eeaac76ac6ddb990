import type { Status } from '../api.ts';
import { USUAL } from '../install/options.ts';
import { scriptTag } from '../install/snippets.ts';
import { text } from '../text.ts';
import { Copyable } from './copy.tsx';

/** The script tag of a site, to be copied. */
export const ScriptTag = ({ script, domain }: { script: Status['script']; domain: string }) => (
  <Copyable value={scriptTag(script, domain, USUAL)} label={text.install.tag} />
);
