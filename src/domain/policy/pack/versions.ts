import { addDays } from '../../calendar/day';
import type { IsoDate } from '../../units';
import type { Pack } from './pack';

/** One published version of a pack, and its first day. */
export interface PackVersionDates {
  readonly hash: string;
  readonly name: string;
  /** 1, 2, 3 … of its name. */
  readonly version: number;
  readonly effective: IsoDate;
}

/** The days of a version: both count. Null: without an end. */
export interface InForce {
  readonly hash: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
}

/**
 * Which version of one pack is in force when: a later version replaces all before it from its own first day on. Before
 * the first day of the first one none is; published without a day, that is the pack's own first day.
 */
export function datesOfVersions(versions: readonly PackVersionDates[]): readonly InForce[] {
  const kept: { hash: string; from: IsoDate; until: IsoDate | null }[] = [];
  for (const { hash, effective } of [...versions].sort((a, b) => a.version - b.version)) {
    while (kept.length > 0 && (kept.at(-1)?.from ?? '') >= effective) kept.pop();
    const last = kept.at(-1);
    if (last !== undefined) last.until = addDays(effective, -1);
    kept.push({ hash, from: effective, until: null });
  }
  return kept;
}

/** The pack with the days of its version: it speaks on no others. */
export function within(pack: Pack, { from, until }: Pick<InForce, 'from' | 'until'>): Pack {
  const first = from < pack.from ? pack.from : from;
  const last = until === null || (pack.until !== null && pack.until < until) ? pack.until : until;
  return { ...pack, from: first, until: last };
}
