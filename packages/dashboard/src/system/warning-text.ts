import type { Warning } from '../api/system.ts';
import { duration, format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { reasonText } from './backup-reason.ts';
import { proxyNote } from './proxy-note.ts';

const words = text.system.warning;

/** What is wrong, and what to do about it, in sentences; one each for what is of several kinds. */
export const warningTexts = (warning: Warning): readonly string[] => {
  switch (warning.code) {
    case 'disk_almost_full': {
      const { of, free, total } = warning;
      return [words.disk_almost_full[of]({ free: format.bytes(free), total: format.bytes(total) })];
    }
    case 'disk_full_soon':
      return [words.disk_full_soon({ day: format.fullDay(warning.at.slice(0, 10)) })];
    case 'damage':
      return damageTexts(warning);
    case 'set_aside':
      return [text.notes.rejected({ count: warning.segments })];
    case 'spool_filling':
      return [words.spool_filling({ bytes: format.bytes(warning.bytes), most: format.bytes(warning.most) })];
    case 'behind':
      return [words.behind({ duration: duration(warning.seconds) })];
    case 'backup_failed':
      return [failureText(warning)];
    case 'backup_old':
      return [
        warning.at === null ? words.backup_none : words.backup_old({ day: format.fullDay(warning.at.slice(0, 10)) }),
      ];
    case 'no_backup':
      return [text.system.noBackups];
    case 'private_clients':
    case 'unnamed_proxy':
    case 'no_client_address':
      return [proxyNote(warning.code)];
  }
};

const failureText = ({ at, error }: Extract<Warning, { code: 'backup_failed' }>): string => {
  const when = format.moment(at);
  return error === null ? words.backup_failed({ when }) : words.backup_failed_why({ when, reason: reasonText(error) });
};

const damageTexts = ({ detached, unreadable, pieces }: Extract<Warning, { code: 'damage' }>): string[] => [
  ...(detached > 0 ? [text.notes.detached({ count: detached })] : []),
  ...(unreadable > 0 ? [text.notes.unreadable({ count: unreadable })] : []),
  ...(pieces > 0 ? [text.notes.damagedPieces({ count: pieces })] : []),
];
