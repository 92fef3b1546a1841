import { addDays, daysBetween } from '../calendar/day';
import type { Step } from '../strategy/strategy';
import type { Currency, IsoDate } from '../units';
import type { Ahead } from './ahead';
import type { Capacity } from './capacity';
import type { Work } from './work';

/** The pieces of work that a step ahead asks for: a campaign one on each of its days. */
export function workOf(
  ahead: Ahead,
  account: { readonly ref: string; readonly currency: Currency },
  capacity: Capacity,
  begun = false,
): { readonly work: Work; readonly day: IsoDate }[] {
  const { step, channel, attempts, days } = ahead;
  const { anchor } = step.at;
  const appointment = anchor === 'mark:call-back' || anchor === 'mark:follow-up';
  const work: Work = {
    account: account.ref,
    step: step.name,
    anchor: ahead.occurrence.anchor,
    n: ahead.occurrence.n,
    due: ahead.day,
    channel,
    queue: step.queue ?? null,
    segment: ahead.segment,
    attempts,
    value: ahead.askable,
    currency: account.currency,
    chance:
      step.worthIt === undefined ? (capacity.chances[channel] ?? 0) : step.worthIt.chance / (attempts * days),
    urgency: urgencyOf(anchor, ahead.rollsSoon, capacity),
    age: ahead.dpd,
    others: step.channels?.slice(1) ?? [],
    fixed: step.kind === 'notice' || appointment || isOfLaw(step),
    begun,
    moved: 0,
  };
  return Array.from({ length: channel === 'call' ? days : 1 }, (_none, i) => ({
    work: { ...work, due: addDays(ahead.day, i) },
    day: addDays(ahead.day, i),
  }));
}

const LAW_QUEUES: readonly string[] = ['legal', 'counsel'];

/** Steps of law have their own deadlines: a day more may be a claim less. */
function isOfLaw({ channels, queue }: Step): boolean {
  return channels?.includes('legal') === true || (queue !== undefined && LAW_QUEUES.includes(queue));
}

/** The order of ladders 13 as a factor: an appointment, a promise broken the day before, a roll within three days. */
function urgencyOf(anchor: string, rollsSoon: boolean, { urgency }: Capacity): number {
  if (anchor === 'mark:call-back' || anchor === 'mark:follow-up') return urgency.appointment;
  if (anchor === 'mark:promise-broken') return urgency.brokenPromise;
  return rollsSoon ? urgency.rolls : 1;
}

/** Days of a campaign that is open already and still to be worked, within the plan. */
export function daysLeft(onDate: IsoDate, days: number, from: IsoDate, until: IsoDate): IsoDate[] {
  const last = addDays(onDate, days - 1);
  const first = onDate > from ? onDate : from;
  const count = daysBetween(first, last < until ? last : until) + 1;
  return Array.from({ length: Math.max(0, count) }, (_none, i) => addDays(first, i));
}
