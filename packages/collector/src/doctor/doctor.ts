import { ApiError } from '../http/api-error.ts';
import { examine, type TellStep } from './examine.ts';
import type { BackupFacts, Patient, RunningFacts } from './patient.ts';

/** What {@link createDoctor} needs. */
export interface DoctorDeps extends Omit<Patient, 'backups' | 'running' | 'signal' | 'closed'> {
  readonly backups: () => BackupFacts;
  readonly running: () => RunningFacts;
}

/** Examines the collector that it is a part of, see {@link examine}; one at a time. */
export interface Doctor {
  /** @throws ApiError if another examination is under way */
  begin(signal: AbortSignal): Examination;
}

/** One that has begun. */
export type Examination = (tell: TellStep) => Promise<void>;

/** Makes {@link Doctor}. */
export const createDoctor = ({ running, backups, ...deps }: DoctorDeps): Doctor => {
  let isUnderWay = false;
  return {
    begin(signal) {
      if (isUnderWay) throw new ApiError(409, 'under_way', 'request', 'another examination is under way');
      isUnderWay = true;
      return (tell) =>
        examine({ ...deps, closed: null, running: running(), backups: backups(), signal }, tell).finally(() => {
          isUnderWay = false;
        });
    },
  };
};
