import { dayIn, HORIZON_DAYS, msOf, weekdayOf, type Moment } from '../moment';
import { knownDay } from '../period';
import type { PolicyRequest } from '../request';
import type { Span, WindowRule } from '../rule';
import { ALLOW, wait, type Verdict } from '../verdict';
import { WEEKDAYS, type DayKind } from '../words';
import type { Zone } from '../../../units';

/**
 * Contact windows. All zones in which the person may be must be open, so the answer names the first of them that is
 * closed; asked again at its opening, the rule names the next. A window's end is outside it.
 */
export function judgeWindow(rule: WindowRule, request: PolicyRequest, on: Moment): Verdict {
  for (const { zone, day } of on.zones) {
    const found = opening(rule, request, on, zone, day);
    if (found > on.ms) return wait(found, `closed in ${zone}`);
  }
  return ALLOW;
}

/** The earliest moment from now on at which the zone is open; Infinity when there is none. */
function opening(rule: WindowRule, request: PolicyRequest, on: Moment, zone: Zone, today: number): number {
  for (let day = today; day <= today + HORIZON_DAYS; day += 1) {
    if (isClosed(rule, request, on, zone, day)) continue;
    let earliest = Infinity;
    for (const span of spansOf(rule, day, on)) {
      const end = msOf(day, span.to, zone);
      if (on.ms >= end) continue;
      earliest = Math.min(earliest, Math.max(on.ms, msOf(day, span.from, zone)));
    }
    if (earliest < Infinity) return earliest;
  }
  return Infinity;
}

/** A special day has the spans that name it, when any does; else it is like any other day of its week. */
function spansOf(rule: WindowRule, day: number, on: Moment): readonly Span[] {
  const special = specialDay(rule, day, on);
  if (special !== null) {
    const own = rule.open.filter(({ days }) => days.includes(special));
    if (own.length > 0) return own;
  }
  const weekday = WEEKDAYS[weekdayOf(day)] as DayKind;
  return rule.open.filter(({ days }) => days.includes(weekday));
}

/** Throws UnknownYear where the rule tells such days apart and no table has the year. */
function specialDay(rule: WindowRule, day: number, on: Moment): 'public-holiday' | 'working-weekend' | null {
  const named = rule.open.some(
    ({ days }) => days.includes('public-holiday') || days.includes('working-weekend'),
  );
  return named ? kindOfDay(day, on) : null;
}

function kindOfDay(day: number, { holidays }: Moment): 'public-holiday' | 'working-weekend' | null {
  const iso = knownDay(day, holidays);
  const year = holidays[iso.slice(0, 4)];
  if (year?.closed.includes(iso)) return 'public-holiday';
  return year?.workingWeekends.includes(iso) ? 'working-weekend' : null;
}

function isClosed(rule: WindowRule, request: PolicyRequest, on: Moment, zone: Zone, day: number): boolean {
  if (rule.closedOn.length === 0) return false;
  if (rule.closedOn.includes('public-holiday') && kindOfDay(day, on) === 'public-holiday') return true;
  // A day of the person's own: mourning, a wedding, a flood. It lasts for that local day, or to the day that it names.
  return on.ledger.of('closed-day').some((own) => {
    if (own.about === null || !rule.closedOn.includes(own.about)) return false;
    if (own.person !== null && request.person !== null && own.person !== request.person) return false;
    const last = own.until === null ? own.ms : Date.parse(own.until);
    return dayIn(own.ms, zone) <= day && day <= dayIn(last, zone);
  });
}
