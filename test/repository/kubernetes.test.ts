import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { manifestsIn, readManifests } from '../../scripts/check-kubernetes/read.ts';
import { referenceFaults, valueFaults } from '../../scripts/check-kubernetes/references.ts';
import { typeFaults } from '../../scripts/check-kubernetes/types.ts';

const FOLDER = fileURLToPath(new URL('../../deploy/kubernetes', import.meta.url));
const TEXTS = [...readManifests().keys()].map((name) => readFileSync(join(FOLDER, name), 'utf8'));
const WHOLE = TEXTS.join('\n---\n');

const SOUND = manifestsIn(WHOLE);

/** The examples with something wrong in them. */
const broken = (from: string, to: string) => {
  expect(WHOLE).toContain(from);
  return manifestsIn(WHOLE.replace(from, to));
};

describe('the examples for Kubernetes', () => {
  test('are all applied, and nothing is wrong with them', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'kustomization.yml');
    expect([...readManifests().keys()].sort()).toEqual(files.sort());
    expect([...valueFaults(SOUND), ...referenceFaults(SOUND)]).toEqual([]);
  });

  test('are one collector, which may do nothing', () => {
    const set = SOUND.find(({ kind }) => kind === 'StatefulSet');
    expect(set).toMatchObject({
      spec: {
        replicas: 1,
        template: {
          spec: {
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true },
            containers: [{ securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } }],
          },
        },
      },
    });
  });

  /** Kubernetes' description tells. All in one go: each time TypeScript reads the whole description. */
  const WRONG_TYPES: readonly [string, string, string, RegExp][] = [
    ['a field that there is not', 'replicas: 1', 'replicass: 1', /replicass/],
    ['a field in the wrong place', '      terminationGracePeriodSeconds: 30', '      replicas: 1', /replicas/],
    ['a text for a number', 'replicas: 1', 'replicas: "1"', /string.+number/],
    ['a number for a text', 'value: /data', 'value: 1', /number.+string/],
    ['a list for a text', 'image: registry', 'image: [registry]\n          workingDir: registry', /string/],
    ['a text for a list', 'drop: [ALL]', 'drop: ALL', /string/],
    [
      'no selector',
      '  selector:\n    matchLabels:\n      app.kubernetes.io/name: passerby\n  template',
      '  template',
      /selector/,
    ],
    ['a container without a name', '- name: passerby\n          #', '- #', /name/],
    ['a probe of an unknown kind', 'httpGet: { path: /readyz', 'http: { path: /readyz', /http/],
    ['a policy’s misspelt field', 'policyTypes', 'policyType', /policyType/],
    ['a misspelt word of the security', 'allowPrivilegeEscalation', 'allowPriviledgeEscalation', /allowPriviledge/],
    ['an ingress’s old form', 'ingressClassName', 'ingressClass', /ingressClass/],
    ['a kind of another version', 'apiVersion: apps/v1', 'apiVersion: apps/v1beta1', /v1beta1/],
    [
      'a kind of another group',
      'apiVersion: networking.k8s.io/v1\nkind: Ingress',
      'apiVersion: apps/v1\nkind: Ingress',
      /Ingress/,
    ],
  ];

  test('types: each mistake is found, and said where, and no other', () => {
    const sound = new Set(SOUND.map((one) => JSON.stringify(one)));
    const changed = WRONG_TYPES.flatMap(([, from, to]) =>
      broken(from, to).filter((one) => !sound.has(JSON.stringify(one))),
    );
    expect(changed).toHaveLength(WRONG_TYPES.length);
    const faults = typeFaults([...changed, ...SOUND]);
    for (const [at, [what, , , said]] of WRONG_TYPES.entries()) expect(faults[at]?.join('\n'), what).toMatch(said);
    expect(faults.slice(changed.length).flat()).toEqual([]);
  });

  test.each<[string, string, string, RegExp]>([
    ['a mode that there is not', '[ReadWriteOnce]', '[ReadWriteTwice]', /ReadWriteTwice/],
    ['a misspelt type of a path', 'pathType: Prefix', 'pathType: prefix', /pathType/],
    ['a misspelt policy', '[Ingress, Egress]', '[Ingres, Egress]', /Ingres/],
    ['a unit that there is not', 'storage: 10Gi', 'storage: 10GiB', /10GiB/],
    ['a memory without sense', 'limits: { memory: 1Gi }', 'limits: { memory: lots }', /lots/],
    [
      'another label',
      '    matchLabels:\n      app.kubernetes.io/name: passerby\n  template',
      '    matchLabels:\n      app: x\n  template',
      /selector/,
    ],
    ['a volume that is not there', 'name: shm, mountPath', 'name: shmm, mountPath', /no volume shmm/],
    ['a claim that is not there', 'name: data, mountPath', 'name: date, mountPath', /no volume date/],
    ['no headless Service', 'serviceName: passerby-pods', 'serviceName: passerby', /headless/],
    [
      'a Service of no pod',
      'selector:\n    app.kubernetes.io/name: passerby',
      'selector:\n    app.kubernetes.io/name: other',
      /selects no pod/,
    ],
    ['a port that no pod has', 'targetPort: http', 'targetPort: https', /port that no pod has/],
    ['a probe of a port that is not there', '/readyz, port: http', '/readyz, port: web', /probe.*web/],
    [
      'an ingress to nobody',
      'name: passerby\n                port',
      'name: passer\n                port',
      /Ingress sends to passer,/,
    ],
    [
      'an ingress to another port',
      'port:\n                  name: http',
      'port:\n                  name: web',
      /Ingress sends to/,
    ],
    [
      'a policy for nobody',
      'podSelector:\n    matchLabels:\n      app.kubernetes.io/name: passerby',
      'podSelector:\n    matchLabels:\n      app.kubernetes.io/name: p',
      /NetworkPolicy passerby selects no pod/,
    ],
    [
      'a policy that opens another port',
      '      ports:\n        - port: http',
      '      ports:\n        - port: web',
      /opens a port/,
    ],
  ])('values and names: %s is found', (_what, from, to, said) => {
    const manifests = broken(from, to);
    expect([...manifests.flatMap((one) => valueFaults(one)), ...referenceFaults(manifests)].join('\n')).toMatch(said);
  });

  test.each(['a: 1\na: 2', 'a: [', '- x: {'])('what is no YAML is refused: %j', (text) => {
    expect(() => manifestsIn(text)).toThrow();
  });
});
