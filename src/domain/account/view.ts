import { activeHolds } from '../hold/active';
import { standing } from '../delinquency/standing';
import type { Strategy } from '../strategy/strategy';
import type { IsoDate, Minor } from '../units';
import type { AccountState } from './state';

/** What lists and reports show of an account; kept in the book with each activity. */
export interface AccountView {
  readonly stage: string | null;
  readonly segment: string | null;
  readonly path: string | null;
  readonly contractDpd: number;
  readonly treatmentDpd: number;
  readonly cycles: number;
  readonly bucket: number;
  readonly pastDue: Minor;
  readonly balance: Minor;
  readonly oldestDue: IsoDate | null;
  /** Types of the holds in force, each once. */
  readonly holds: readonly string[];
  /** Status of the promise made last, or null when there never was one. */
  readonly promise: string | null;
}

/** The account as it is shown on a day. */
export function view(account: AccountState, strategy: Pick<Strategy, 'counting'>, day: IsoDate): AccountView {
  const at = standing(account, strategy.counting, day);
  return {
    stage: account.stage,
    segment: account.segment,
    path: account.path,
    contractDpd: at.contractDpd,
    treatmentDpd: at.treatmentDpd,
    cycles: at.cycles,
    bucket: at.bucket,
    pastDue: at.pastDue,
    balance: at.balance,
    oldestDue: at.oldestDue,
    holds: [...new Set(activeHolds(account.holds, day).map(({ type }) => type))],
    promise: account.promises[account.promises.length - 1]?.status ?? null,
  };
}
