import type { Metric } from '@passerby/collector/query';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { format, isDuration } from '../i18n/format.ts';
import type { Grain } from '../state/grain.ts';
import { durationTicks, type Step, ticks } from './series.ts';

/** What the plot tells its owner. */
export interface PlotEvents {
  /** The crosshair is on a step, or on none. */
  readonly onHover: (index: number | null) => void;
  /** The reader dragged over steps, both included. */
  readonly onSelect: (first: number, last: number) => void;
}

/** What is drawn. */
export interface Drawing {
  readonly steps: readonly Step[];
  readonly metric: Metric;
  readonly grain: Grain;
  /** The steps cross midnight, or a new year. */
  readonly isLong: boolean;
}

/** Room between two labels under the chart, and between the plot and its edges, in CSS pixels. */
const LABEL_GAP = 20;
const EDGE = 6;
/** Room above the plot for the choice of its steps. */
const TOP = 36;
const LABEL_FONT = '11px "Geist Variable", system-ui, sans-serif';

const ticksFor = (metric: Metric, max: number): number[] =>
  isDuration(metric) ? durationTicks(max) : ticks(max, metric !== 'views_per_visit' && metric !== 'percentage');

/** Columns of the plot: position, the period before, whole steps, the ways to those of which only a part is counted. */
export const columns = (steps: readonly Step[]): uPlot.AlignedData => {
  const isPartial = (index: number): boolean => steps[index]?.partial ?? false;
  return [
    steps.map((_, index) => index),
    steps.map(({ before }) => before?.value ?? null),
    steps.map(({ value, partial }) => (partial ? null : value)),
    steps.map(({ value }, index) => ([index - 1, index, index + 1].some(isPartial) ? value : null)),
  ];
};

/** Hours of several days have the names of the days, where they begin. */
const isOfDays = ({ grain, isLong }: Drawing): boolean => grain === 'hour' && isLong;

const labelOf = (drawing: Drawing, index: number): string => {
  const label = drawing.steps[index]?.label ?? '';
  return isOfDays(drawing)
    ? format.step(label.slice(0, 10), 'day', false)
    : format.step(label, drawing.grain, drawing.isLong);
};

const isMidnight = (label: string): boolean => label.slice(11, 16) === '00:00';

/** The steps that a label may stand under. */
const labelled = (drawing: Drawing): number[] => {
  const indexes = drawing.steps.map((_, index) => index);
  return isOfDays(drawing) ? indexes.filter((index) => isMidnight(drawing.steps[index]?.label ?? '')) : indexes;
};

/** Width of the widest label in CSS pixels. A few of a long series tell it well enough. */
const labelWidth = (context: CanvasRenderingContext2D, drawing: Drawing): number => {
  const every = Math.max(1, Math.floor(drawing.steps.length / 40));
  context.save();
  context.font = LABEL_FONT;
  const widths = drawing.steps.map((_, index) =>
    index % every === 0 ? context.measureText(labelOf(drawing, index)).width : 0,
  );
  context.restore();
  return Math.max(0, ...widths);
};

const areaUnder = (plot: uPlot, colour: string, faded: string): CanvasGradient => {
  const gradient = plot.ctx.createLinearGradient(0, plot.bbox.top, 0, plot.bbox.top + plot.bbox.height);
  gradient.addColorStop(0, colour);
  gradient.addColorStop(1, faded);
  return gradient;
};

/** Labels of the lines stand in the plot, on their lines, so that the plot has the panel's full width. */
const writeTicks = (plot: uPlot, metric: Metric, colour: string, halo: string): void => {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = LABEL_FONT.replace('11px', `${11 * ratio}px`);
  ctx.fillStyle = colour;
  ctx.strokeStyle = halo;
  ctx.lineWidth = 3 * ratio;
  ctx.lineJoin = 'round';
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  for (const value of ticksFor(metric, plot.scales.y?.max ?? 0).filter((tick) => tick > 0)) {
    const place = [bbox.left, plot.valToPos(value, 'y', true) - 3 * ratio] as const;
    ctx.strokeText(format.tick(metric, value), ...place);
    ctx.fillText(format.tick(metric, value), ...place);
  }
  ctx.restore();
};

/** Draws steps into an element, in the colours of its CSS tokens. */
export const createPlot = (host: HTMLElement, drawing: () => Drawing, events: PlotEvents): uPlot => {
  const style = getComputedStyle(host);
  const token = (name: string) => style.getPropertyValue(name).trim();
  // A line of one step is a point.
  const line = { points: { show: () => drawing().steps.length === 1 } };
  const shownLabels = (plot: uPlot): number[] => {
    const indexes = labelled(drawing());
    const room = labelWidth(plot.ctx, drawing()) + LABEL_GAP;
    const every = Math.max(1, Math.ceil((indexes.length * room) / Math.max(plot.width - room, 1)));
    return indexes.filter((_, place) => place % every === 0);
  };

  const side = (plot: uPlot): number => Math.ceil(labelWidth(plot.ctx, drawing()) / 2) + EDGE;

  const options: uPlot.Options = {
    width: host.clientWidth,
    height: host.clientHeight,
    // Labels stand in the middle under their steps: at the sides there is room for half of one.
    padding: [TOP, side, 0, side],
    legend: { show: false },
    cursor: {
      y: false,
      move: (plot, left, top) => [left < 0 ? left : plot.valToPos(plot.posToIdx(left), 'x'), top],
      drag: { x: true, y: false, setScale: false, dist: 8 },
      points: { size: 7, width: 2, fill: token('--surface') },
    },
    scales: {
      x: { time: false, range: (_, min, max) => (min === max ? [min - 1, max + 1] : [min, max]) },
      y: { range: (_, __, max) => [0, ticksFor(drawing().metric, max).at(-1) ?? 1] },
    },
    axes: [
      {
        stroke: token('--muted'),
        font: LABEL_FONT,
        size: 30,
        gap: 8,
        grid: { show: false },
        ticks: { show: false },
        splits: shownLabels,
        values: (_, splits) => splits.map((index) => labelOf(drawing(), index)),
      },
      {
        size: 0,
        grid: { stroke: token('--grid'), width: 1 },
        ticks: { show: false },
        splits: (plot) => ticksFor(drawing().metric, plot.scales.y?.max ?? 0),
        values: (_, splits) => splits.map(() => ''),
      },
    ],
    series: [
      {},
      { ...line, stroke: token('--before'), width: 1.25, dash: [4, 4] },
      {
        ...line,
        stroke: token('--accent'),
        width: 2,
        fill: (plot) => areaUnder(plot, token('--area'), token('--area-end')),
      },
      { ...line, stroke: token('--accent'), width: 2, dash: [2, 4] },
    ],
    hooks: {
      draw: [(plot) => writeTicks(plot, drawing().metric, token('--muted'), token('--surface'))],
      setCursor: [(plot) => events.onHover(plot.cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width === 0) return;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          events.onSelect(plot.posToIdx(left), plot.posToIdx(left + width));
        },
      ],
    },
  };
  const plot = new uPlot(options, columns(drawing().steps), host);
  // Beside the first step and the last there is room for half of a label: it belongs to them.
  const follow = ({ target, clientX }: MouseEvent): void => {
    if (target instanceof Node && plot.over.contains(target)) return;
    const { left, width } = plot.over.getBoundingClientRect();
    plot.setCursor({ left: Math.min(width, Math.max(0, clientX - left)), top: 0 });
  };
  plot.root.addEventListener('mousemove', follow);
  plot.root.addEventListener('mouseleave', () => plot.setCursor({ left: -10, top: -10 }));
  return plot;
};
