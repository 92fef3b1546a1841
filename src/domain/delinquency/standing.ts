import type { AccountState } from '../account/state';
import { daysBetween } from '../calendar/day';
import type { Counting } from '../strategy/strategy';
import type { Instant, IsoDate, Minor } from '../units';
import { keepsLedger } from '../ledger/keeps';
import { owingOn, type Part } from './allocation';
import { disputedOf, isExcluded, itemPauses, knowsItems } from './disputed';
import { bucketByCycles, bucketByDays } from './bucket';
import { effectivePauses, merged, pausedDays, type Pause } from './pauses';
import { quietUntil } from './quiet';

/** Where an account stands on a day: everything that decisions and figures are taken from. */
export interface Standing {
  readonly on: IsoDate;
  /** Unpaid obligations whose due date lies strictly before the day, grace and tolerance not considered. */
  readonly pastDue: Minor;
  /** Past due less what is disputed: what may be asked for. */
  readonly askable: Minor;
  readonly balance: Minor;
  /** Due date of the oldest unpaid part, by contract; null when nothing is past due beyond tolerance. */
  readonly oldestDue: IsoDate | null;
  /** The part of the oldest due, still unpaid. */
  readonly oldestAmount: Minor;
  /** By the contract: never shortened by holds, promises or disputes. Calendar days, the due date is day 0. */
  readonly contractDpd: number;
  /** The ladder's count: without paused days and wholly disputed parts, and, where grace is an offset, without grace. */
  readonly treatmentDpd: number;
  /** Days of holds that stopped the count between the treatment's due date and the day. */
  readonly pausedDays: number;
  /** Due date that the treatment count runs from. */
  readonly treatmentDue: IsoDate | null;
  readonly cycles: number;
  /** M0 … M7 as 0 … 7, by cycles or days as the strategy says. Grace does not enter: see `late`. */
  readonly bucket: number;
  readonly inGrace: boolean;
  /** Past due beyond grace and tolerance. */
  readonly late: boolean;
  readonly nextDue: IsoDate | null;
  readonly nextAmount: Minor;
  readonly statementDate: IsoDate | null;
  /** Last day on which an announced payment keeps contact quiet. */
  readonly pendingUntil: IsoDate | null;
  readonly asOf: Instant | null;
}

/**
 * Where the account stands at the end of its local day `day`: money with a value date up to it counts, a due date counts
 * from the day after it on. Pure; the same account may be asked about any day.
 */
export function standing(account: AccountState, counting: Counting, day: IsoDate): Standing {
  const owing = owingOn(account, counting.money, day);
  const pastDueParts = owing.parts.filter(({ due }) => due < day);
  const pastDue = total(pastDueParts);
  const counted = beyondTolerance(pastDueParts, counting.tolerance);
  const oldest = counted[0];
  const contractDpd = oldest === undefined ? 0 : daysBetween(oldest.due, day);
  const late = contractDpd > counting.grace.days;
  const cycles = counted.length === 0 ? 0 : counted.length + owing.unnamedCycles;
  const disputed = disputedAmount(account, pastDueParts, pastDue, day);
  const treated = treatment(account, counting, pastDueParts, disputed, day);
  const next = nextPart(account, counting, owing.parts, day);
  return {
    on: day,
    pastDue,
    askable: Math.max(0, pastDue - disputed),
    balance: owing.balance,
    oldestDue: oldest?.due ?? null,
    oldestAmount: oldest?.amount ?? 0,
    contractDpd,
    ...treated,
    cycles,
    bucket: counting.bucketBy === 'cycles' ? bucketByCycles(cycles) : bucketByDays(contractDpd),
    inGrace: oldest !== undefined && !late,
    late,
    nextDue: next.due,
    nextAmount: next.amount,
    statementDate: statementDate(account, day),
    pendingUntil: quietUntil(account, counting.pendingDays, day),
    asOf: account.owed.host?.asOf ?? null,
  };
}

/** One unpaid part that is past due on a day, with its own counts: grace does not enter here. */
export interface PastDuePart extends Part {
  readonly contractDays: number;
  readonly pausedDays: number;
  /** Contract days without paused ones. */
  readonly days: number;
}

/** What is past due on the day, part by part, oldest first. Disputed parts are among them. */
export function pastDueParts(
  account: AccountState,
  day: IsoDate,
  counting?: Counting,
): readonly PastDuePart[] {
  const pauses = effectivePauses(account.holds);
  return owingOn(account, counting?.money, day)
    .parts.filter(({ due }) => due < day)
    .map((part) => {
      const contractDays = daysBetween(part.due, day);
      const paused = pausedDays(pauses, part.due, day);
      return { ...part, contractDays, pausedDays: paused, days: contractDays - paused };
    });
}

function total(parts: readonly Part[]): Minor {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * The parts from the first one on that is more than a tolerated shortfall: what is short by no more than the tolerance
 * counts as paid and moves on to the next part (ladders 1.1).
 */
function beyondTolerance(parts: readonly Part[], tolerance: Minor): readonly Part[] {
  let short = 0;
  for (let i = 0; i < parts.length; i += 1) {
    short += parts[i]?.amount ?? 0;
    if (short > tolerance) return i === 0 ? parts : parts.slice(i);
  }
  return [];
}

/** How much of what is past due is disputed: a dispute without an amount is about all of it. */
function disputedAmount(account: AccountState, parts: readonly Part[], pastDue: Minor, day: IsoDate): Minor {
  if (account.disputes.length === 0 && (account.itemHolds ?? []).length === 0) return 0;
  if (knowsItems(account)) return disputedOf(account, parts, day).reduce((sum, amount) => sum + amount, 0);
  let sum = 0;
  for (const dispute of account.disputes) {
    if (!isExcluded(dispute)) continue;
    if (dispute.amount === null) return pastDue;
    sum += dispute.amount;
  }
  return Math.min(sum, pastDue);
}

type Treatment = Pick<Standing, 'treatmentDpd' | 'pausedDays' | 'treatmentDue'>;
const NOTHING: Treatment = { treatmentDpd: 0, pausedDays: 0, treatmentDue: null };
const NO_PAUSES: readonly Pause[] = [];

/**
 * The ladder's own count: that of the part which is not disputed and counts most days. A disputed amount is taken from
 * the oldest parts: the doubt is in the person's favour. Days that a dispute kept from counting stay uncounted when it
 * is decided, so that the oldest part need not be the one that is late longest.
 */
function treatment(
  account: AccountState,
  { grace, tolerance }: Counting,
  parts: readonly Part[],
  disputed: Minor,
  day: IsoDate,
): Treatment {
  const left = beyondTolerance(disputed === 0 ? parts : undisputed(account, parts, disputed, day), tolerance);
  const isEven = (account.frozen ?? []).length === 0 && (account.itemHolds ?? []).length === 0;
  const counted = isEven ? left.slice(0, 1) : left;
  const held = account.holds.length === 0 ? NO_PAUSES : effectivePauses(account.holds);
  let most: { readonly due: IsoDate; readonly paused: number; readonly days: number } | null = null;
  for (const { due } of counted) {
    const paused = pausedDays(withFrozen(account, held, due), due, day);
    const days = daysBetween(due, day) - paused;
    if (most === null || days > most.days) most = { due, paused, days };
  }
  if (most === null) return NOTHING;
  const forgiven = grace.counting === 'offset' ? grace.days : 0;
  return {
    treatmentDpd: Math.max(0, most.days - forgiven),
    pausedDays: most.paused,
    treatmentDue: most.due,
  };
}

/** Holds, of the account and of this part of it, and disputes together, each day once. */
function withFrozen(account: AccountState, held: readonly Pause[], due: IsoDate): readonly Pause[] {
  const frozen = (account.frozen ?? []).filter(({ dues }) => dues === null || dues.includes(due));
  const own: readonly Pause[] = [...frozen, ...itemPauses(account, due)];
  return own.length === 0 ? held : merged([...held, ...own.map(({ from, until }) => ({ from, until }))]);
}

function undisputed(
  account: AccountState,
  parts: readonly Part[],
  disputed: Minor,
  day: IsoDate,
): readonly Part[] {
  if (knowsItems(account)) {
    const of = disputedOf(account, parts, day);
    return parts.flatMap(({ due, amount }, n): Part[] => {
      const rest = amount - (of[n] ?? 0);
      return rest > 0 ? [{ due, amount: rest }] : [];
    });
  }
  const left: Part[] = [];
  let doubt = disputed;
  for (const { due, amount } of parts) {
    const taken = Math.min(doubt, amount);
    doubt -= taken;
    if (amount > taken) left.push({ due, amount: amount - taken });
  }
  return left;
}

/** What falls due next, on the day itself or later: the host's word where it has one, else the obligations. */
function nextPart(
  account: AccountState,
  { money }: Counting,
  parts: readonly Part[],
  day: IsoDate,
): { readonly due: IsoDate | null; readonly amount: Minor } {
  const { owed, terms } = account;
  const told = owed.host?.nextDue;
  if (told !== undefined && told >= day) return { due: told, amount: owed.host?.nextAmount ?? 0 };
  if (terms.books === 'host') {
    const known = owed.obligations.find(({ due }) => due >= day);
    return known === undefined ? { due: null, amount: 0 } : { due: known.due, amount: known.amount };
  }
  const unpaid = parts.find(({ due }) => due >= day);
  if (unpaid === undefined) return { due: null, amount: 0 };
  if (!keepsLedger(account) || unpaid.due === day) return { due: unpaid.due, amount: unpaid.amount };
  // Interest grows on it, and money that waits pays it, until it is due.
  const then = owingOn(account, money, unpaid.due).parts.find(({ due }) => due === unpaid.due);
  return { due: unpaid.due, amount: then?.amount ?? 0 };
}

/** The latest statement not after the day. */
function statementDate({ owed }: AccountState, day: IsoDate): IsoDate | null {
  let latest = owed.host?.statementDate ?? null;
  if (latest !== null && latest > day) latest = null;
  for (const { statementDate: on } of owed.obligations) {
    if (on !== undefined && on <= day && (latest === null || on > latest)) latest = on;
  }
  return latest;
}
