import type { Currency, IsoDate, Minor } from '../../../units';
import { isPaid, wasChargedOff } from '../codes/account-status';
import type { PortfolioType } from '../codes/portfolio';
import { TERMS_DURATION } from '../codes/portfolio';
import type { BaseValues } from '../layout/base';
import { accountStatus, type StatusFacts } from './account-status';
import { complianceCode, type ComplianceFacts } from './compliance';
import { consumerInformation, type ConsumerFacts } from './consumer';
import { wholeDollars } from './dollars';
import { firstDelinquency } from './first-delinquency';
import { monthsBetween, nextProfile, NO_HISTORY, type MonthTold } from './payment-history';
import { specialComment, type Circumstance } from './special-comment';

/** The facts of one account at the end of a period, in the lender's own units. Nothing of a person. */
export interface AccountMonth {
  /** Day of the figures. */
  readonly on: IsoDate;
  readonly currency: Currency;
  readonly portfolio: PortfolioType;
  /** Code of field 9. */
  readonly accountType: string;
  readonly openedOn: IsoDate;
  /** Months that an instalment loan runs; of no meaning for cards and lines. */
  readonly months: number;
  /** Limit of a card or a line, the last one when it is closed. */
  readonly limit: Minor;
  /** Original amount of a loan, highest balance of a card. */
  readonly highest: Minor;
  readonly balance: Minor;
  readonly scheduled: Minor;
  /** Paid within the period. */
  readonly paid: Minor;
  readonly lastPayment: IsoDate | null;
  /** What is unpaid, part by part, with its contract days. */
  readonly late: readonly { readonly days: number; readonly amount: Minor }[];
  /** Due date of the oldest unpaid part; of an account that ended the one before its end. */
  readonly oldestDue: IsoDate | null;
  /** Last day on which it was current before that. */
  readonly currentOn: IsoDate | null;
  /** In full, as it was on the day; null when it was not charged off. */
  readonly chargedOff: Minor | null;
  readonly status: Omit<StatusFacts, 'chargedOff'>;
  /** Day of the account's end, or on which a card was closed to new use. */
  readonly closedOn: IsoDate | null;
  readonly compliance: ComplianceFacts;
  readonly consumer: ConsumerFacts;
  readonly petition: IsoDate | null;
  readonly circumstances: readonly Circumstance[];
}

/** What was told of the account last, which the next report must agree with. Small plain data. */
export interface Told extends MonthTold {
  readonly on: IsoDate;
  readonly profile: string;
  readonly firstDelinquency: IsoDate | null;
  readonly compliance: string;
  readonly consumerInformation: string;
  /** As it was told first: it stays in full. */
  readonly chargedOff: number;
}

/** Amounts are counted as past due when they are so many days late (rule M4). */
const LATE_DAYS = 30;

/** Fields of the base segment that say how the account stands; who owes it is added by whoever knows. */
export type AccountFields = Pick<
  BaseValues,
  | ('portfolioType' | 'accountType' | 'dateOpened' | 'creditLimit' | 'highestCredit' | 'termsDuration')
  | ('termsFrequency' | 'scheduledMonthlyPaymentAmount' | 'actualPaymentAmount' | 'accountStatus')
  | ('paymentRating' | 'paymentHistoryProfile' | 'specialComment' | 'complianceConditionCode')
  | ('currentBalance' | 'amountPastDue' | 'originalChargeOffAmount' | 'dateAccountInformation')
  | ('dateFirstDelinquency' | 'dateClosed' | 'dateLastPayment' | 'consumerInformationIndicator')
>;

/**
 * An account's fields of a period, and what is to be remembered for the next. Pure.
 * @param said what its codes of disputes and consumers were last, where a period is told anew: those are ended, not forgotten
 * Errors BUREAU_FIRST_DELINQUENCY_UNKNOWN, BUREAU_AMOUNT_TOO_LARGE, UNKNOWN_CURRENCY: such a record is held back.
 */
export function furnish(
  month: AccountMonth,
  last: Told | null,
  said: Pick<Told, 'compliance' | 'consumerInformation'> | null = last,
): { fields: AccountFields; told: Told } {
  const { portfolio, currency, on } = month;
  const dollars = (amount: Minor) => wholeDollars(amount, currency);
  const { status, rating } = accountStatus({ ...month.status, chargedOff: month.chargedOff !== null });
  const over = isPaid(status) || status === '05';
  const chargedOff = wasChargedOff(status) ? last?.chargedOff || dollars(month.chargedOff ?? 0) : 0;
  const first = firstDelinquency(last?.firstDelinquency ?? null, {
    ...{ status, rating, oldestDue: month.oldestDue, currentOn: month.currentOn, petition: month.petition },
  });
  const informedOn = isPaid(status) ? (month.closedOn ?? on) : on;
  const profile =
    last === null ? NO_HISTORY : nextProfile(last.profile, last, monthsBetween(last.on, informedOn));
  const loan = portfolio === 'I' || portfolio === 'M';
  const fields: AccountFields = {
    portfolioType: portfolio,
    accountType: month.accountType,
    dateOpened: month.openedOn,
    creditLimit: loan ? 0 : dollars(month.limit),
    highestCredit: dollars(month.highest),
    termsDuration: TERMS_DURATION[portfolio] ?? String(month.months).padStart(3, '0'),
    termsFrequency: 'M',
    scheduledMonthlyPaymentAmount: over ? 0 : dollars(month.scheduled),
    actualPaymentAmount: dollars(month.paid),
    accountStatus: status,
    paymentRating: rating,
    paymentHistoryProfile: profile,
    specialComment: specialComment(month.circumstances),
    complianceConditionCode: complianceCode(month.compliance, said?.compliance ?? ''),
    currentBalance: over ? 0 : dollars(month.balance),
    amountPastDue: over || status === '11' ? 0 : dollars(pastDue(month)),
    originalChargeOffAmount: chargedOff,
    dateAccountInformation: informedOn,
    dateFirstDelinquency: first,
    dateClosed: month.closedOn ?? (over ? informedOn : null),
    dateLastPayment: month.lastPayment,
    consumerInformationIndicator: consumerInformation(month.consumer, said?.consumerInformation ?? ''),
  };
  return { fields, told: toldOf(fields, profile) };
}

/** A charged-off debt is due as a whole. */
function pastDue({ late, chargedOff, balance }: AccountMonth): Minor {
  if (chargedOff !== null) return balance;
  return late.filter(({ days }) => days >= LATE_DAYS).reduce((sum, { amount }) => sum + amount, 0);
}

function toldOf(fields: AccountFields, profile: string): Told {
  return {
    on: fields.dateAccountInformation ?? '',
    profile,
    accountStatus: fields.accountStatus,
    paymentRating: fields.paymentRating,
    portfolioType: fields.portfolioType,
    zeroBalance: fields.currentBalance === 0,
    firstDelinquency: fields.dateFirstDelinquency,
    compliance: fields.complianceConditionCode,
    consumerInformation: fields.consumerInformationIndicator,
    chargedOff: fields.originalChargeOffAmount,
  };
}
