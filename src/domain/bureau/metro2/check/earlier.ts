import type { IsoDate } from '../../../units';
import type { BaseValues } from '../layout/base';
import type { DataRecord } from '../record';

/** What the file before said of an account, as far as the next one must agree with it. */
export interface Earlier {
  readonly identificationNumber: string;
  readonly accountStatus: string;
  readonly paymentRating: string;
  readonly portfolioType: string;
  readonly zeroBalance: boolean;
  readonly paymentHistoryProfile: string;
  readonly complianceConditionCode: string;
  readonly originalChargeOffAmount: number;
  readonly dateAccountInformation: IsoDate | null;
  readonly dateFirstDelinquency: IsoDate | null;
}

const SEPARATOR = '\u0000';

/**
 * The accounts of the last file by account number, one short text each. An account whose number changed then is
 * found under its new one.
 */
export class EarlierFile {
  private readonly accounts = new Map<string, string>();

  add({ base, appendages }: DataRecord): void {
    const { values } = base;
    const change = appendages.find(({ id }) => id === 'L1');
    const renamed = change?.id === 'L1' ? change.values.newConsumerAccountNumber : '';
    const renumbered = change?.id === 'L1' ? change.values.newIdentificationNumber : '';
    const number = renamed === '' ? values.consumerAccountNumber : renamed;
    this.accounts.set(flat(number), packed(values, renumbered));
  }

  find(accountNumber: string): Earlier | null {
    const found = this.accounts.get(accountNumber);
    return found === undefined ? null : unpacked(found);
  }
}

function packed(values: BaseValues, renumbered: string): string {
  return flat(
    [
      renumbered === '' ? values.identificationNumber : renumbered,
      values.accountStatus,
      values.paymentRating,
      values.portfolioType,
      values.currentBalance === 0 ? '0' : '1',
      values.paymentHistoryProfile,
      values.complianceConditionCode,
      values.originalChargeOffAmount,
      values.dateAccountInformation ?? '',
      values.dateFirstDelinquency ?? '',
    ].join(SEPARATOR),
  );
}

function unpacked(text: string): Earlier {
  const [
    id = '',
    status = '',
    rating = '',
    portfolio = '',
    balance,
    profile = '',
    code = '',
    amount,
    on,
    first,
  ] = text.split(SEPARATOR);
  return {
    identificationNumber: id,
    accountStatus: status,
    paymentRating: rating,
    portfolioType: portfolio,
    zeroBalance: balance === '0',
    paymentHistoryProfile: profile,
    complianceConditionCode: code,
    originalChargeOffAmount: Number(amount),
    dateAccountInformation: on === '' || on === undefined ? null : on,
    dateFirstDelinquency: first === '' || first === undefined ? null : first,
  };
}

/** A copy of its own: a part of a text keeps the whole of it alive, here a piece of the file. */
export function flat(text: string): string {
  return text.split('').join('');
}
