import { addDays } from '../../domain/calendar/day';
import { instantOf, localDate, localTime } from '../../domain/calendar/zone';
import type { ContactRules, Step } from '../../domain/strategy/strategy';
import type { Instant, IsoDate, TimeOfDay, Zone } from '../../domain/units';

export interface Appointment {
  readonly onDate: IsoDate;
  readonly window: { readonly from: TimeOfDay; readonly to: TimeOfDay };
  /** When an outcome is chased, or the campaign has ended. */
  readonly until: Instant;
}

/** Hours of a team on the road where the strategy gives none (ladders 8). */
const DAYTIME = { from: '09:00', to: '19:00' } as const;
/** A day that is more than half over is left to those who planned it. */
const PLANNED_BY: TimeOfDay = '12:00';
const CHASED_AT: TimeOfDay = '10:00';

/**
 * When people do it: today where the day is still to be planned, else the next day on which the strategy allows
 * contact. `channel` names the hours.
 */
export function appointment(
  rules: ContactRules,
  channel: string,
  now: Instant,
  zone: Zone,
  lasts: { readonly days: number },
): Appointment {
  const today = localDate(now, zone);
  let onDate = localTime(now, zone) <= PLANNED_BY ? today : addDays(today, 1);
  for (let i = 0; i < 60 && isClosed(rules, onDate); i += 1) onDate = addDays(onDate, 1);
  return {
    onDate,
    window: rules.hours[channel]?.[0] ?? DAYTIME,
    until: instantOf(addDays(onDate, lasts.days), CHASED_AT, zone),
  };
}

/** The last moment of waiting for an answer; null where the step waits for none. */
export function answerUntil(step: Step, now: Instant, zone: Zone, otherwise: number | null): Instant | null {
  const days = step.answerDays ?? otherwise;
  return days === null ? null : instantOf(addDays(localDate(now, zone), days), CHASED_AT, zone);
}

function isClosed(rules: ContactRules, day: IsoDate): boolean {
  return rules.closedOn.includes(day) || rules.closedOn.includes(day.slice(5));
}
