import type { AccountState } from '../account/state';
import { totalOf } from '../ledger/components';
import type { IsoDate } from '../units';
import { isRunning, waivedBy, type Agreement, type AgreementTerms } from './agreement';
import { judgeAgreement } from './judge';

/** Why somebody of the staff ends an agreement. Codes, for they go where no words about a person may. [practice] */
export const END_REASONS = [
  'person-asked',
  'made-in-error',
  'wrong-figures',
  'made-anew',
  'untrue-statement',
  'lender-decided',
] as const;
export type AgreementEndReason = (typeof END_REASONS)[number];

export function isEndReason(text: string): text is AgreementEndReason {
  return (END_REASONS as readonly string[]).includes(text);
}

/** Ending it takes back what a person was given: a settlement or a waiver that gave something up needs two people. */
export function isWeighty(terms: AgreementTerms): boolean {
  const given = waivedBy(terms);
  return given !== null && totalOf(given) > 0;
}

/**
 * Why there is nothing left of it to end on a day, or null while it runs. A journal alone says what was taken back or
 * has another one in its place; kept or broken it is by the day and the money.
 */
export function overBecause(account: AccountState, agreement: Agreement, day: IsoDate): string | null {
  if (!isRunning(agreement)) return agreement.status;
  if (account.closed !== null) return 'the account is closed';
  const judged = { ...agreement, status: judgeAgreement(account, agreement, day).status };
  return isRunning(judged) ? null : judged.status;
}
