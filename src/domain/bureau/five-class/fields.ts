import type { Currency, IsoDate, Minor } from '../../units';
import { statusDigit } from '../month-status';
import type { Snapshot } from '../cut-off/snapshot';
import { monthsBetween } from '../metro2/derive/payment-history';

/** The five classes, by days past due (ladders 2.1; over 90 days substandard at the latest). */
const CLASSES = [
  [0, 'normal'],
  [1, 'special-mention'],
  [91, 'substandard'],
  [271, 'doubtful'],
  [361, 'loss'],
] as const;
export type FiveClass = (typeof CLASSES)[number][1];

/** What a month says of an account. Amounts in minor units; the file has them as decimals. */
export interface FiveClassFields {
  readonly on: IsoDate;
  readonly state: 'open' | 'settled' | 'ended' | 'written-off' | 'deleted';
  readonly product: string;
  readonly currency: Currency;
  readonly openedOn: IsoDate | null;
  readonly limit: Minor | null;
  readonly balance: Minor;
  readonly paid: Minor;
  readonly lastPayment: IsoDate | null;
  readonly class: FiveClass;
  readonly days: number;
  readonly monthsLate: number;
  readonly pastDue: Minor;
  /** What is unpaid for 31 to 60, 61 to 90, 91 to 180 and over 180 days. */
  readonly aged: readonly [Minor, Minor, Minor, Minor];
  readonly disputed: boolean;
  /** 24 months, this one last: see docs/bureau.md. */
  readonly history: string;
  readonly closedOn: IsoDate | null;
}

export interface FiveClassTold {
  readonly on: IsoDate;
  readonly history: string;
  readonly late: boolean;
  readonly over: boolean;
  readonly deleted: boolean;
}

const MONTHS = 24;
const BEFORE = '/';
const UNTOLD = '#';

/**
 * An account's fields of a month in the five-class format, and what is remembered for the next. Pure. A disputed debt is
 * told as it stands by the contract, with its mark; a day of grace counts nowhere (ladders 1.1).
 */
export function fiveClassFields(
  snapshot: Snapshot,
  last: FiveClassTold | null,
  deleted: boolean,
): { readonly fields: FiveClassFields; readonly told: FiveClassTold } {
  const { on, ended, chargedOff, inGrace } = snapshot;
  const days = inGrace || ended !== null ? 0 : snapshot.dpd;
  const state = deleted
    ? 'deleted'
    : ended !== null
      ? endState(ended.how)
      : chargedOff === null
        ? 'open'
        : 'written-off';
  const digit = statusDigit(days);
  const mark = ended === null ? (digit === 0 ? 'N' : String(digit)) : state === 'settled' ? 'C' : 'G';
  const history = nextHistory(last, on, mark);
  const fields: FiveClassFields = {
    ...{ on, state, product: snapshot.product, currency: snapshot.currency, openedOn: snapshot.openedOn },
    ...{
      limit: snapshot.limit,
      balance: Math.max(0, ended === null ? snapshot.balance : 0),
      paid: snapshot.paid,
    },
    ...{
      lastPayment: snapshot.lastPayment,
      class: chargedOff !== null && ended === null ? 'loss' : classOf(days),
    },
    ...{ days, monthsLate: digit, pastDue: days === 0 ? 0 : snapshot.pastDue },
    aged: days === 0 ? [0, 0, 0, 0] : aged(snapshot),
    ...{ disputed: snapshot.disputes.some(({ open }) => open), history, closedOn: ended?.on ?? null },
  };
  return {
    fields,
    told: { on, history, late: digit > 0 || chargedOff !== null, over: ended !== null || deleted, deleted },
  };
}

function classOf(days: number): FiveClass {
  return CLASSES.findLast(([from]) => days >= from)?.[1] ?? 'normal';
}

function endState(how: NonNullable<Snapshot['ended']>['how']): FiveClassFields['state'] {
  return how === 'paid' || how === 'closed' ? 'settled' : 'ended';
}

function aged({ late }: Snapshot): FiveClassFields['aged'] {
  const sum = (from: number, to: number): Minor =>
    late.filter(({ days }) => days >= from && days <= to).reduce((all, { amount }) => all + amount, 0);
  return [sum(31, 60), sum(61, 90), sum(91, 180), sum(181, Number.POSITIVE_INFINITY)];
}

/** Told again within the month its mark is replaced; months without a report are said to be so. */
function nextHistory(last: FiveClassTold | null, on: IsoDate, mark: string): string {
  if (last === null) return BEFORE.repeat(MONTHS - 1) + mark;
  const months = monthsBetween(last.on, on);
  if (months <= 0) return last.history.slice(0, -1) + mark;
  return (last.history + UNTOLD.repeat(Math.min(months - 1, MONTHS)) + mark).slice(-MONTHS);
}
