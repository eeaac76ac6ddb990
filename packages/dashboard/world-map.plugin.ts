import { createRequire } from 'node:module';
import { type ExtendedFeature, geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { Plugin } from 'vite';

/** The source has no import of JSON with types; these are the two parts that are read. */
type Atlas = Parameters<typeof feature>[0];
type Countries = { type: 'FeatureCollection'; features: (ExtendedFeature & { id?: string })[] };

const MODULE = 'virtual:world-map';
/** Larger than it is shown, so that whole numbers are fine enough. */
const WIDTH = 1280;
const HEIGHT = 620;
/** The map's edge goes through the Bering Strait instead of through Russia. */
const EAST = -11;
/** Nobody browses from there, and it would take a fifth of the map. */
const ANTARCTICA = '010';

const require = createRequire(import.meta.url);

/** Countries of world-atlas (Natural Earth, public domain) at a scale of 1:110 million or 1:50 million. */
const countries = (scale: '110m' | '50m'): Countries['features'] => {
  const atlas = require(`world-atlas/countries-${scale}.json`) as Atlas;
  const collection = feature(atlas, atlas.objects.countries as never) as unknown as Countries;
  return collection.features.filter(({ id }) => id !== undefined && id !== ANTARCTICA);
};

/** ISO 3166-1 numeric to alpha-2, by the aliases that every ECMAScript runtime carries. */
const alpha2 = (numeric: string): string => new Intl.Locale(`und-${numeric}`).region ?? numeric;

/** Islets smaller than this, in units of the map, cannot be seen; without them the map is half the size. */
const VISIBLE = 1;

/** Leaves out the rings that cannot be seen, but for the first of a country that has no other. */
const withoutIslets = (path: string): string => {
  const rings = path.split(/(?=M)/);
  const isVisible = (ring: string): boolean => {
    const points = ring
      .slice(1, -1)
      .split('L')
      .map((point) => point.split(',').map(Number));
    return [0, 1].some((axis) => {
      const values = points.map((point) => point[axis] ?? 0);
      return Math.max(...values) - Math.min(...values) > VISIBLE;
    });
  };
  return rings.filter(isVisible).join('') || (rings[0] ?? '');
};

const drawWorld = () => {
  const coarse = countries('110m');
  const known = new Set(coarse.map(({ id }) => id));
  const tooSmall = countries('50m').filter(({ id }) => !known.has(id));
  const projection = geoEqualEarth()
    .rotate([EAST, 0])
    .fitSize([WIDTH, HEIGHT], { type: 'FeatureCollection', features: coarse });
  const path = geoPath(projection).digits(0);
  return {
    width: WIDTH,
    height: HEIGHT,
    countries: [...coarse, ...tooSmall].map((country) => ({
      code: alpha2(country.id ?? ''),
      path: withoutIslets(path(country) ?? ''),
    })),
  };
};

/**
 * Projects the map of the world while building, so that neither a projection library nor coordinates are shipped:
 * `import world from 'virtual:world-map'` is a list of country codes and SVG paths. Equal Earth keeps areas true,
 * which a map of coloured areas needs.
 */
export const worldMap = (): Plugin => ({
  name: 'passerby-world-map',
  resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
  load: (id) => (id === `\0${MODULE}` ? `export default ${JSON.stringify(drawWorld())}` : null),
});
