import type { AccountState } from '../account/state';
import { endOfRelief, instalmentNow } from '../agreement/judge';
import { addDays, daysBetween } from '../calendar/day';
import type { Standing } from '../delinquency/standing';
import { datedDay } from '../promise/days';
import { nextPart } from '../promise/judge';
import { rulesFor } from '../promise/rules';
import type { Anchor } from '../strategy/strategy';
import type { IsoDate } from '../units';
import { complaintDeadline, disputeDeadline } from './deadlines';
import { PROMISES_WHOLE } from './generation';
import { dayOfLadder } from './ladder-day';
import type { Situation } from './situation';

/**
 * Where a step counts from. `key` names the anchor and is what a done step is remembered by; `base` is the day that
 * offsets are added to (the key, moved by paused days where the ladder rests).
 */
export interface Anchored {
  readonly key: IsoDate;
  readonly base: IsoDate;
  /** Set by an event rather than the calendar: what it asks for is due however late the event came. */
  readonly event: boolean;
}

/** The anchor's day as things stand, or null when there is none. */
export function anchorOf(anchor: Anchor, situation: Situation): Anchored | null {
  const { account, standing } = situation;
  if (anchor === 'due') return dueAnchor(situation);
  if (anchor === 'promise') {
    const day = promiseDay(situation);
    return day === null ? null : { key: day, base: day, event: false };
  }
  const calendar = deadlineOf(anchor, situation) ?? calendarDay(anchor, account, standing);
  if (calendar !== null) return { key: calendar, base: calendar, event: false };
  const event = eventDay(anchor, account);
  return event === null ? null : { key: event, base: event, event: true };
}

function dueAnchor(situation: Situation): Anchored | null {
  const { standing } = situation;
  const key = standing.treatmentDue ?? standing.nextDue;
  const base = dayOfLadder(situation, 0);
  return key === null || base === null ? null : { key, base, event: false };
}

/** The day of what is to be paid next of the open promises, moved by the holds that stop its days. */
function promiseDay({ account, strategy, day }: Situation): IsoDate | null {
  const open = account.promises.filter((promise) => promise.status === 'open');
  if (account.generation < PROMISES_WHOLE) return open[0]?.date ?? null;
  const rules = rulesFor(strategy, account.path);
  const days = open.flatMap((promise) => {
    const next = nextPart(account, promise, rules, day);
    const on = next === null ? null : datedDay(account, promise, next.date);
    return on === null ? [] : [on];
  });
  return days.sort()[0] ?? null;
}

function deadlineOf(anchor: Anchor, { account, strategy }: Situation): IsoDate | null {
  if (anchor === 'dispute-deadline') return disputeDeadline(account, strategy);
  return anchor === 'complaint-deadline' ? complaintDeadline(account, strategy) : null;
}

function calendarDay(anchor: Anchor, account: AccountState, standing: Standing): IsoDate | null {
  switch (anchor) {
    case 'dpd':
      return standing.oldestDue;
    case 'next-due':
      return standing.nextDue;
    case 'statement':
      return standing.statementDate;
    case 'instalment':
      return instalmentNow(account, standing.on).nextDue;
    case 'agreement-end':
      return endOfRelief(account);
    case 'instalment-past':
      return instalmentNow(account, standing.on).lastDue;
    default:
      return null;
  }
}

function eventDay(anchor: Anchor, account: AccountState): IsoDate | null {
  if (anchor === 'stage') return account.stageSince;
  if (anchor === 'rpc') return account.marks['rpc'] ?? null;
  if (anchor === 'debit-result') return account.marks['debit-result'] ?? null;
  const [kind, name = ''] = anchor.split(':');
  if (kind === 'step') return account.done[name]?.how === 'done' ? (account.done[name]?.on ?? null) : null;
  if (kind === 'arrived') return account.marks[`${name}.arrived`] ?? null;
  return kind === 'mark' ? (account.marks[name] ?? null) : null;
}

/** How an offset reads: `+8`, `-3`, `day 0`. */
export function offsetText(anchored: Anchored, on: IsoDate): string {
  const days = daysBetween(anchored.base, on);
  return days === 0 ? 'day 0' : days > 0 ? `+${days}` : String(days);
}

/** The last day on which an offset from the anchor may still fall, or null without a limit. */
export function lastDay(anchored: Anchored, until: number | undefined): IsoDate | null {
  return until === undefined ? null : addDays(anchored.base, until);
}

/** Whether the anchor is set by an event rather than the calendar: what such a step did must be remembered one by one. */
export function isEventAnchor(anchor: Anchor): boolean {
  return anchor === 'stage' || anchor === 'rpc' || anchor === 'debit-result' || anchor.includes(':');
}
