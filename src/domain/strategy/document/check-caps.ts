import type { Step } from '../strategy';
import { ladderPaths, problem, testsIn, type Checking } from './checking';
import type { Problem } from './problem';

/** Far enough for every stage before recovery, whose steps count from its own first day. */
const LAST_DAY = 130;

interface Attempt {
  readonly day: number;
  readonly step: string;
  readonly count: number;
}

/**
 * Caps that the strategy's own cadence breaks. Only what is sure to come is counted: steps that are dated from the due
 * date, without a condition that tells one account from another, by their first channel. The gate would hold them back
 * at the time; better that the strategy team knows. A step that says `as_caps_allow` knows it.
 */
export function capProblems(on: Checking): readonly Problem[] {
  const { strategy } = on;
  const found: Problem[] = [];
  strategy.contact.caps.forEach((cap, index) => {
    for (const path of cap.paths ?? ladderPaths(strategy)) {
      const attempts = attemptsOf(on, path, cap.channels);
      const worst = fullest(attempts, cap.days);
      if (worst === null || worst.count <= cap.max) continue;
      const { day, count, steps } = worst;
      const args = { path, day, count, max: cap.max, days: cap.days, steps: steps.join(', ') };
      const channels = cap.channels.join(', ');
      found.push(
        problem(on, 'warning', 'STRATEGY_CAP_BROKEN', { ...args, channels }, ['contact', 'caps', index]),
      );
    }
  });
  return [...found, ...hours(on)];
}

/** Notices that a rule wants are outside house limits; a soft condition on an amount leaves a step in. */
function counts(step: Step, channels: readonly string[]): boolean {
  const first = step.channels?.[0];
  if (step.kind !== 'contact' || step.at.anchor !== 'due' || first === undefined) return false;
  return (
    channels.includes(first) &&
    testsIn(step.when).every(({ fact }) => fact === 'past_due' || fact === 'balance')
  );
}

export function attemptsOf(on: Checking, path: string, channels: readonly string[]): readonly Attempt[] {
  return on.strategy.steps
    .filter((step, index) => counts(step, channels) && on.document.steps[index]?.as_caps_allow !== true)
    .flatMap((step) => daysOf(step, path).flatMap((day) => spread(step, path, day)))
    .filter(({ day }) => day <= LAST_DAY);
}

function daysOf(step: Step, path: string): readonly number[] {
  const days = step.at.days[path] ?? [];
  const every = step.at.every?.[path];
  const last = days.at(-1);
  if (every === undefined || last === undefined) return days;
  const end = Math.min(LAST_DAY, step.at.until ?? LAST_DAY);
  const more = Array.from(
    { length: Math.max(0, Math.floor((end - last) / every)) },
    (_, n) => last + (n + 1) * every,
  );
  return [...days, ...more];
}

/** A campaign is as many attempts a day for as many days. */
function spread(step: Step, path: string, day: number): readonly Attempt[] {
  const campaign = step.campaign?.[path] ?? { attemptsADay: 1, days: 1 };
  return Array.from({ length: campaign.days }, (_, n) => {
    return { day: day + n, step: step.name, count: campaign.attemptsADay };
  });
}

export function fullest(
  attempts: readonly Attempt[],
  days: number,
): { day: number; count: number; steps: string[] } | null {
  let worst: { day: number; count: number; steps: string[] } | null = null;
  for (const { day } of attempts) {
    const within = attempts.filter((attempt) => attempt.day >= day && attempt.day < day + days);
    const count = within.reduce((sum, attempt) => sum + attempt.count, 0);
    if (worst === null || count > worst.count) {
      worst = { day, count, steps: [...new Set(within.map(({ step }) => step))] };
    }
  }
  return worst;
}

/** A step that comes due when its first channel is closed would always be put off. */
function hours(on: Checking): Problem[] {
  const { steps, contact, sendAt } = on.strategy;
  return steps.flatMap((step, index) => {
    const channel = step.channels?.[0];
    const windows = channel === undefined ? undefined : contact.hours[channel];
    const time = step.at.time ?? sendAt;
    if (channel === undefined || windows === undefined) return [];
    if (windows.some(({ from, to }) => from <= time && time < to)) return [];
    const path = step.at.time === undefined ? (['send_at'] as const) : (['steps', index, 'time'] as const);
    return [problem(on, 'warning', 'STRATEGY_OUTSIDE_HOURS', { step: step.name, time, channel }, path)];
  });
}
