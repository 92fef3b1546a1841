import { addDays } from '../../../../calendar/day';
import { needsFirstDelinquency } from '../../derive/first-delinquency';
import { bucketOfRating, bucketOfStatus } from '../../codes/days';
import { cameOfDelinquency, isDeleted } from '../../codes/account-status';
import { isBankruptcy } from '../../codes/consumer';
import type { Fault, Rule } from '../rule';

const FIELD = 'dateFirstDelinquency';

/** M1: there exactly where a delinquency led to the status, and old enough for it. */
export const firstDelinquency: Rule = {
  id: 'M1',
  reads: [FIELD, 'accountStatus', 'paymentRating', 'consumerInformationIndicator', 'dateAccountInformation'],
  find(base, _appendages, around) {
    const { dateFirstDelinquency: first, accountStatus: status, paymentRating: rating } = base;
    const wanted = needsFirstDelinquency(status, rating);
    const bankrupt = isBankruptcy(base.consumerInformationIndicator);
    if (first === null) {
      return wanted || (bankrupt && !isDeleted(status))
        ? [{ field: FIELD, code: 'BUREAU_FIRST_DELINQUENCY_MISSING', args: { status } }]
        : [];
    }
    if (!wanted && !bankrupt && !isDeleted(status))
      return [{ field: FIELD, code: 'BUREAU_FIRST_DELINQUENCY_UNWANTED', args: { status } }];
    const faults: Fault[] = [];
    if (around.latest !== null && first > around.latest)
      faults.push({ field: FIELD, code: 'BUREAU_DATE_FUTURE' });
    // First thirty days late on that day: days beyond thirty are those since. Only the lower end can be told.
    const days = (cameOfDelinquency(status) ? bucketOfStatus(status) : bucketOfRating(rating))?.from ?? 0;
    const on = base.dateAccountInformation;
    if (wanted && on !== null && days >= 30 && first > addDays(on, 30 - days))
      faults.push({ field: FIELD, code: 'BUREAU_FIRST_DELINQUENCY_LATE', args: { status, days } });
    return faults;
  },
};

/** M2: it never moves forward, whoever reports. It goes to zeros on a cure only. */
export const neverForward: Rule = {
  id: 'M2',
  reads: [FIELD, 'accountStatus', 'paymentRating'],
  find({ dateFirstDelinquency: first, accountStatus, paymentRating }, _appendages, { earlier }) {
    const before = earlier?.dateFirstDelinquency ?? null;
    if (first === null || before === null || first <= before || earlier === null || earlier === undefined)
      return [];
    // A cure and a new delinquency of thirty days within one month: only where the status before was current.
    const still = needsFirstDelinquency(earlier.accountStatus, earlier.paymentRating);
    return still && needsFirstDelinquency(accountStatus, paymentRating)
      ? [{ field: FIELD, code: 'BUREAU_FIRST_DELINQUENCY_FORWARD' }]
      : [];
  },
};
