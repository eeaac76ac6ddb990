import world from 'virtual:world-map';
import { useState } from 'preact/hooks';
import { format } from '../i18n/format.ts';
import { countryName } from '../i18n/names.ts';
import { stepsByCode } from './quantiles.ts';

interface WorldMapProps {
  /** Visitors by country code. */
  counts: ReadonlyMap<string, number>;
  /** All visitors, for shares. */
  total: number | null;
  /** Address with the country as a filter. */
  hrefOf: (code: string) => string;
}

interface Tip {
  readonly code: string;
  /** Place in the map, percent of its width and height. */
  readonly x: number;
  readonly y: number;
}

/** Countries in five steps of the accent. The list beside it says the same to those who do not see or point. */
export const WorldMap = ({ counts, total, hrefOf }: WorldMapProps) => {
  const [tip, setTip] = useState<Tip | null>(null);
  const steps = stepsByCode(counts);

  const follow = (event: PointerEvent) => {
    const code = event.target instanceof SVGElement ? event.target.dataset.code : undefined;
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    setTip(
      code === undefined
        ? null
        : {
            code,
            x: ((event.clientX - box.left) / box.width) * 100,
            y: ((event.clientY - box.top) / box.height) * 100,
          },
    );
  };

  return (
    <div class="map">
      <svg
        viewBox={`0 0 ${world.width} ${world.height}`}
        aria-hidden="true"
        onPointerMove={follow}
        onPointerLeave={() => setTip(null)}
      >
        {world.countries.map(({ code, path }) => {
          const step = steps.get(code) ?? 0;
          const shape = <path class={`step-${step}`} data-code={code} d={path} />;
          return step === 0 ? (
            shape
          ) : (
            <a key={code} href={hrefOf(code)} tabindex={-1}>
              {shape}
            </a>
          );
        })}
      </svg>
      {tip && (
        <div
          class="float map-tip"
          style={{ left: `${tip.x}%`, top: `${tip.y}%`, translate: `${-tip.x}% calc(-100% - 12px)` }}
          aria-hidden="true"
        >
          <strong>{countryName(tip.code)}</strong>
          <span>{format.count(counts.get(tip.code) ?? 0)}</span>
          {total !== null && total > 0 && (
            <span class="muted">{format.share((counts.get(tip.code) ?? 0) / total)}</span>
          )}
        </div>
      )}
    </div>
  );
};
