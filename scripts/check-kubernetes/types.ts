import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** An object as `kubectl apply` takes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the types of a group are: `kubernetes-types` is made from Kubernetes' OpenAPI description. */
const moduleOf = (apiVersion: string): string => {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `kubernetes-types/${group.replace('.k8s.io', '')}/${version}`;
};

/** An object written out where it is declared to be of its kind: so TypeScript finds fields that the kind does not have. */
const sourceOf = (manifest: Manifest): string =>
  `import type { ${manifest.kind} } from '${moduleOf(manifest.apiVersion)}';\nexport const it: ${manifest.kind} = ${JSON.stringify(manifest, null, 1)};\n`;

/** What Kubernetes' own description says of each object: wrong fields, wrong types, what is missing. */
export const typeFaults = (manifests: readonly Manifest[]): string[][] => {
  const sources = new Map(manifests.map((manifest, at) => [join(ROOT, `manifest-${at}.ts`), sourceOf(manifest)]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    lib: ['lib.es5.d.ts'],
    skipLibCheck: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = sources.get(name);
    return text === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].map((name) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(textOf);
  });
};

const textOf = ({ messageText, file, start = 0 }: ts.Diagnostic): string => {
  const line = file?.text.slice(0, start).split('\n').length ?? 0;
  const near = file?.text.split('\n')[line - 1]?.trim() ?? '';
  return `${ts.flattenDiagnosticMessageText(messageText, ' ').replace(/\s+/g, ' ')} At: ${near}`;
};
