import type { AnyPart } from '../record';
import { ACCOUNT_STATUS } from './account-status';
import { ACCOUNT_TYPE } from './account-type';
import { COMPLIANCE_CONDITION } from './compliance';
import { ADDRESS_INDICATOR, CONSUMER_INFORMATION, ECOA, GENERATION, RESIDENCE } from './consumer';
import { CHANGE, CORRECTION, CREDITOR_CLASSIFICATION, MORTGAGE_AGENCY, PURCHASED } from './creditor';
import { INTEREST_TYPE, PAYMENT_RATING, SPECIALIZED_PAYMENT, TERMS_FREQUENCY } from './payment';
import { PORTFOLIO_TYPE } from './portfolio';
import { SPECIAL_COMMENT } from './special-comment';
import type { CodeTable } from './table';

const CONSUMER = {
  generationCode: GENERATION,
  ecoaCode: ECOA,
  consumerInformationIndicator: CONSUMER_INFORMATION,
  addressIndicator: ADDRESS_INDICATOR,
  residenceCode: RESIDENCE,
};

/** Which field takes its value from which table, by segment. The payment history is a table a character, see payment.ts. */
const TABLES: Readonly<Partial<Record<AnyPart['id'], Readonly<Record<string, CodeTable>>>>> = {
  base: {
    ...CONSUMER,
    correctionIndicator: CORRECTION,
    portfolioType: PORTFOLIO_TYPE,
    accountType: ACCOUNT_TYPE,
    termsFrequency: TERMS_FREQUENCY,
    accountStatus: ACCOUNT_STATUS,
    paymentRating: PAYMENT_RATING,
    specialComment: SPECIAL_COMMENT,
    complianceConditionCode: COMPLIANCE_CONDITION,
    interestTypeIndicator: INTEREST_TYPE,
  },
  J1: CONSUMER,
  J2: CONSUMER,
  K1: { creditorClassification: CREDITOR_CLASSIFICATION },
  K2: { purchasedIndicator: PURCHASED },
  K3: { agencyIdentifier: MORTGAGE_AGENCY },
  K4: { specializedPaymentIndicator: SPECIALIZED_PAYMENT },
  L1: { changeIndicator: CHANGE },
};

/** The table of a field; undefined for a field that is not coded. */
export function tableOf(part: AnyPart['id'], field: string): CodeTable | undefined {
  const tables = TABLES[part];
  return tables !== undefined && Object.hasOwn(tables, field) ? tables[field] : undefined;
}
