import { daysBetween } from '../../../../calendar/day';
import { bucketOfStatus } from '../../codes/days';
import type { Rule } from '../rule';

/**
 * M12: the status is the bucket of the days past due on the day of the figures. The days do not stand in the file;
 * between two files they grow by no more than the days between.
 */
export const statusOfDays: Rule = {
  id: 'M12',
  reads: ['accountStatus', 'dateAccountInformation'],
  find({ accountStatus: status, dateAccountInformation: on }, _appendages, { earlier }) {
    const now = bucketOfStatus(status);
    const before = bucketOfStatus(earlier?.accountStatus ?? '');
    const since = earlier?.dateAccountInformation ?? null;
    if (now === undefined || before === undefined || since === null || on === null) return [];
    const most = before.to + Math.max(0, daysBetween(since, on));
    return most >= now.from
      ? []
      : [
          {
            field: 'accountStatus',
            code: 'BUREAU_STATUS_JUMPED',
            args: { status, most, from: now.from },
            severity: 'warning',
          },
        ];
  },
};
