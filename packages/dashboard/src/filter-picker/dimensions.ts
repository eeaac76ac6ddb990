import type { Site } from '../api/client.ts';
import { PANELS, type Panel, reportBy, reportOf, reportsIn } from '../reports/panels.ts';
import { FILTER_NAMES, type FilterDimension, type NamedDimension, OPERATORS, type Operator } from '../state/filters.ts';
import { plain } from '../statistics/list-rows.ts';
import { notKept } from '../statistics/use-panels.ts';

/** Dimensions that belong together, under the name of their panel. */
export interface DimensionGroup {
  readonly panel: Panel['id'];
  readonly dimensions: readonly NamedDimension[];
}

const isNamed = (dimension: string): dimension is NamedDimension =>
  Object.values(FILTER_NAMES).some((named) => named === dimension);

/** Those that no panel groups by. */
const OTHERS: Partial<Record<Panel['id'], readonly NamedDimension[]>> = { events: ['event:currency', 'event:via'] };

const inPanel = (panel: Panel, left: ReadonlySet<string>): readonly NamedDimension[] => {
  const reports = reportsIn(panel).filter((id) => !left.has(id));
  const dimensions = reports.map(reportOf).flatMap((report) => ('dimension' in report ? [report.dimension] : []));
  return [...new Set([...dimensions.filter(isNamed), ...(OTHERS[panel.id] ?? [])])];
};

/** The dimensions that a site can be filtered by, but for properties, as the panels have them. */
export const dimensionGroups = (site: Site | undefined): DimensionGroup[] => {
  const left = new Set<string>(site ? notKept(site.collect) : []);
  return PANELS.map((panel) => ({ panel: panel.id, dimensions: inPanel(panel, left) }));
};

/** The groups with only what is called as was searched for, or where nothing is, those that are; empty ones are left out. */
export const searchGroups = <T extends { readonly title: string; readonly dimensions: readonly FilterDimension[] }>(
  groups: readonly T[],
  nameOf: (dimension: FilterDimension) => string,
  search: string,
): T[] => {
  const wanted = plain(search.trim());
  const isMeant = (name: string): boolean => plain(name).includes(wanted);
  const found = groups
    .map((group) => ({ ...group, dimensions: group.dimensions.filter((dimension) => isMeant(nameOf(dimension))) }))
    .filter(({ dimensions }) => dimensions.length > 0);
  return found.length > 0 ? found : groups.filter(({ title }) => isMeant(title));
};

/** The values are codes that the reader sees by their names: a part of one says nothing. */
export const isCoded = (dimension: FilterDimension): boolean =>
  reportBy(dimension)?.name !== undefined || dimension === 'event:currency' || dimension === 'event:via';

/** How values of a dimension can be compared. */
export const operatorsOf = (dimension: FilterDimension): Operator[] => {
  const all = Object.keys(OPERATORS) as Operator[];
  return isCoded(dimension) ? all.filter((operator) => operator.startsWith('is')) : all;
};

/** Parts of values are typed; whole ones can be chosen. */
export const isPart = (operator: Operator): boolean => operator.startsWith('contains');
