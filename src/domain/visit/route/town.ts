/** A point of the map in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** How a team gets about. */
export interface Going {
  /** Kilometres an hour, stops at lights included. */
  readonly speed: number;
  /** How much longer a way is than the straight line. */
  readonly detour: number;
}

/** A team by car in a large town. An assumption, to be replaced by what the teams really take. */
export const DEFAULT_GOING: Going = { speed: 20, detour: 1.4 };

const EARTH_METRES = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres of the straight line over the ground (haversine). */
export function metresBetween(a: Point, b: Point): number {
  const lat = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const lon = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const share = lat + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * lon;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(share)));
}

/** Seconds, rounded up, and metres between every two points, as a RouteProblem wants them. */
export function waysBetween(
  points: readonly Point[],
  { speed, detour }: Going,
): { travel: Float64Array; distance: Float64Array } {
  const distance = Float64Array.from(
    points.flatMap((a) => points.map((b) => Math.round(metresBetween(a, b) * detour))),
  );
  return { distance, travel: distance.map((metres) => Math.ceil((metres * 3.6) / speed)) };
}
