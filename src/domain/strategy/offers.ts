import type { Decider } from '../agreement/authority';
import type { LengthBand } from '../agreement/household-plan';
import type { RatePpm } from '../agreement/rate';
import type { FirstRule } from '../agreement/schedule';
import type { WatchRules } from '../agreement/watch';
import type { Minor } from '../units';
import type { Condition } from './strategy';

interface Rule {
  /** Unique; an agreement remembers it. */
  readonly name: string;
  /** Left out: all. */
  readonly paths?: readonly string[];
  readonly when?: Condition;
  /** The least role that must approve it; left out: whoever of the staff may offer. */
  readonly approval?: Decider;
}

/** Instalments (ladders 6). Amounts in minor units, days are calendar days. */
export interface PlanRule extends Rule {
  readonly kind: 'plan';
  /** The numbers of instalments there are, or the longest by balance. */
  readonly counts?: readonly number[];
  readonly longest?: readonly LengthBand[];
  readonly first: FirstRule;
  readonly least: Minor;
  /** The highest yearly rate; zero is an even split. */
  readonly rateUpTo: RatePpm;
  readonly watch: WatchRules;
  /** A debt is planned anew so often, after so many kept instalments; before that a `replanBy` must approve. */
  readonly replan: { readonly times: number; readonly afterKept: number; readonly earlierBy: Decider };
  /** The role that must approve a second one of the same debt, after the first was broken. */
  readonly again?: Decider;
}

/** Part of the debt as full satisfaction. */
export interface SettlementRule extends Rule {
  readonly kind: 'settlement';
  readonly withinDays: number;
  readonly parts: { readonly most: number; readonly withinDays: number; readonly approval: Decider };
  /** Not for who could pay the whole in so many months, where the budget is known. */
  readonly ableMonths: number;
}

/** Something given up for the rest by a day. */
export interface WaiverRule extends Rule {
  readonly kind: 'waiver';
  readonly withinDays: number;
}

export interface DefermentRule extends Rule {
  readonly kind: 'deferment' | 'freeze';
  readonly months: number;
}

/** Once in so many days. */
export interface DueDateRule extends Rule {
  readonly kind: 'due-date';
  readonly everyDays: number;
}

export interface HardshipRule extends Rule {
  readonly kind: 'hardship';
  /** Contact rests once for counselling. */
  readonly restDays: number;
  readonly reviewDays: number;
  /** The least that living costs a head a month where nobody stated more. */
  readonly leastLiving: Minor;
}

/** What a strategy offers, in the document's order. */
export type OfferRule = PlanRule | SettlementRule | WaiverRule | DefermentRule | DueDateRule | HardshipRule;
