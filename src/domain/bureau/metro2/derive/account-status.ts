import type { AccountStatus } from '../codes/account-status';
import { isRated } from '../codes/account-status';
import { bucketOf } from '../codes/days';
import type { PaymentRating } from '../codes/payment';

/** What became of the goods or the house, or who collects now. */
export type Condition =
  | 'collections'
  | 'surrendered'
  | 'repossessed'
  | 'foreclosure-started'
  | 'foreclosed'
  | 'deed-in-lieu'
  | 'government-claim';

/** The facts of an account that its status is taken from. */
export interface StatusFacts {
  /** Contract DPD on the day of the figures: not shortened by holds, promises or disputes. */
  readonly contractDpd: number;
  readonly chargedOff: boolean;
  readonly condition: Condition | null;
  /** Paid in full, settled for less, closed with nothing owed, or sold; and contract DPD on the day before. */
  readonly ended: { readonly how: 'paid' | 'settled' | 'closed' | 'sold'; readonly dpdBefore: number } | null;
  /** Taken out of the record: fraud found, or told wrongly. */
  readonly deleted: 'fraud' | 'other' | null;
}

export interface StatusTold {
  readonly status: AccountStatus;
  /** Empty beside a status that wants none. */
  readonly rating: PaymentRating | '';
}

const OPEN: Readonly<Partial<Record<Condition, AccountStatus>>> = {
  collections: '93',
  surrendered: '95',
  repossessed: '96',
  foreclosed: '94',
  'deed-in-lieu': '89',
  'government-claim': '88',
};
const PAID: Readonly<Partial<Record<Condition, AccountStatus>>> = {
  collections: '62',
  surrendered: '61',
  repossessed: '63',
  'foreclosure-started': '65',
};

/**
 * Account status and payment rating (fields 17A and 17B) of the account's facts. A deletion goes before all else, then
 * the account's end, then a charge-off, then what became of the goods; else the days past due decide (rules M6, M8, M12).
 */
export function accountStatus(facts: StatusFacts): StatusTold {
  const { ended } = facts;
  const status = statusOf(facts);
  if (!isRated(status)) return { status, rating: '' };
  return { status, rating: ratingOf(facts, ended === null ? facts.contractDpd : ended.dpdBefore) };
}

function statusOf({ contractDpd, chargedOff, condition, ended, deleted }: StatusFacts): AccountStatus {
  if (deleted !== null) return deleted === 'fraud' ? 'DF' : 'DA';
  if (ended !== null) {
    if (ended.how === 'sold') return '05';
    return chargedOff ? '64' : ((condition === null ? undefined : PAID[condition]) ?? '13');
  }
  if (chargedOff) return '97';
  return (condition === null ? undefined : OPEN[condition]) ?? bucketOf(contractDpd).status;
}

function ratingOf({ chargedOff, condition }: StatusFacts, daysPastDue: number): PaymentRating {
  if (chargedOff) return 'L';
  return condition === 'collections' ? 'G' : (bucketOf(daysPastDue).rating as PaymentRating);
}
