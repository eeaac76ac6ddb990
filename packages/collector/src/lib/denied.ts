/** Whether a code of the system says that this user may not. */
export const isDenied = (code: string | undefined): boolean => code === 'EACCES' || code === 'EPERM';
