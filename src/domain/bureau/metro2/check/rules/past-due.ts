import { bucketOfStatus } from '../../codes/days';
import type { Fault, Rule } from '../rule';

const FIELD = 'amountPastDue';

/** M4: nothing is past due on a current account; what is less than thirty days late is not counted. */
export const pastDue: Rule = {
  id: 'M4',
  reads: [FIELD, 'accountStatus', 'currentBalance'],
  find({ amountPastDue, accountStatus: status, currentBalance }) {
    if (status === '11')
      return amountPastDue === 0
        ? []
        : [{ field: FIELD, code: 'BUREAU_PAST_DUE_UNWANTED', args: { status } }];
    const bucket = bucketOfStatus(status);
    if (bucket === undefined) return [];
    const faults: Fault[] = [];
    // Cents are cut off: less than a dollar past due is zeros, rightly.
    if (amountPastDue === 0)
      faults.push({ field: FIELD, code: 'BUREAU_PAST_DUE_MISSING', args: { status }, severity: 'warning' });
    if (amountPastDue > currentBalance)
      faults.push({ field: FIELD, code: 'BUREAU_PAST_DUE_ABOVE_BALANCE', severity: 'warning' });
    return faults;
  },
};
