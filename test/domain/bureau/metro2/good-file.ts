import { FileCheck, type CheckOptions } from '../../../../src/domain/bureau/metro2/check/check-file';
import type { Finding } from '../../../../src/domain/bureau/metro2/check/finding';
import { readFile } from '../../../../src/domain/bureau/metro2/read/read-file';
import {
  appendage,
  baseSegment,
  header,
  type Appendage,
  type DataRecord,
} from '../../../../src/domain/bureau/metro2/record';
import type { BaseValues } from '../../../../src/domain/bureau/metro2/layout/base';
import type { HeaderValues } from '../../../../src/domain/bureau/metro2/layout/header';
import { writeFile } from '../../../../src/domain/bureau/metro2/write/write-file';

export const HEAD: Partial<HeaderValues> = {
  equifaxProgramIdentifier: 'EFX0000001',
  activityDate: '2026-03-31',
  dateCreated: '2026-04-02',
  reporterName: 'EXAMPLE BANK',
  reporterAddress: '1 MAIN STREET SPRINGFIELD IL 62701',
};

/** A card that is current; nothing is wrong with it. */
export const CARD: Partial<BaseValues> = {
  ...{
    identificationNumber: 'BANK0001',
    consumerAccountNumber: 'ACC-0001',
    portfolioType: 'R',
    accountType: '18',
  },
  ...{
    dateOpened: '2020-05-04',
    creditLimit: 5000,
    highestCredit: 3100,
    termsDuration: 'REV',
    termsFrequency: 'M',
  },
  ...{ scheduledMonthlyPaymentAmount: 60, actualPaymentAmount: 60, accountStatus: '11', paymentRating: '' },
  ...{
    paymentHistoryProfile: `00E${'0'.repeat(21)}`,
    currentBalance: 2000,
    dateAccountInformation: '2026-03-31',
  },
  ...{ dateLastPayment: '2026-03-20', surname: 'LEE', firstName: 'ANN', socialSecurityNumber: '123456780' },
  ...{ dateBirth: '1980-02-03', telephoneNumber: '5175550100', ecoaCode: '1', countryCode: 'US' },
  ...{ firstLineAddress: '2 OAK ROAD', city: 'SPRINGFIELD', state: 'IL', zipCode: '62701' },
};

/** The same card 65 days late. */
export const LATE: Partial<BaseValues> = {
  ...CARD,
  ...{
    accountStatus: '78',
    amountPastDue: 120,
    dateFirstDelinquency: '2026-02-24',
    paymentHistoryProfile: `10E${'0'.repeat(21)}`,
  },
};
export const PAID: Partial<BaseValues> = {
  ...CARD,
  ...{ accountStatus: '13', paymentRating: '0', currentBalance: 0, scheduledMonthlyPaymentAmount: 0 },
  ...{ dateAccountInformation: '2026-03-20', dateClosed: '2026-03-20', specialComment: '' },
};
export const CHARGED_OFF: Partial<BaseValues> = {
  ...LATE,
  ...{ accountStatus: '97', amountPastDue: 1800, currentBalance: 1800, originalChargeOffAmount: 2000 },
  ...{
    dateFirstDelinquency: '2025-09-30',
    scheduledMonthlyPaymentAmount: 0,
    paymentHistoryProfile: `654321${'0'.repeat(18)}`,
  },
};
export const LOAN: Partial<BaseValues> = {
  ...CARD,
  ...{ portfolioType: 'I', accountType: '01', creditLimit: 0, highestCredit: 9000, termsDuration: '036' },
  paymentHistoryProfile: '0'.repeat(24),
};
export const SOLD: Partial<BaseValues> = {
  ...LATE,
  ...{
    accountStatus: '05',
    paymentRating: '2',
    currentBalance: 0,
    amountPastDue: 0,
    scheduledMonthlyPaymentAmount: 0,
  },
  ...{ dateClosed: '2026-03-31', specialComment: 'AH' },
};
export const SOLD_TO = appendage('K2', { purchasedIndicator: '2', purchasedName: 'BUYER LLC' });
export const COLLECTION: Partial<BaseValues> = {
  ...CHARGED_OFF,
  ...{
    portfolioType: 'O',
    accountType: '48',
    termsDuration: '001',
    creditLimit: 0,
    accountStatus: '93',
    originalChargeOffAmount: 0,
  },
};
export const CREDITOR = appendage('K1', {
  originalCreditorName: 'EXAMPLE BANK',
  creditorClassification: '08',
});
export const JOINT = {
  ...{
    surname: 'LEE',
    firstName: 'BOB',
    socialSecurityNumber: '123456781',
    dateBirth: '1979-01-01',
    ecoaCode: '2',
  },
};

export const record = (values: Partial<BaseValues>, appendages: readonly Appendage[] = []): DataRecord => ({
  kind: 'data',
  base: baseSegment(values),
  appendages,
});

export async function text(
  records: readonly DataRecord[],
  head: Partial<HeaderValues> = {},
): Promise<string> {
  let written = '';
  for await (const piece of writeFile(header({ ...HEAD, ...head }), records, { length: 826 }))
    written += piece;
  return written;
}

/** Everything that the check finds in a file. */
export async function findings(file: string, options: CheckOptions = {}): Promise<Finding[]> {
  const check = new FileCheck({ today: '2026-04-03', ...options });
  const found: Finding[] = [];
  for await (const read of readFile([file])) found.push(...check.record(read));
  return [...found, ...check.end()];
}
