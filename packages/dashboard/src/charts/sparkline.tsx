const WIDTH = 120;
const HEIGHT = 32;
const MARGIN = 2;

/** A line without axes: only its shape says something, and the number beside it says the rest. */
export const Sparkline = ({ values }: { values: readonly number[] }) => {
  const max = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = (index / Math.max(1, values.length - 1)) * WIDTH;
    const y = HEIGHT - MARGIN - (value / max) * (HEIGHT - 2 * MARGIN);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {points.length > 1 && <polyline points={points.join(' ')} />}
    </svg>
  );
};
