import { accountOn } from './account-on';
import type { DisputeKnown } from './snapshot';
import { disputeKnown, type Journal } from './take-snapshot';

/** The end of time: everything that was told counts. */
const EVER = '9999-12-30';

/** The disputes of an account as they are by everything that is known, whichever day the figures are of. */
export function disputesNow({ enrolment, facts }: Journal): readonly DisputeKnown[] {
  const account = accountOn(enrolment, facts, EVER);
  return account.disputes.map((dispute) => disputeKnown(account, dispute));
}
