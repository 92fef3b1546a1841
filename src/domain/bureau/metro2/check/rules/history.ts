import { isPaid } from '../../codes/account-status';
import { PAYMENT_HISTORY, PROFILE_MONTHS } from '../../codes/payment';
import { knows } from '../../codes/table';
import { historyCode, monthsBetween } from '../../derive/payment-history';
import type { Fault, Rule } from '../rule';

const FIELD = 'paymentHistoryProfile';

/** C: 24 characters of the table, and B, no history before, behind all others only. */
export const historyCodes: Rule = {
  id: 'C',
  reads: [FIELD],
  find({ paymentHistoryProfile: profile }) {
    const faults: Fault[] = [];
    if (profile.length !== PROFILE_MONTHS)
      faults.push({ field: FIELD, code: 'BUREAU_HISTORY_LENGTH', args: { has: profile.length } });
    const unknown = [...profile].findIndex((char) => !knows(PAYMENT_HISTORY, char));
    if (unknown !== -1)
      faults.push({ field: FIELD, code: 'BUREAU_HISTORY_CODE', args: { month: unknown + 1 } });
    if (/B[^B]/.test(profile))
      faults.push({ field: FIELD, code: 'BUREAU_HISTORY_GAP', args: { month: profile.indexOf('B') + 1 } });
    return faults;
  },
};

/** M13: last month's profile moved by one, with last month's status in front; months without a file are D. */
export const historyMoves: Rule = {
  id: 'M13',
  reads: [FIELD, 'dateAccountInformation', 'dateOpened'],
  find({ paymentHistoryProfile: profile, dateAccountInformation: on, dateOpened }, _appendages, { earlier }) {
    if (profile.length !== PROFILE_MONTHS || on === null) return [];
    // The first character is the month before the figures; the month of opening is the last that can have one.
    const known = dateOpened === null ? PROFILE_MONTHS : Math.max(0, monthsBetween(dateOpened, on));
    const early = [...profile].findIndex((char, i) => i >= known && char !== 'B');
    if (early !== -1)
      return [{ field: FIELD, code: 'BUREAU_HISTORY_BEFORE_OPENING', args: { month: early + 1 } }];
    const since = earlier?.dateAccountInformation ?? null;
    if (since === null || earlier === null || earlier === undefined || isPaid(earlier.accountStatus))
      return [];
    const months = monthsBetween(since, on);
    if (months < 0 || months >= PROFILE_MONTHS) return [];
    const moved = (months === 0 ? '' : historyCode(earlier)) + earlier.paymentHistoryProfile;
    const mine = profile.slice(Math.max(0, months - 1));
    const at = [...mine].findIndex((char, i) => char !== moved[i]);
    return at === -1
      ? []
      : [{ field: FIELD, code: 'BUREAU_HISTORY_CHANGED', args: { month: at + Math.max(1, months) } }];
  },
};
