import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import { instantOf, localDate } from '../calendar/zone';
import { advance } from '../decide/advance';
import type { Occurrence, StepResult } from '../decide/decision';
import { record } from '../decide/record';
import { situation } from '../decide/situation';
import type { Step, Strategy } from '../strategy/strategy';
import type { Instant, IsoDate, Minor } from '../units';

/** A step that comes due, as the core says, if no news comes before it. */
export interface Ahead {
  readonly day: IsoDate;
  readonly step: Step;
  readonly occurrence: Occurrence;
  readonly channel: string;
  readonly segment: string | null;
  /** Attempts a day and days of a campaign; one attempt on one day of everything else. */
  readonly attempts: number;
  readonly days: number;
  /** What may be asked for then. */
  readonly askable: Minor;
  readonly dpd: number;
  /** The bucket rises within three days of it. */
  readonly rollsSoon: boolean;
}

/** More than any strategy does in a plan's days: a circle ends here. */
const MOST = 300;
const ROLLS_WITHIN = 3;

/**
 * Every step of an account that comes due from `now` until `until`: the core itself is run, each step taken as done and
 * nothing as answered. Pure.
 */
export function stepsAhead(account: AccountState, strategy: Strategy, now: Instant, until: Instant): Ahead[] {
  const found: Ahead[] = [];
  let current = account;
  let at = now;
  for (let turns = 0; turns < MOST; turns += 1) {
    const advanced = advance(current, strategy, at);
    current = advanced.account;
    const { decision } = advanced;
    const { action } = decision;
    if (action.do === 'close') return found;
    if (action.do === 'wait') {
      if (action.until === null || action.until >= until) return found;
      at = action.until;
      continue;
    }
    let result: StepResult | null = null;
    if (action.do === 'step') {
      const step = strategy.steps.find(({ name }) => name === action.occurrence.step);
      if (step === undefined) return found;
      const ahead = aheadOf(current, strategy, step, action.occurrence, at);
      found.push(ahead);
      result = doneAs(ahead, current, at);
    }
    current = record(current, strategy, decision, result, at);
  }
  return found;
}

function aheadOf(
  account: AccountState,
  strategy: Strategy,
  step: Step,
  occurrence: Occurrence,
  at: Instant,
): Ahead {
  const { day, standing } = situation(account, strategy, at);
  const size = account.path === null ? undefined : step.campaign?.[account.path];
  const rolls = standing.nextDue;
  return {
    day,
    step,
    occurrence,
    channel: channelOf(step),
    segment: account.segment,
    attempts: size?.attemptsADay ?? 1,
    days: size?.days ?? 1,
    askable: standing.askable,
    dpd: standing.contractDpd,
    rollsSoon: standing.late && rolls !== null && rolls >= day && rolls <= addDays(day, ROLLS_WITHIN),
  };
}

/** The first channel of a step; work without one is a `task`, and what the lender's system does is `host`. */
export function channelOf({ kind, channels }: Pick<Step, 'kind' | 'channels'>): string {
  return channels?.[0] ?? (kind === 'host' ? 'host' : 'task');
}

/** As the activities answer: a campaign and a task stay open, so that what waits for them waits in the plan as well. */
function doneAs({ step, channel, days }: Ahead, account: AccountState, at: Instant): StepResult {
  const day = localDate(at, account.terms.zone);
  const until = (after: number): Instant => instantOf(addDays(day, after), '20:00', account.terms.zone);
  if (step.campaign !== undefined && channel === 'call')
    return { how: 'done', channel, task: { kind: 'campaign', until: until(days - 1) } };
  if (step.answerDays !== undefined)
    return {
      how: 'done',
      channel,
      task: {
        kind: step.kind === 'host' ? 'host' : channel === 'visit' ? 'visit' : 'task',
        until: until(step.answerDays),
      },
    };
  return { how: 'done', channel };
}
