import { saysDisputed, saysInvestigated } from '../../codes/compliance';
import { isDeleted } from '../../codes/account-status';
import type { Rule } from '../rule';

const FIELD = 'complianceConditionCode';

/** M11: an open dispute is marked in the same cycle; a mark is ended by what the investigation came to. */
export const disputes: Rule = {
  id: 'M11',
  reads: [FIELD, 'accountStatus'],
  find({ complianceConditionCode: code, accountStatus }, _appendages, { earlier, disputed }) {
    if (isDeleted(accountStatus)) return [];
    if (disputed === true && !saysDisputed(code)) return [{ field: FIELD, code: 'BUREAU_DISPUTE_UNMARKED' }];
    if (disputed === false && saysDisputed(code)) return [{ field: FIELD, code: 'BUREAU_DISPUTE_NOT_OPEN' }];
    const before = earlier?.complianceConditionCode ?? '';
    const ended = saysInvestigated(code) || saysDisputed(code) || code === 'XR';
    if (saysDisputed(before) && !ended) return [{ field: FIELD, code: 'BUREAU_DISPUTE_NOT_ENDED' }];
    return [];
  },
};
