import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a test file needs: nothing but itself, other processes (the engine, the collector as built, a tool), a browser. */
export type Kind = 'unit' | 'engine' | 'browser';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where tests are, from there. */
export const TESTS = ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'];

/** The test files that need more than themselves, from there. */
export const filesOf = (kind: Exclude<Kind, 'unit'>): string[] => testFiles().filter((file) => kindOf(file) === kind);

/** What a test file needs, as its imports tell, and theirs: there is no list to keep. */
export const kindOf = (file: string): Kind => {
  const reached = reachedFrom(join(ROOT, file));
  if (reached.has('playwright-core')) return 'browser';
  return reached.has('node:child_process') ? 'engine' : 'unit';
};

const testFiles = (): string[] =>
  [...readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/src`), 'test']
    .flatMap(filesUnder)
    .filter((path) => path.endsWith('.test.ts'));

/** Without looking into what was installed or built: below `test/apps` that is a hundred thousand files. */
const filesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));

const reachedFrom = (file: string): ReadonlySet<string> => {
  const reached = new Set([file]);
  for (const each of reached) for (const found of importsOf(each)) reached.add(found);
  return reached;
};

const known = new Map<string, readonly string[]>();

/** Files as absolute paths, packages by their names. */
const importsOf = (file: string): readonly string[] => {
  const found = known.get(file) ?? (/\.(?:ts|tsx|mjs)$/.test(file) && existsSync(file) ? readImports(file) : []);
  known.set(file, found);
  return found;
};

/** As the formatter writes what is imported; types are not. */
const IMPORT = /^(?:import|export)\b(?! type\b)[^;']*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;

const readImports = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)]
    .map(([, from, alone, dynamic]) => from ?? alone ?? dynamic ?? '')
    .map((name) => (name.startsWith('.') ? join(dirname(file), name) : name));
