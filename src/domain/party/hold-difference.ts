import type { AccountEvent, HoldReleased, HoldSet, HoldType } from '../account/events';
import { MANDATE_DAYS } from '../account/outcome';
import { addDays, minDate } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { Instant, IsoDate, Zone } from '../units';

/** A hold of a person as one of that person's accounts is to have it. */
export interface WantedHold {
  readonly hold: string;
  readonly type: HoldType;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  /** Holds contact with this person only; left out: the whole account. */
  readonly party: string | undefined;
  /** The account on which it was said, which sets it by itself. */
  readonly origin: string | null;
  readonly saidAt: Instant;
}

export interface Has {
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly party: string | undefined;
  /** How often the journal speaks of the hold. */
  readonly times: number;
}

/** How the account has each hold, by its journal; one that an outcome of its own set at once it has without a hold. */
export function hasHolds(
  account: string,
  wanted: readonly WantedHold[],
  told: readonly AccountEvent[],
  zone: Zone,
): ReadonlyMap<string, Has> {
  const has = new Map<string, Has>();
  for (const { hold, type, from, origin } of wanted) {
    if (origin !== account) continue;
    const until = type === 'mandate-check' ? addDays(from, MANDATE_DAYS - 1) : null;
    has.set(hold, { from, until, party: undefined, times: 0 });
  }
  for (const event of told) {
    if (event.kind !== 'hold' && event.kind !== 'release') continue;
    const before = has.get(event.hold);
    const times = (before?.times ?? 0) + 1;
    if (event.kind === 'hold') {
      const { from, until = null, party } = event;
      has.set(event.hold, { from, until, party, times });
    } else if (before !== undefined) {
      has.set(event.hold, { ...before, until: earlier(before.until, lastDayOf(event, zone)), times });
    }
  }
  return has;
}

/** What must be told so that the account has the hold as it is wanted: nothing, a release, or the hold once more. */
export function difference(
  wanted: WantedHold,
  has: Has | undefined,
  at: Instant,
): readonly (HoldSet | HoldReleased)[] {
  const { hold, from, until, party } = wanted;
  if (has === undefined) return [holdEvent(wanted, at, 0)];
  const moved = has.from !== from || has.party !== party;
  if (!moved && has.until === until) return [];
  const ends = !moved && until !== null && earlier(has.until, until) === until;
  if (!ends) return [holdEvent(wanted, at, has.times)];
  return [{ kind: 'release', id: `person:${hold}:${has.times}`, at, hold, lastDay: until }];
}

export function holdEvent(
  { hold, type, from, until, party }: WantedHold,
  at: Instant,
  times: number,
): HoldSet {
  return {
    kind: 'hold',
    id: `person:${hold}:${times}`,
    at,
    hold,
    type,
    from,
    ...(until === null ? {} : { until }),
    ...(party === undefined ? {} : { party }),
  };
}

/** The last day that a release leaves: without one the day before it was said. */
export function lastDayOf({ lastDay, at }: HoldReleased, zone: Zone): IsoDate {
  return lastDay ?? addDays(localDate(at, zone), -1);
}

function earlier(until: IsoDate | null, day: IsoDate): IsoDate {
  return until === null ? day : minDate(until, day);
}
