import type { IsoDate } from '../units';

/** A hold of a person who shares the debt of an account. */
export interface DebtorHold {
  readonly person: string;
  readonly hold: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
}

/**
 * What a person's hold holds of an account: that person only while somebody else who shares the debt may be spoken to,
 * else the account. So the death of one joint borrower holds contact with that one, and the debt goes on (ladders 16).
 * `debtors` are the people who share it now; somebody who only stands beside the debt never holds it.
 */
export function holdScope(
  held: DebtorHold,
  debtors: readonly string[],
  holds: readonly DebtorHold[],
): 'account' | 'party' {
  if (!debtors.includes(held.person)) return 'party';
  const free = debtors.some(
    (other) =>
      other !== held.person && !holds.some(({ person, ...own }) => person === other && overlap(own, held)),
  );
  return free ? 'party' : 'account';
}

type Period = Pick<DebtorHold, 'from' | 'until'>;

function overlap(one: Period, other: Period): boolean {
  return (one.until === null || one.until >= other.from) && (other.until === null || other.until >= one.from);
}
