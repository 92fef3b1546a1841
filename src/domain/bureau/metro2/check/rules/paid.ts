import { isPaid } from '../../codes/account-status';
import type { BaseField } from '../../layout/base';
import type { Fault, Rule } from '../rule';

const ZERO: readonly BaseField[] = ['currentBalance', 'amountPastDue', 'scheduledMonthlyPaymentAmount'];

/** M6: of a paid account nothing is owed, nothing is scheduled, and the day is told on which it was closed. */
export const paid: Rule = {
  id: 'M6',
  reads: [...ZERO, 'accountStatus', 'dateClosed'],
  find(base) {
    const status = base.accountStatus;
    if (!isPaid(status)) return [];
    const faults: Fault[] = ZERO.filter((field) => base[field] !== 0).map((field) => ({
      field,
      code: 'BUREAU_PAID_BUT_OWED',
      args: { status },
    }));
    if (base.dateClosed === null)
      faults.push({ field: 'dateClosed', code: 'BUREAU_CLOSED_MISSING', args: { status } });
    return faults;
  },
};
