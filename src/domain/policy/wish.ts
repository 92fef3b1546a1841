import { addDays, weekday } from '../calendar/day';
import { instantOf, localDate } from '../calendar/zone';
import type { Instant, TimeOfDay, Zone } from '../units';
import { WEEKDAYS, type DayKind, type Place } from './pack/words';

/**
 * When, where and how a person asked not to be reached. It binds every account of theirs, notices too, whatever packs
 * say. A null list speaks of all.
 */
export interface Wish {
  readonly id: string;
  readonly since: Instant;
  /** The last moment at which it holds; null: until the person says something else. */
  readonly until: Instant | null;
  readonly days: readonly DayKind[] | null;
  readonly from: TimeOfDay;
  /** Outside the hours themselves; `24:00` is the end of the day. */
  readonly to: TimeOfDay;
  readonly places: readonly Place[] | null;
  readonly channels: readonly string[] | null;
}

/** A contact as far as wishes ask for it. */
export interface Wished {
  readonly channel: string;
  /** Null: not known, and then it may be any. */
  readonly place: Place | null;
  /** A notice that the law wants. */
  readonly notice: boolean;
}

/** A letter is read when its reader likes, and is what is left to a notice when everything else was refused. */
const LETTER = 'letter';

/** The wish that no later hour changes, or null: not this way, not there, or not at all. */
export function wishAgainst(wishes: readonly Wish[], of: Wished, now: Instant): Wish | null {
  return wishes.find((wish) => isAlways(wish) && speaksOf(wish, of) && holds(wish, now)) ?? null;
}

/** Whether only the channel or the place was refused, so that another one may do. */
export const sparesOthers = ({ channels, places }: Wish): boolean => channels !== null || places !== null;

/** The first moment from `at` on at which no wish about days and hours speaks against it, in the person's zone. */
export function wishedMoment(wishes: readonly Wish[], of: Wished, zone: Zone, at: Instant): Instant {
  if (of.channel === LETTER) return at;
  let free = at;
  for (const wish of wishes) {
    if (isAlways(wish) || !speaksOf(wish, of) || !holds(wish, free)) continue;
    free = afterWish(wish, zone, free);
  }
  return free;
}

/** The end of the hours named, if the moment lies in them. */
function afterWish({ days, from, to, until }: Wish, zone: Zone, at: Instant): Instant {
  const day = localDate(at, zone);
  if (days !== null && !days.includes(WEEKDAYS[weekday(day)] as DayKind)) return at;
  const begin = instantOf(day, from, zone);
  const end = to === '24:00' ? instantOf(addDays(day, 1), '00:00', zone) : instantOf(day, to, zone);
  if (at < begin || at >= end) return at;
  const over = until === null ? end : new Date(Date.parse(until) + 1).toISOString();
  return over < end ? over : end;
}

const isAlways = ({ days, from, to }: Wish): boolean => days === null && from === '00:00' && to === '24:00';

function speaksOf({ places, channels }: Wish, { place, channel, notice }: Wished): boolean {
  // Who wants no contact at all still has notices, by letter: what the law wants said is said.
  if (notice && channel === LETTER && channels === null) return false;
  return (
    (places === null || place === null || places.includes(place)) &&
    (channels === null || channels.includes(channel))
  );
}

const holds = ({ since, until }: Wish, at: Instant): boolean =>
  since <= at && (until === null || at <= until);
