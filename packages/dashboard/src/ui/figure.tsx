import type { ComponentChildren } from 'preact';

interface FigureProps {
  label: string;
  /** Missing: it is not known. */
  value: string | null;
  /** What it is of, or why there is none. */
  note: ComponentChildren;
  /** The share that is taken of it, from 0 to 1. */
  taken?: number | undefined;
}

/** A number that is read first. */
export const Figure = ({ label, value, note, taken }: FigureProps) => (
  <li class="figure">
    <span class="metric-label">{label}</span>
    <span class="metric-value" data-value={value ?? ''}>
      {value ?? '–'}
    </span>
    <small>{note}</small>
    {taken !== undefined && (
      <span class="taken" aria-hidden="true">
        <i style={{ width: `${Math.round(Math.min(1, Math.max(0, taken)) * 100)}%` }} />
      </span>
    )}
  </li>
);
