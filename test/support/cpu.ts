/**
 * Milliseconds of the processor that a piece of work took, of this process alone: others may keep the machine busy.
 * @example cpuMs(() => scrubText(text))
 */
export const cpuMs = (work: () => void): number => {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
};
