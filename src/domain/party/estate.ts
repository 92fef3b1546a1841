import type { IsoDate, Minor } from '../units';
import { limitationOf, sameDayLater } from './limitation';

/**
 * What an heir can be told that he answers for: the debt, up to what he has from the estate and no further (China, Civil
 * Code 1161). Where the estate is not known the debt is told as it stands, with the words that say so.
 */
export function answersFor(owed: Minor, estate: Minor | null): Minor {
  return estate === null ? owed : Math.min(owed, estate);
}

/** Months that are left after an heir is known, where nobody was while the last six of the limitation ran. */
const MONTHS_LEFT = 6;

export interface HeirFacts {
  /** What the lender says of this heir. */
  readonly stated: IsoDate | null;
  readonly due: IsoDate | null;
  /** What interrupted the claim against the person who died: it is the same claim. */
  readonly before: readonly IsoDate[];
  /** The day from which the heir is known: while nobody was, the last six months did not run. */
  readonly since: IsoDate;
  /** Days on which a demand reached this heir. */
  readonly interrupted: readonly IsoDate[];
  /** The day of the death, where it is known: what had run out by then stays so. */
  readonly died: IsoDate | null;
}

/**
 * The last day of the claim against an heir: that of the debt, not before six months after the heir was known where that
 * fell into its last six months or later (regulation CN-L2, Civil Code 194), and begun anew by a demand that reached this
 * heir in time. Null when nothing is due.
 */
export function heirLimitation(heir: HeirFacts): IsoDate | null {
  const { stated, due, before, since, interrupted, died } = heir;
  if (stated !== null) return stated;
  const own = limitationOf('main', { stated: null, due, interrupted: before.filter((day) => day <= since) });
  if (own === null || (died !== null && own < died)) return own;
  const left = sameDayLater(since, MONTHS_LEFT);
  let last = left > own ? left : own;
  for (const day of [...interrupted].sort())
    if (day <= last) last = limitationOf('main', { stated: null, due: day, interrupted: [] }) ?? last;
  return last;
}
