import { isRated } from '../../codes/account-status';
import { fits, TERMS_DURATION } from '../../codes/portfolio';
import type { Fault, Rule } from '../rule';

/** M7: an instalment loan has its original amount and no limit; a line or a card its limit, the last one when closed. */
export const limits: Rule = {
  id: 'M7',
  reads: ['portfolioType', 'creditLimit', 'highestCredit'],
  find({ portfolioType, creditLimit, highestCredit }) {
    const args = { portfolio: portfolioType };
    if (portfolioType === 'I' || portfolioType === 'M') {
      const faults: Fault[] = [];
      if (creditLimit !== 0) faults.push({ field: 'creditLimit', code: 'BUREAU_LIMIT_UNWANTED', args });
      if (highestCredit === 0)
        faults.push({ field: 'highestCredit', code: 'BUREAU_ORIGINAL_LOAN_MISSING', args });
      return faults;
    }
    const limited = portfolioType === 'R' || portfolioType === 'C';
    return limited && creditLimit === 0 ? [{ field: 'creditLimit', code: 'BUREAU_LIMIT_MISSING', args }] : [];
  },
};

/** P: the account type stands under its portfolio, and the terms are written as the portfolio has them. */
export const portfolio: Rule = {
  id: 'P',
  reads: ['portfolioType', 'accountType', 'termsDuration'],
  find({ portfolioType, accountType, termsDuration }) {
    const faults: Fault[] = [];
    const args = { portfolio: portfolioType };
    if (!fits(accountType, portfolioType))
      faults.push({ field: 'accountType', code: 'BUREAU_TYPE_UNFIT', args });
    const terms = TERMS_DURATION[portfolioType];
    const good = terms === undefined ? /^\d{3}$/.test(termsDuration) : termsDuration === terms;
    if (!good)
      faults.push({
        field: 'termsDuration',
        code: 'BUREAU_TERMS_UNFIT',
        args: { ...args, wanted: terms ?? 'months, three digits' },
      });
    return faults;
  },
};

/** P: a payment rating beside the statuses that want one, and beside no other. */
export const rating: Rule = {
  id: 'P',
  reads: ['accountStatus', 'paymentRating'],
  find({ accountStatus: status, paymentRating }) {
    const field = 'paymentRating';
    if (isRated(status) && paymentRating === '')
      return [{ field, code: 'BUREAU_RATING_MISSING', args: { status } }];
    if (!isRated(status) && paymentRating !== '')
      return [{ field, code: 'BUREAU_RATING_UNWANTED', args: { status } }];
    return [];
  },
};
