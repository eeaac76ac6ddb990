import { referenceFaults, valueFaults } from './references.ts';
import { type Manifest, typeFaults } from './types.ts';

/** Everything that is wrong with objects that are applied together. */
export const mistakesIn = (manifests: readonly Manifest[]): string[] => {
  const ofTypes = typeFaults(manifests).flatMap((faults, at) => named(manifests[at], faults));
  const ofValues = manifests.flatMap((manifest) => named(manifest, valueFaults(manifest)));
  return [...ofTypes, ...ofValues, ...referenceFaults(manifests)];
};

const named = (manifest: Manifest | undefined, faults: readonly string[]): string[] =>
  faults.map((fault) => `${manifest?.kind} ${manifest?.metadata?.name}: ${fault}`);
