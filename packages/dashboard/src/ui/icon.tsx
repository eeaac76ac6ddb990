/** All icons by their names, drawn on a grid of 16, with a stroke of 1.5. */
export const PATHS = {
  down: 'M4 6.5 8 10.5 12 6.5',
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.75 5.75h7.5v7.5h-7.5zM10.25 5.75v-3h-7.5v7.5h3',
  out: 'M6.5 3.5h-3v9h9v-3M9.5 2.75h3.75v3.75M13 3 7.5 8.5',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  search: 'M7 2.75a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5M10.25 10.25 13.5 13.5',
  plus: 'M8 3v10M3 8h10',
  more: 'M6.5 4 10.5 8 6.5 12',
  back: 'M9.5 4 5.5 8 9.5 12',
  calendar: 'M2.75 4h10.5v9.25H2.75zM2.75 7h10.5M5.5 2.25V4M10.5 2.25V4',
  download: 'M8 2.5v7M5 7l3 3 3-3M3 12.75h10',
  views: 'M4.25 2.75h7.5v10.5L8 10.5l-3.75 2.75z',
  table: 'M2.75 3.5h10.5v9H2.75zM2.75 6.5h10.5M2.75 9.5h10.5M7 6.5v6',
  keys: 'M1.75 4.25h12.5v7.5H1.75zM4 6.75h.01M6.5 6.75h.01M9.25 6.75h.01M12 6.75h.01M5 9.25h6',
  settings:
    'M2.5 5h6M12 5h1.5M10.25 3.25a1.75 1.75 0 1 0 0 3.5 1.75 1.75 0 0 0 0-3.5M2.5 11H4M7.5 11h6M5.75 9.25a1.75 1.75 0 1 0 0 3.5 1.75 1.75 0 0 0 0-3.5',
  person: 'M8 2.5a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5M2.75 13.5c.6-2.6 2.6-4 5.25-4s4.65 1.4 5.25 4',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
} as const;

/** An icon that says nothing by itself: what it stands for is in the text or label around it. */
export const Icon = ({ name }: { name: keyof typeof PATHS }) => (
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
