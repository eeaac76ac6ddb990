import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './types.ts';

const FOLDER = fileURLToPath(new URL('../../deploy/kubernetes', import.meta.url));

/** The objects of a text. */
export const manifestsIn = (yaml: string): Manifest[] =>
  parseAllDocuments(yaml, { strict: true, uniqueKeys: true }).map((document) => {
    const [error] = [...('errors' in document ? document.errors : [])];
    if (error !== undefined) throw error;
    return (document as { toJS: () => Manifest }).toJS();
  });

/** What `kubectl apply -k deploy/kubernetes` applies, by file. */
export const readManifests = (): Map<string, Manifest[]> => {
  const { resources } = manifestsIn(readFileSync(join(FOLDER, 'kustomization.yml'), 'utf8'))[0] as unknown as {
    resources: string[];
  };
  return new Map(resources.map((name) => [name, manifestsIn(readFileSync(join(FOLDER, name), 'utf8'))]));
};
