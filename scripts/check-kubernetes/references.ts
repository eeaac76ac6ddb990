import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { Container, Probe, Service } from 'kubernetes-types/core/v1';
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { Manifest } from './types.ts';

/** Values of fields that the types take for any text. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
  fsGroupChangePolicy: ['Always', 'OnRootMismatch'],
  imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
  medium: ['', 'Memory'],
  pathType: ['Exact', 'Prefix', 'ImplementationSpecific'],
  podManagementPolicy: ['OrderedReady', 'Parallel'],
  policyTypes: ['Ingress', 'Egress'],
  protocol: ['TCP', 'UDP', 'SCTP'],
  restartPolicy: ['Always', 'OnFailure', 'Never'],
  sessionAffinity: ['None', 'ClientIP'],
  whenDeleted: ['Retain', 'Delete'],
  whenScaled: ['Retain', 'Delete'],
};

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity */
const QUANTITY = /^\d+(?:\.\d+)?(?:[EPTGM]i?|[kmun]|Ki)?$/;
const QUANTITIES = ['cpu', 'memory', 'storage', 'sizeLimit'];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Values that no server would take, wherever they stand. */
export const valueFaults = (value: unknown): string[] => {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const texts = [inner].flat().filter((one) => typeof one === 'string');
    const wrong = texts.filter(
      (text) => ALLOWED[field]?.includes(text) === false || (QUANTITIES.includes(field) && !QUANTITY.test(text)),
    );
    return [...wrong.map((text) => `${field} must not be ${JSON.stringify(text)}`), ...valueFaults(inner)];
  });
};

/** Names that nothing answers to. */
export const referenceFaults = (manifests: readonly Manifest[]): string[] => {
  const of = <T>(kind: string): T[] => manifests.filter((one) => one.kind === kind) as unknown as T[];
  const sets = of<StatefulSet>('StatefulSet');
  const services = of<Service>('Service');
  const ports = new Set(
    sets.flatMap((set) => containersOf(set).flatMap(({ ports = [] }) => ports.map(({ name }) => name))),
  );
  const isPort = (port: unknown): boolean => typeof port === 'number' || ports.has(String(port));
  const selects = (labels: Record<string, string> = {}): boolean =>
    sets.some(({ spec }) => isWithin(labels, spec?.template.metadata?.labels));
  return [
    ...sets.flatMap((set) => faultsOfSet(set, services)),
    ...services.flatMap(({ metadata, spec }) => [
      ...(selects(spec?.selector) ? [] : [`the Service ${metadata?.name} selects no pod`]),
      ...(spec?.ports ?? [])
        .filter(({ targetPort, port }) => !isPort(targetPort ?? port))
        .map(({ targetPort }) => `the Service ${metadata?.name} sends to a port that no pod has: ${targetPort}`),
    ]),
    ...of<Ingress>('Ingress').flatMap(({ spec }) =>
      (spec?.rules ?? [])
        .flatMap(({ http }) => http?.paths ?? [])
        .flatMap(({ backend: { service } }) => {
          const to = services.find(({ metadata }) => metadata?.name === service?.name);
          const found = to?.spec?.ports?.some(({ name, port }) =>
            [name, port].includes(service?.port?.name ?? service?.port?.number),
          );
          return found === true ? [] : [`the Ingress sends to ${service?.name}, which is no Service with that port`];
        }),
    ),
    ...of<NetworkPolicy>('NetworkPolicy').flatMap(({ metadata, spec }) => [
      ...(selects(spec?.podSelector.matchLabels) ? [] : [`the NetworkPolicy ${metadata?.name} selects no pod`]),
      ...(spec?.ingress ?? [])
        .flatMap(({ ports: opened = [] }) => opened)
        .filter(({ port }) => !isPort(port))
        .map(({ port }) => `the NetworkPolicy ${metadata?.name} opens a port that no pod has: ${port}`),
    ]),
  ];
};

const containersOf = ({ spec }: StatefulSet): readonly Container[] => spec?.template.spec?.containers ?? [];

const isWithin = (part: Record<string, string>, whole: Record<string, string> = {}): boolean =>
  Object.keys(part).length > 0 && Object.entries(part).every(([name, value]) => whole[name] === value);

const faultsOfSet = (set: StatefulSet, services: readonly Service[]): string[] => {
  const { spec } = set;
  const volumes = [
    ...(spec?.template.spec?.volumes ?? []).map(({ name }) => name),
    ...(spec?.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name),
  ];
  const governing = services.find(({ metadata }) => metadata?.name === spec?.serviceName);
  return [
    ...(isWithin(spec?.selector.matchLabels ?? {}, spec?.template.metadata?.labels)
      ? []
      : ['the selector is not that of the template']),
    ...(governing?.spec?.clusterIP === 'None' ? [] : [`serviceName: ${spec?.serviceName} is no headless Service`]),
    ...containersOf(set).flatMap((container) => faultsOfContainer(container, volumes)),
  ];
};

const faultsOfContainer = (container: Container, volumes: readonly (string | undefined)[]): string[] => {
  const ports = (container.ports ?? []).map(({ name }) => name);
  const probes: readonly (Probe | undefined)[] = [
    container.startupProbe,
    container.livenessProbe,
    container.readinessProbe,
  ];
  return [
    ...(container.volumeMounts ?? [])
      .filter(({ name }) => !volumes.includes(name))
      .map(({ name }) => `volumeMounts: there is no volume ${name}`),
    ...probes
      .map((probe) => probe?.httpGet?.port)
      .filter((port) => typeof port === 'string' && !ports.includes(port))
      .map((port) => `a probe asks a port that the container does not have: ${port}`),
  ];
};
