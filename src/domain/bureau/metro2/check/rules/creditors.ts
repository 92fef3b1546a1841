import { AGENCY_TYPES, DEBT_BUYER } from '../../codes/portfolio';
import { isDeleted } from '../../codes/account-status';
import type { BaseField } from '../../layout/base';
import type { Fault, Rule } from '../rule';

const ZERO: readonly BaseField[] = ['currentBalance', 'amountPastDue', 'scheduledMonthlyPaymentAmount'];

/** M8: who was the first creditor, whom it was bought from or sold to; a sold account is transferred and empty. */
export const creditors: Rule = {
  id: 'M8',
  reads: [...ZERO, 'accountType', 'accountStatus'],
  find(base, appendages) {
    const { accountType, accountStatus: status } = base;
    const faults: Fault[] = [];
    const first = appendages.findIndex(({ id }) => id === 'K1');
    if (AGENCY_TYPES.has(accountType) && first === -1)
      faults.push({ field: 'accountType', code: 'BUREAU_CREDITOR_MISSING' });
    if (!AGENCY_TYPES.has(accountType) && first !== -1)
      faults.push({
        field: 'originalCreditorName',
        appendage: first,
        code: 'BUREAU_CREDITOR_UNWANTED',
        severity: 'warning',
      });
    const at = appendages.findIndex(({ id }) => id === 'K2');
    const found = appendages[at];
    const indicator = found?.id === 'K2' ? found.values.purchasedIndicator : '';
    if (accountType === DEBT_BUYER && indicator === '')
      faults.push({ field: 'accountType', code: 'BUREAU_SELLER_MISSING' });
    if (indicator !== '2' || isDeleted(status)) return faults;
    if (status !== '05') faults.push({ field: 'accountStatus', code: 'BUREAU_SOLD_NOT_TRANSFERRED' });
    for (const field of ZERO) if (base[field] !== 0) faults.push({ field, code: 'BUREAU_SOLD_BUT_OWED' });
    return faults;
  },
};
