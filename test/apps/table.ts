import type { Sent } from './sent.ts';
import type { Shown } from './walk.ts';

/** What came of one application with one kind of tag. */
export interface Row {
  readonly app: string;
  readonly version: string;
  readonly tag: string;
  readonly shown: readonly Shown[];
  readonly views: readonly Sent[];
  readonly engagements: readonly Sent[];
}

/** How many of what was sent have the title of their page. */
const agreeing = (sent: readonly Sent[], shown: readonly Shown[]): string => {
  const titles = new Map(shown.map(({ path, title }) => [path, title]));
  return `${sent.filter(({ path, title }) => titles.get(path) === title).length} of ${sent.length}`;
};

const HEAD = ['application', 'version', 'tag', 'shown', 'views', 'titles', 'engagements', 'titles'];
const WIDTHS = [24, 9, 23, 7, 7, 10, 13, 0];

/** A line an application and kind of tag: views that were shown and sent, and titles that agree, of both kinds of items. */
export const tableOf = (rows: readonly Row[]): string => {
  const lines = rows.map(({ app, version, tag, shown, views, engagements }) =>
    [
      [app, version, tag, shown.length],
      [views.length, agreeing(views, shown), engagements.length, agreeing(engagements, shown)],
    ].flat(),
  );
  const text = (cells: readonly (string | number)[]): string =>
    cells.map((cell, at) => `${cell}`.padEnd(WIDTHS[at] ?? 0)).join('');
  return [text(HEAD), ...lines.map(text).sort()].join('\n');
};
