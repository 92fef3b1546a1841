import { addDays } from '../../../../calendar/day';
import type { BaseField } from '../../layout/base';
import { isOfThePeriod, isPaid } from '../../codes/account-status';
import type { Fault, Rule } from '../rule';

const FIELD = 'dateAccountInformation';
/** A period is a month: a day earlier than so many before its end is of another one. */
const PERIOD_DAYS = 31;

/** M5: figures of the period that is reported; of a paid account the day that it was paid; nothing of the future. */
export const accountInformation: Rule = {
  id: 'M5',
  reads: [FIELD, 'accountStatus', 'dateLastPayment'],
  find({ dateAccountInformation: on, accountStatus: status, dateLastPayment }, _appendages, around) {
    if (on === null) return [];
    if (around.latest !== null && on > around.latest) return [{ field: FIELD, code: 'BUREAU_DATE_FUTURE' }];
    if (
      isOfThePeriod(status) &&
      around.activityDate !== null &&
      on < addDays(around.activityDate, -PERIOD_DAYS)
    )
      return [{ field: FIELD, code: 'BUREAU_DATE_OF_OTHER_PERIOD', args: { status } }];
    if (isPaid(status) && dateLastPayment !== null && dateLastPayment !== on)
      return [{ field: FIELD, code: 'BUREAU_DATE_NOT_OF_PAYMENT', args: { status }, severity: 'warning' }];
    return [];
  },
};

const PAST: readonly BaseField[] = ['dateOpened', 'dateClosed', 'dateLastPayment', 'dateBirth'];

/** M5 for the other dates: none lies in the future, and none before the account was opened. */
export const otherDates: Rule = {
  id: 'M5',
  reads: [...PAST, 'dateFirstDelinquency'],
  find(base, _appendages, { latest }) {
    const faults: Fault[] = [];
    for (const field of PAST) {
      const day = base[field];
      if (typeof day === 'string' && latest !== null && day > latest)
        faults.push({ field, code: 'BUREAU_DATE_FUTURE' });
    }
    const { dateOpened: opened } = base;
    if (opened === null) return faults;
    for (const field of ['dateClosed', 'dateLastPayment', 'dateFirstDelinquency'] as const) {
      const day = base[field];
      if (day !== null && day < opened)
        faults.push({ field, code: 'BUREAU_DATE_BEFORE_OPENING', severity: 'warning' });
    }
    return faults;
  },
};
