import type { Amounts } from '../ledger/components';
import type { Instant, IsoDate, Minor } from '../units';
import { customInstalments, equalInstalments, type Instalment, type MonthlyTerms } from './schedule';
import { WATCH_RULES, type WatchRules } from './watch';

/** What may be agreed between a person and the lender about a debt (ladders 6, 7.1). */
export const AGREEMENT_KINDS = [
  'plan',
  'settlement',
  'waiver',
  'deferment',
  'freeze',
  'due-date',
  'hardship',
] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

/** A date and an amount, in minor units. */
export type DatedAmount = readonly [due: IsoDate, amount: Minor];

/**
 * What was agreed, in short: the instalments are worked out from it. Rules of watching stand in the terms, so that a
 * later version of the strategy changes nothing that was agreed; left out, they are those of ladders 6.
 */
export type AgreementTerms =
  | {
      readonly kind: 'plan';
      readonly monthly?: MonthlyTerms;
      readonly parts?: readonly DatedAmount[];
      readonly watch?: WatchRules;
      /** The plan that it takes the place of, and how often the debt was planned anew by then. */
      readonly replaces?: string;
      readonly replans?: number;
    }
  /** Part of the debt as full satisfaction. Broken, the whole debt is back, less what was paid. */
  | {
      readonly kind: 'settlement';
      readonly parts: readonly DatedAmount[];
      readonly debt: Minor;
      readonly waived: Amounts;
    }
  /** Something is given up once the rest has come by its day; else it is void. */
  | { readonly kind: 'waiver'; readonly parts: readonly DatedAmount[]; readonly waived: Amounts }
  /** Nothing is asked for from the first to the last day, both included; interest runs. */
  | { readonly kind: 'deferment'; readonly from: IsoDate; readonly until: IsoDate }
  /** No interest and no charges run; collection goes on. */
  | { readonly kind: 'freeze'; readonly from: IsoDate; readonly until: IsoDate }
  /** From then on what is due falls due on that day of the month, 1 to 28. */
  | { readonly kind: 'due-date'; readonly from: IsoDate; readonly day: number }
  /** What the household can carry a month, when it is looked at again, and how long contact rests for counselling. */
  | {
      readonly kind: 'hardship';
      readonly from: IsoDate;
      readonly affordable: Minor;
      readonly reviewOn: IsoDate;
      readonly restUntil?: IsoDate;
    };

/**
 * How it stands by the last judgement. `kept`, `missed` and `breached` go on; `void` is a waiver whose rest did not
 * come; `ended` is one whose days are over.
 */
export type AgreementStatus =
  'kept' | 'missed' | 'breached' | 'done' | 'broken' | 'void' | 'ended' | 'superseded' | 'cancelled';

/** An agreement as an account carries it. */
export interface Agreement {
  readonly id: string;
  /** The strategy's offer rule that it came from. */
  readonly rule?: string;
  readonly terms: AgreementTerms;
  readonly at: Instant;
  readonly since: IsoDate;
  readonly status: AgreementStatus;
  readonly judgedOn?: IsoDate;
  /** Instalments missed and breaches made good, as they were when it was last judged. */
  readonly missed?: number;
  readonly repaired?: number;
  /** Money of movements that the account carries no longer one by one, by value date. */
  readonly money?: readonly DatedAmount[];
}

/** A settlement and a waiver are kept whole or not at all: one day, no repair (ladders 6). */
const AT_ONCE: WatchRules = {
  graceDays: 0,
  tolerance: 0,
  missedInRow: 1,
  missedInAll: 1,
  repairDays: 0,
  repairs: 0,
};

export function watchRulesOf(terms: AgreementTerms): WatchRules {
  if (terms.kind === 'plan') return terms.watch ?? WATCH_RULES;
  return AT_ONCE;
}

const worked = new WeakMap<AgreementTerms, readonly Instalment[]>();

/** What is to be paid, and when; nothing where nothing is. */
export function instalmentsOf(terms: AgreementTerms): readonly Instalment[] {
  const known = worked.get(terms);
  if (known !== undefined) return known;
  const found = workedOut(terms);
  worked.set(terms, found);
  return found;
}

function workedOut(terms: AgreementTerms): readonly Instalment[] {
  if (terms.kind === 'plan' && terms.monthly !== undefined) {
    const schedule = equalInstalments(terms.monthly);
    return typeof schedule === 'string' ? [] : schedule.instalments;
  }
  const parts = 'parts' in terms ? (terms.parts ?? []) : [];
  const whole = parts.reduce((sum, [, amount]) => sum + amount, 0);
  const schedule = customInstalments(
    whole,
    parts.map(([due, amount]) => ({ due, amount })),
  );
  return typeof schedule === 'string' ? [] : schedule.instalments;
}

/** It goes on: neither ended in one way or the other. */
export function isRunning({ status }: Agreement): boolean {
  return status === 'kept' || status === 'missed' || status === 'breached';
}

/** Broken, or taken back: it was not kept to its end. */
export function endedEarly({ status }: Pick<Agreement, 'status'>): boolean {
  return status === 'broken' || status === 'void' || status === 'superseded' || status === 'cancelled';
}

/** What is given up by it once it is done, in minor units. */
export function waivedBy(terms: AgreementTerms): Amounts | null {
  return terms.kind === 'settlement' || terms.kind === 'waiver' ? terms.waived : null;
}
