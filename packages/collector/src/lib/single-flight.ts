/** The job, run once for all who ask for it while it is under way. */
export const singleFlight = (job: () => Promise<void>): (() => Promise<void>) => {
  let underWay: Promise<void> | null = null;
  return () => {
    underWay ??= job().finally(() => {
      underWay = null;
    });
    return underWay;
  };
};
