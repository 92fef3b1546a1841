/** How ability or willingness is spoken of (ladders 4). */
export type Level = 'low' | 'middle' | 'high';

/** One thing that is known, and what it says: more points, more able or more willing. */
export interface Because {
  readonly says: string;
  readonly points: number;
}

/** What is known of ability or of willingness. Without anything known there is no level. */
export interface Leaning {
  readonly points: number;
  readonly level: Level | null;
  /** What weighs most first. Their points add up. */
  readonly because: readonly Because[];
}

/** So many points to one side are that side; between them is middle [assumption]. */
const ENOUGH = 2;

export function leaningOf(known: readonly (Because | null)[]): Leaning {
  const because = known.filter((one): one is Because => one !== null);
  because.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const points = because.reduce((sum, one) => sum + one.points, 0);
  return { points, level: because.length === 0 ? null : levelOf(points), because };
}

function levelOf(points: number): Level {
  return points >= ENOUGH ? 'high' : points <= -ENOUGH ? 'low' : 'middle';
}

/** A reason that weighs so much when it is so. */
export function when(is: boolean, says: string, points: number): Because | null {
  return is ? { says, points } : null;
}

export function asLevel(value: unknown): Level | null {
  return value === 'low' || value === 'middle' || value === 'high' ? value : null;
}
