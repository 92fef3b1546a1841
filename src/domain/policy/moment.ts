import { addDays, daysBetween } from '../calendar/day';
import { instantOf, localDate } from '../calendar/zone';
import type { ContactRules, Step } from '../strategy/strategy';
import type { Instant, IsoDate, Zone } from '../units';
import type { Known, Question } from './gate';
import { wishedMoment } from './wish';

/** The earliest moment that one rule allows, at or after `at`; the same moment when it allows that. */
type TimeRule = (at: Instant) => Instant;

type TimeKnown = Pick<Known, 'attempts' | 'path' | 'spokenAt' | 'wishes' | 'place'>;

/** How far ahead a moment is looked for before a human is asked. */
const HORIZON_DAYS = 90;

/**
 * The earliest moment from now on at which every rule of time agrees, and the rule that spoke first (null: now is
 * allowed). Null when there is none within the horizon. Days and hours are the person's own.
 */
export function earliest(
  question: Question,
  zone: Zone,
  known: TimeKnown,
  rules: ContactRules,
): { readonly at: Instant; readonly rule: string | null } | null {
  const last = addDays(localDate(question.now, zone), HORIZON_DAYS);
  const timeRules = rulesFor(question, zone, known, rules);
  let at = question.now;
  let spoke: string | null = null;
  for (;;) {
    let moved = false;
    for (const [name, rule] of timeRules) {
      const allowed = rule(at);
      if (allowed <= at) continue;
      at = allowed;
      spoke ??= name;
      moved = true;
    }
    if (!moved) return { at, rule: spoke };
    if (localDate(at, zone) > last) return null;
  }
}

function rulesFor(
  { step, channel }: Question,
  zone: Zone,
  known: TimeKnown,
  rules: ContactRules,
): readonly (readonly [string, TimeRule])[] {
  const all: [string, TimeRule][] = [];
  const windows = rules.hours[channel];
  if (windows !== undefined) all.push(['hours', (at) => withinHours(at, windows, zone)]);
  const { wishes = [], place = 'home' } = known;
  const asked = { channel, place, notice: step.kind === 'notice' };
  if (wishes.length > 0) all.push(['wish', (at) => wishedMoment(wishes, asked, zone, at)]);
  // House limits: a notice that the law wants is outside them.
  if (step.kind === 'notice') return all;
  all.push(['closed-day', (at) => openDay(at, rules.closedOn, zone)]);
  const rest = restDays(step, known.path, rules.rest);
  if (rest > 0 && known.spokenAt !== null) {
    const end = startOf(addDays(localDate(known.spokenAt, zone), rest), zone);
    all.push(['rest', (at) => (end > at ? end : at)]);
  }
  for (const cap of rules.caps) {
    if (!cap.channels.includes(channel) || !isFor(cap.paths, known.path)) continue;
    const days = known.attempts
      .filter((attempt) => cap.channels.includes(attempt.channel))
      .map((attempt) => localDate(attempt.at, zone));
    all.push([`cap:${cap.max}/${cap.days}d`, (at) => belowCap(at, days, cap, zone)]);
  }
  return all;
}

function isFor(paths: readonly string[] | undefined, path: string | null): boolean {
  return paths === undefined || path === null || paths.includes(path);
}

/** Days of rest after a conversation. What follows from the conversation itself does not wait for them. */
function restDays(step: Step, path: string | null, rest: ContactRules['rest'] = {}): number {
  const { anchor } = step.at;
  const follows = anchor === 'rpc' || anchor === 'promise' || anchor.startsWith('mark:');
  if (follows || step.duringPromise === true) return 0;
  return path === null ? Math.max(0, ...Object.values(rest)) : (rest[path] ?? 0);
}

/** Into the next window of the day, or the first of the next day. A window's end is outside it. */
function withinHours(at: Instant, windows: ContactRules['hours'][string], zone: Zone): Instant {
  const today = localDate(at, zone);
  for (const day of [today, addDays(today, 1), addDays(today, 2)]) {
    const starts = windows
      .map(({ from, to }) => ({ from: instantOf(day, from, zone), to: instantOf(day, to, zone) }))
      .filter(({ to }) => at < to)
      .map(({ from }) => (from > at ? from : at))
      .sort();
    if (starts[0] !== undefined) return starts[0];
  }
  // No window at all: this channel is never open, so the search runs out of its horizon and a human is asked.
  return startOf(addDays(today, HORIZON_DAYS + 1), zone);
}

function openDay(at: Instant, closedOn: readonly string[], zone: Zone): Instant {
  const day = localDate(at, zone);
  return closedOn.includes(day) || closedOn.includes(day.slice(5)) ? startOf(addDays(day, 1), zone) : at;
}

/**
 * Attempts on later days count as well: in a rehearsal another account of the person may be ahead, and a clock may
 * have been set back. So no run of `days` days holds more than the cap, whichever way it is looked at.
 */
function belowCap(
  at: Instant,
  days: readonly IsoDate[],
  cap: { readonly max: number; readonly days: number },
  zone: Zone,
): Instant {
  const day = localDate(at, zone);
  const near = days.filter((other) => Math.abs(daysBetween(other, day)) < cap.days);
  return near.length < cap.max ? at : startOf(addDays(day, 1), zone);
}

function startOf(day: IsoDate, zone: Zone): Instant {
  return instantOf(day, '00:00', zone);
}
