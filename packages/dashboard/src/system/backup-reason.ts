import { text } from '../i18n/text.ts';

const { reasons } = text.system.backup;

/** Why a backup was not made, by the word of the collector or the code of the system. */
const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    no_room: reasons.room,
    ENOSPC: reasons.room,
    EDQUOT: reasons.room,
    EACCES: reasons.rights,
    EPERM: reasons.rights,
    EROFS: reasons.rights,
    ENOENT: reasons.folder,
    ENOTDIR: reasons.folder,
    other_store: reasons.store,
    busy: reasons.storing,
    under_way: reasons.busy,
  }),
);

/** The same in words; a code that has none stands for itself. @example reasonText('Error ENOSPC') // 'no room on the disk' */
export const reasonText = (error: string): string => KNOWN.get(error.split(' ').at(-1) ?? '') ?? error;
