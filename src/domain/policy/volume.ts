import type { IsoDate } from '../units';

/** Volume is compared with the largest day of so many days before. */
export const VOLUME_DAYS = 56;

/** How much is unusual: more than so many times the largest day, and never less than the floor. */
export interface VolumeRule {
  readonly times: number;
  /** For a young book, whose past says little. */
  readonly floor: number;
}

/** Twice the largest day of eight weeks (ladders 16.14); the floor is an assumption. */
export const VOLUME_RULE: VolumeRule = { times: 2, floor: 1_000 };

/** One lender's volume on one channel and one day. */
export interface Volume {
  readonly lender: string;
  readonly channel: string;
  readonly day: IsoDate;
  /** Permits given so far. */
  readonly count: number;
  /** As the plan of the day has it; null without one. */
  readonly planned: number | null;
  /** The largest day of the eight weeks before. */
  readonly most: number;
  readonly rule: VolumeRule;
  /** People have let this day's volume go. */
  readonly released: boolean;
}

export function mostAllowed({ most, rule }: Pick<Volume, 'most' | 'rule'>): number {
  return Math.max(rule.floor, Math.floor(most * rule.times));
}

/** Whether a rule lets more go than another, of whatever largest day: then two people answer for it. */
export function isLooser(rule: VolumeRule, than: VolumeRule): boolean {
  return rule.times > than.times || rule.floor > than.floor;
}

/** Whether one more goes beyond what is usual: so much was planned, or went out already. */
export function isUnusual(volume: Volume): boolean {
  if (volume.released) return false;
  const most = mostAllowed(volume);
  return (volume.planned ?? 0) > most || volume.count >= most;
}

/** Channels whose volume is limited by the hands that do it: a plan cuts them by capacity instead. */
const BY_HAND: readonly string[] = ['call', 'visit', 'letter', 'agency', 'legal', 'host'];

export const isVolumeWatched = (channel: string): boolean => !BY_HAND.includes(channel);
