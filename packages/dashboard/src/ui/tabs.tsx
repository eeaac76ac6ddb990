/** One of several things of which one is shown; all are links, so that the address says which. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly current: boolean;
}

/** A row of tabs. */
export const Tabs = ({
  label,
  tabs,
  class: name = 'tabs',
}: {
  label: string;
  tabs: readonly Tab[];
  class?: string;
}) => (
  <nav class={name} aria-label={label}>
    {tabs.map(({ id, title, href, current }) => (
      <a key={id} href={href} aria-current={current ? 'true' : undefined}>
        {title}
      </a>
    ))}
  </nav>
);
