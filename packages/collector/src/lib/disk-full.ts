/** Whether the system has no room, or no more for this user. Not so for what ClickHouse says: its errors have no such codes. */
export const isDiskFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');
