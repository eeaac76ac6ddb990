import { writeFileSync } from 'node:fs';

/**
 * Leaves the memory of this process, and of those it starts, out of a picture that the system makes of them when they
 * crash: addresses and keys are in it that are written nowhere else. Linux asks each process what it wants
 * (https://man7.org/linux/man-pages/man5/core.5.html); elsewhere the limit of the service decides.
 */
export const keepOutOfCoreDumps = (): void => {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // No Linux, or no /proc.
  }
};
