import { Tabs } from './tabs.tsx';

/** Parts of a long screen, one of which is shown; the address says which. */
export interface SectionsProps<T extends string> {
  label: string;
  /** Of the screen. */
  path: string;
  titles: Readonly<Record<T, string>>;
  current: T;
}

/** The parts of a screen, as tabs. */
export const Sections = <T extends string>({ label, path, titles, current }: SectionsProps<T>) => (
  <Tabs
    label={label}
    class="tabs sections"
    tabs={(Object.keys(titles) as T[]).map((id, index) => ({
      id,
      title: titles[id],
      href: index === 0 ? path : `${path}?section=${id}`,
      current: id === current,
    }))}
  />
);

/** The part that an address names; the first if it names none. */
export const sectionOf = <T extends string>(titles: Readonly<Record<T, string>>, search: URLSearchParams): T => {
  const ids = Object.keys(titles) as T[];
  return ids.find((id) => id === search.get('section')) ?? (ids[0] as T);
};
