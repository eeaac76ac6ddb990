import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Starts what takes long first, whatever its project, so that nothing long is left when all else is done. How long a
 * file took is known from its last run; in a fresh clone, what allows its tests most time goes first.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const known = specifications.map((specification) => ({
      specification,
      group: specification.project.config.sequence.groupOrder,
      expected: this.#lastDuration(specification) ?? patienceOf(specification.moduleId),
    }));
    return known
      .sort((one, other) => one.group - other.group || other.expected - one.expected)
      .map(({ specification }) => specification);
  }

  #lastDuration({ project, moduleId }: TestSpecification): number | undefined {
    const file = relative(this.ctx.config.root, moduleId);
    return this.ctx.cache.getFileTestResults(`${project.name}:${file}`)?.duration;
  }
}

/** `timeout: 60_000`, `timeout = 60_000`, `}, 60_000)` */
const TIMEOUT = /(?:\btimeout(?::| =) |^\}, )([\d_]+)/gm;

/** The longest time, in milliseconds, that a file allows one of its tests beside the usual. */
const patienceOf = (file: string): number => {
  const timeouts = [...readFileSync(file, 'utf8').matchAll(TIMEOUT)];
  return Math.max(0, ...timeouts.map(([, ms = '']) => Number(ms.replaceAll('_', ''))));
};
