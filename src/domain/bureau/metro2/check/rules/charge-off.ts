import { wasChargedOff } from '../../codes/account-status';
import type { Fault, Rule } from '../rule';

const FIELD = 'originalChargeOffAmount';

/** M3: the original amount with 64 and 97 only, in full as long as it is told; what is left stands in the balance. */
export const chargeOff: Rule = {
  id: 'M3',
  reads: [FIELD, 'accountStatus', 'currentBalance', 'amountPastDue'],
  find(base, _appendages, { earlier }) {
    const { originalChargeOffAmount: amount, accountStatus: status } = base;
    if (!wasChargedOff(status))
      return amount === 0 ? [] : [{ field: FIELD, code: 'BUREAU_CHARGE_OFF_UNWANTED', args: { status } }];
    if (amount === 0) return [{ field: FIELD, code: 'BUREAU_CHARGE_OFF_MISSING', args: { status } }];
    const faults: Fault[] = [];
    const before = earlier?.originalChargeOffAmount ?? 0;
    if (before > 0 && before !== amount) faults.push({ field: FIELD, code: 'BUREAU_CHARGE_OFF_CHANGED' });
    if (status === '97' && base.currentBalance > 0 && base.amountPastDue === 0)
      faults.push({
        field: 'amountPastDue',
        code: 'BUREAU_PAST_DUE_MISSING',
        args: { status },
        severity: 'warning',
      });
    return faults;
  },
};
