import { addDays } from '../calendar/day';
import type { IsoDate, Minor } from '../units';
import type { Instalment } from './schedule';

/** Parameters of watching a plan (ladders 6); days are calendar days. */
export interface WatchRules {
  readonly graceDays: number;
  readonly tolerance: Minor;
  readonly missedInRow: number;
  readonly missedInAll: number;
  readonly repairDays: number;
  /** So often a breach may be made good. */
  readonly repairs: number;
}
export const WATCH_RULES: WatchRules = {
  graceDays: 3,
  tolerance: 10_00,
  missedInRow: 2,
  missedInAll: 3,
  repairDays: 10,
  repairs: 1,
};

export interface Watched {
  /**
   * `kept`: nothing is missed. `missed`: something is, and collection still rests. `breached`: it may be made good up to
   * `repairBy`. `broken`: it is over, and the debt is back. `done`: everything is paid.
   */
  readonly state: 'kept' | 'missed' | 'breached' | 'broken' | 'done';
  readonly instalments: readonly {
    readonly n: number;
    readonly state: 'open' | 'kept' | 'kept-late' | 'missed';
    readonly missing: Minor;
  }[];
  readonly breachedOn: IsoDate | null;
  readonly repairBy: IsoDate | null;
  readonly repaired: number;
}

/** Money for the plan, with the day on which it counts. Early money is money: it fills the instalments in their order. */
export interface PlanMoney {
  readonly valueDate: IsoDate;
  readonly amount: Minor;
}

/**
 * How a plan stands at the end of a day, from its instalments and all money with a value date up to it. Told again with
 * a payment taken out it says what would have been: a reversal needs no rule of its own.
 */
export function watchPlan(
  instalments: readonly Instalment[],
  money: readonly PlanMoney[],
  rules: WatchRules,
  day: IsoDate,
): Watched {
  const paidBy = (until: IsoDate): Minor =>
    money.reduce(
      (sum, { valueDate, amount }) => (valueDate <= until && valueDate <= day ? sum + amount : sum),
      0,
    );
  const wanted = upTo(instalments);
  const judged = instalments.map((one, i) => {
    const enough = (wanted[i] ?? 0) - rules.tolerance;
    const lastDay = addDays(one.due, rules.graceDays);
    const missing = Math.max(0, Math.min(one.amount, (wanted[i] ?? 0) - paidBy(day)));
    const inTime = paidBy(lastDay) >= enough;
    const state = inTime
      ? paidBy(one.due) >= enough
        ? ('kept' as const)
        : ('kept-late' as const)
      : lastDay < day
        ? ('missed' as const)
        : ('open' as const);
    return { n: one.n, state, missing, judgedOn: addDays(lastDay, 1), failed: state === 'missed' };
  });
  const shown = judged.map(({ n, state, missing }) => ({ n, state, missing }));
  const at = (part: Omit<Watched, 'instalments'>): Watched => ({ ...part, instalments: shown });
  let inRow = 0;
  let inAll = 0;
  let repaired = 0;
  for (const { failed, judgedOn } of judged) {
    inRow = failed ? inRow + 1 : 0;
    inAll += failed ? 1 : 0;
    if (!failed || (inRow < rules.missedInRow && inAll < rules.missedInAll)) continue;
    const repairBy = addDays(judgedOn, rules.repairDays);
    if (repaired >= rules.repairs)
      return at({ state: 'broken', breachedOn: judgedOn, repairBy: null, repaired });
    const due = instalments.filter((one) => one.due < judgedOn).length;
    const goal = (wanted[due - 1] ?? 0) - rules.tolerance;
    if (paidBy(repairBy) < goal) {
      const over = repairBy < day;
      return at({
        state: over ? 'broken' : 'breached',
        breachedOn: judgedOn,
        repairBy: over ? null : repairBy,
        repaired,
      });
    }
    // Made good: what was missed up to here is not held against it any more.
    repaired += 1;
    inRow = 0;
    inAll = 0;
  }
  const all = (wanted.at(-1) ?? 0) - rules.tolerance;
  const last = judged.at(-1);
  // After the last one nothing comes that could be missed as well: what lacks then is a breach, however little was missed.
  if (last !== undefined && inRow > 0) {
    const breachedOn = last.judgedOn;
    const repairBy = repaired < rules.repairs ? addDays(breachedOn, rules.repairDays) : null;
    if (repairBy === null || paidBy(repairBy) < all) {
      const over = repairBy === null || repairBy < day;
      return at({
        state: over ? 'broken' : 'breached',
        breachedOn,
        repairBy: over ? null : repairBy,
        repaired,
      });
    }
  }
  const whole = paidBy(day) >= all;
  const behind = judged.some(({ failed, missing }) => failed && missing > rules.tolerance);
  return at({
    state: whole ? 'done' : behind ? 'missed' : 'kept',
    breachedOn: null,
    repairBy: null,
    repaired,
  });
}

/** What is wanted in all by each instalment. */
function upTo(instalments: readonly Instalment[]): readonly Minor[] {
  let sum = 0;
  return instalments.map(({ amount }) => (sum += amount));
}
