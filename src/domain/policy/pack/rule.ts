import type { IsoDate, Scalar, TimeOfDay } from '../../units';
import type { HappeningName } from './happenings';
import type {
  Action,
  Checked,
  DayKind,
  Force,
  Key,
  Measure,
  Outcome,
  Party,
  Place,
  Purpose,
  Recording,
  Role,
  WaiverKind,
  Way,
} from './words';

export interface Source {
  readonly text: string;
  readonly url?: string;
  readonly checked: Checked;
  readonly force: Force;
}

/** A length of time and how it is counted: days are whole local days, and what follows them is free. */
export interface Period {
  readonly n: number;
  readonly unit: 'hour' | 'day' | 'business-day' | 'month' | 'year';
  /** Which day is the first that counts: that of the event, or the next. */
  readonly first: 'event-day' | 'next-day';
  /** A last day on which nobody works moves to the next on which people do. */
  readonly roll: boolean;
}

export interface Waiver {
  readonly by: WaiverKind;
  /** It was given no longer ago than this; null: it does not age. */
  readonly within: Period | null;
}

/** What every rule has. A list that is null speaks of all; what a request leaves unknown matches any list. */
export interface RuleBase {
  readonly id: string;
  readonly says: string;
  readonly sources: readonly Source[];
  readonly from: IsoDate | null;
  readonly until: IsoDate | null;
  readonly roles: readonly Role[] | null;
  readonly products: readonly string[] | null;
  readonly actions: readonly Action[];
  readonly channels: readonly Way[] | null;
  readonly parties: readonly Party[] | null;
  readonly places: readonly Place[] | null;
  /** Purposes that the rule leaves alone. */
  readonly spares: readonly Purpose[];
  readonly waivedBy: readonly Waiver[];
  /** What stands against the rule is asked of a human instead of refused. */
  readonly asks: boolean;
}

export interface Span {
  readonly days: readonly DayKind[];
  readonly from: TimeOfDay;
  /** Outside the span itself; `24:00` is the end of the day. */
  readonly to: TimeOfDay;
}
export interface WindowRule extends RuleBase {
  readonly kind: 'window';
  readonly open: readonly Span[];
  /** Public holidays, and days that the ledger knows as the person's own: bereavement, wedding … */
  readonly closedOn: readonly string[];
}

export interface CapRule extends RuleBase {
  readonly kind: 'cap';
  readonly max: number;
  readonly counts: Measure;
  readonly per: readonly Key[];
  /** Whose attempts count. */
  readonly across: 'agent' | 'all';
  readonly period:
    | { readonly rolling: number; readonly unit: 'hour' | 'day' }
    | { readonly calendar: 'day' | 'week' | 'month'; readonly weekStarts: 'mon' | 'sun' | 'sat' }
    | { readonly ever: true };
  readonly notCounted: {
    readonly outcomes: readonly Outcome[];
    readonly under: readonly Waiver[];
    readonly purposes: readonly Purpose[];
  };
}

export interface CooldownRule extends RuleBase {
  readonly kind: 'cooldown';
  readonly after: Measure;
  readonly afterBy: readonly Way[] | null;
  readonly wait: Period;
  readonly per: readonly Key[];
}

export type Unlock =
  | { readonly when: 'endpoint-invalid' }
  | { readonly when: 'unanswered-calls'; readonly count: number; readonly from: 'now' | 'next-day' }
  | { readonly when: 'unanswered-days'; readonly count: number }
  | { readonly when: 'status'; readonly any: readonly HappeningName[] }
  | { readonly when: 'consent' }
  | { readonly when: 'offered-to-pay' };
export interface ThirdPartyRule extends RuleBase {
  readonly kind: 'third-party';
  /** `never`: nothing unlocks; `locked`: one of `unlockedBy` must have happened; `open`: only the rest of the rule speaks. */
  readonly begins: 'never' | 'locked' | 'open';
  readonly unlockedBy: readonly Unlock[];
  /** The debtor was spoken to: what unlocked before that counts no more. */
  readonly lockedAgain: boolean;
  readonly purposes: readonly Purpose[] | null;
  readonly silent: boolean;
  readonly endedByRefusal: boolean;
}

export interface ConsentRule extends RuleBase {
  readonly kind: 'consent';
  /** Which consent, as the ledger names it; null: none is needed, only opt-outs are honoured. */
  readonly needs: string | null;
  readonly form: 'any' | 'express' | 'separate' | 'written';
  readonly lasts: Period | null;
  readonly optOut: boolean;
}

export interface PreferenceRule extends RuleBase {
  readonly kind: 'preference';
  /** How long a wish that was only spoken binds; null: for ever, as a written one. */
  readonly spokenLasts: Period | null;
}

export interface HoldRule extends RuleBase {
  readonly kind: 'hold';
  readonly startedBy: readonly HappeningName[];
  readonly per: 'account' | 'person';
  readonly ends:
    | { readonly after: Period }
    | { readonly on: readonly HappeningName[]; readonly then: Period | null }
    | { readonly never: true };
}

export type Need =
  | {
      readonly of: 'event';
      readonly any: readonly HappeningName[];
      readonly ago: Period | null;
      /** Whether `ago` runs from the first that is enough, or from the newest. */
      readonly since: 'first' | 'last';
      readonly within: Period | null;
      readonly voidedBy: readonly HappeningName[];
      readonly count: number;
      readonly apart: Period | null;
      readonly per: 'account' | 'person' | 'endpoint';
    }
  | ({
      readonly of: 'fact';
      /** Only where this is so as well. */ readonly when: FactTest | null;
    } & FactTest);
export interface FactTest {
  readonly fact: string;
  readonly op: 'is' | 'at-least' | 'at-most';
  readonly value: Scalar;
}
export interface GateRule extends RuleBase {
  readonly kind: 'gate';
  /** Only when one of these has happened; null: always. */
  readonly once: readonly HappeningName[] | null;
  readonly needs: readonly Need[];
}

export interface DeadlineRule extends RuleBase {
  readonly kind: 'deadline';
  readonly startedBy: readonly HappeningName[];
  readonly within: Period;
  readonly must: readonly HappeningName[];
}

export interface ConductRule extends RuleBase {
  readonly kind: 'conduct';
  readonly minStaff: number | null;
  readonly recording: Recording | null;
  readonly disclosures: readonly string[];
  readonly forbiddenPhrases: readonly string[];
  readonly forbiddenMeans: readonly string[];
  readonly endpointSources: readonly string[] | null;
  readonly forbiddenEndpoints: readonly string[];
}

export interface RetentionRule extends RuleBase {
  readonly kind: 'retention';
  readonly records: readonly string[];
  readonly starts: 'record' | readonly HappeningName[];
  readonly atLeast: Period | null;
  readonly untilEvent: readonly HappeningName[] | null;
  readonly atMost: Period | null;
}

export interface ClockRule extends RuleBase {
  readonly kind: 'clock';
  readonly clock: string;
  readonly length: Period;
  readonly starts: readonly HappeningName[];
  /** The count begins with the end of the year in which it started. */
  readonly yearEnd: boolean;
  readonly restartedBy: readonly HappeningName[];
  readonly pausedBy: readonly { readonly from: HappeningName; readonly to: HappeningName }[];
  readonly longest: Period | null;
}

export interface AgencyRule extends RuleBase {
  readonly kind: 'agency';
  readonly wants: readonly string[];
  readonly reviewedWithin: Period | null;
}

/** One rule of a pack, ready to decide. Each kind has a file of its own under `kinds`. */
export type Rule =
  | WindowRule
  | CapRule
  | CooldownRule
  | ThirdPartyRule
  | ConsentRule
  | PreferenceRule
  | HoldRule
  | GateRule
  | DeadlineRule
  | ConductRule
  | RetentionRule
  | ClockRule
  | AgencyRule;
export type RuleKind = Rule['kind'];
