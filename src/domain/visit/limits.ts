/**
 * What holds for every visit, whatever a strategy says (ladders 8, regulation CN-V1 and CN-V2). A strategy says who is
 * visited and when, and its caps how often; it may ask for more than this, never for less.
 */
export const VISIT_LIMITS = {
  /** People who go together. [rule] secondary */
  people: 2,
  /** Visits of an episode. [assumption] */
  anEpisode: 3,
  /** Months after which an address counts as unverified. [practice] */
  verifiedMonths: 12,
} as const;

/** What kind of place an address is: a home as the person stated it, where parcels go, a register's, the workplace. */
export const PLACE_KINDS = ['home', 'delivery', 'register', 'work'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** The order in which addresses are gone to (ladders 8); one whose kind is not known comes after those that are. */
export function placeRank(kind: PlaceKind | null): number {
  return kind === null
    ? PLACE_KINDS.length - 1
    : kind === 'work'
      ? PLACE_KINDS.length
      : PLACE_KINDS.indexOf(kind);
}
