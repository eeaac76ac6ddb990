import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parse } from 'yaml';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly 'working-directory'?: string;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** Programs that a machine of GitHub's has, or that a step before has set up. */
const PROGRAMS = ['cosign', 'curl', 'docker', 'gh', 'node', 'npm', 'pnpm', 'sudo'];
/** What npm and pnpm do without a script of ours. */
const OWN = ['exec', 'pack', 'pkg', 'publish'];

/**
 * What is wrong with a workflow: by GitHub's own grammar, by the rules here, and in what it names of the repository.
 * @param name of its file
 */
export const mistakesInWorkflow = (name: string, text: string): string[] => {
  const { errors } = parseWorkflow({ name, content: text }, new NoOperationTraceWriter()).context;
  if (errors.getErrors().length > 0) return errors.getErrors().map(({ message }) => message);
  const { permissions, jobs } = parse(text) as Workflow;
  return [
    ...(JSON.stringify(permissions) === '{"contents":"read"}' ? [] : ['gives more to all jobs than reading']),
    ...Object.entries(jobs)
      .filter(([, job]) => job['timeout-minutes'] === undefined)
      .map(([job]) => `${job} may take for ever`),
    ...Object.values(jobs).flatMap((job) => job.steps.flatMap((step) => mistakesInStep(step, job))),
  ];
};

const mistakesInStep = ({ uses, run = '', 'working-directory': folder = '.' }: Step, job: Job): string[] => [
  ...(uses === undefined || /^[\w./-]+@v\d[\d.]*$|@[0-9a-f]{40}$/.test(uses) ? [] : [`${uses} names no version`]),
  ...(existsSync(join(root, folder)) ? [] : [`there is no folder ${folder}`]),
  ...run
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => commandsOf(line, job))
    .flatMap(mistakesInCommand),
];

/** A command, or those that a matrix of texts makes of it. */
const commandsOf = (line: string, { strategy }: Job): string[] => {
  const [expression = '', name = ''] = /\$\{\{ matrix\.(\w+) \}\}/.exec(line) ?? [];
  if (expression === '') return [line];
  return (strategy?.matrix[name] ?? []).map((value) => line.replace(expression, String(value)));
};

const mistakesInCommand = (line: string): string[] => {
  const [program = '', ...args] = line.trim().split(/\s+/);
  if (!PROGRAMS.includes(program)) return [`nobody has set up ${program}`];
  if (program === 'node') return existsSync(join(root, args[0] ?? '')) ? [] : [`there is no ${args[0]}`];
  if (program !== 'npm' && program !== 'pnpm') return [];
  const [first = '', second = '', third = ''] = args;
  if (first === '--dir') return existsSync(join(root, second)) && OWN.includes(third) ? [] : [`cannot do ${line}`];
  return (first === 'run' ? second : first) in scripts || OWN.includes(first) ? [] : [`there is no script for ${line}`];
};
