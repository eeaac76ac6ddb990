import { encode } from 'uqr';

/** Modules of quiet around a code, without which cameras do not find it. */
const QUIET = 4;

/** A text as a QR code, dark on light in both schemes: that is what cameras read. */
export const QrCode = ({ value, label }: { value: string; label: string }) => {
  const { data, size } = encode(value, { border: QUIET });
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={modules.join('')} />
    </svg>
  );
};
