import type { HoldType } from '../account/events';
import type { AccountState, Hold } from '../account/state';
import { agreementsOf } from '../agreement/judge';
import { endedEarly, type Agreement } from '../agreement/agreement';
import { addDays, minDate } from '../calendar/day';
import type { IsoDate } from '../units';
import type { LedgerEntry, Stopped } from './loan';

/** Later than any day that is asked about. */
const FOR_EVER = '9999-12-31';

const ALL: readonly Stopped[] = ['interest', 'penalty-interest', 'late-charge'];
/** What is charged for being late: interest by the contract goes on. */
const LATE: readonly Stopped[] = ['penalty-interest', 'late-charge'];

/**
 * What a hold keeps from being charged while it lasts; what is not named goes on. Of the first three by rule: a
 * moratorium stops interest, fees and charges (Debt Respite Scheme 2020, UK-H); insolvency stops interest (PRC
 * bankruptcy law, article 46); what a stranger spent is not lent. The others: nobody is charged for being late while
 * he cannot act [assumption].
 */
export const HOLD_STOPS: Readonly<Partial<Record<HoldType, readonly Stopped[]>>> = {
  'breathing-space': ALL,
  bankruptcy: ALL,
  'identity-theft': ALL,
  deceased: LATE,
  incapacity: LATE,
  illness: LATE,
  vulnerable: LATE,
  disaster: LATE,
  prison: LATE,
  'military-service': LATE,
  'court-order': LATE,
};

/** Everything that keeps interest and charges from running, of holds, of what was agreed, and of a write-off. */
export function stopsOf(account: AccountState, stopsAtWriteOff: boolean): readonly LedgerEntry[] {
  const stops = [
    ...account.holds.flatMap(ofHold),
    ...agreementsOf(account).flatMap(ofAgreement),
    ...(stopsAtWriteOff && account.writtenOffOn !== undefined
      ? [stop('write-off', ALL, account.writtenOffOn, FOR_EVER)]
      : []),
  ];
  return stops.filter((one) => one.kind !== 'stop' || one.lastDay >= one.on);
}

function ofHold({ id, type, from, until }: Hold): readonly LedgerEntry[] {
  const what = HOLD_STOPS[type];
  return what === undefined ? [] : [stop(`hold:${id}`, what, from, until ?? FOR_EVER)];
}

/**
 * A freeze stops everything. In a deferment, and while hardship is agreed, interest runs and nobody is charged for
 * being late. A plan has interest of its own, or none: the loan's rests from its first day until it is broken. What a
 * settlement names is the whole debt, so nothing is added while it is open; broken, all of it is back.
 */
function ofAgreement(agreement: Agreement): readonly LedgerEntry[] {
  const { id, terms, since, judgedOn } = agreement;
  // Taken back or broken, it stops nothing from the day on which that was so.
  const over = endedEarly(agreement);
  const end = (last: IsoDate): IsoDate =>
    over && judgedOn !== undefined ? minDate(last, addDays(judgedOn, -1)) : last;
  switch (terms.kind) {
    case 'freeze':
      return [stop(`agreed:${id}`, ALL, terms.from, end(terms.until))];
    case 'deferment':
      return [stop(`agreed:${id}`, LATE, terms.from, end(terms.until))];
    case 'hardship':
      return [stop(`agreed:${id}`, LATE, terms.from, end(terms.reviewOn))];
    case 'plan':
      return [stop(`agreed:${id}`, ALL, since, end(FOR_EVER))];
    case 'settlement':
      return over ? [] : [stop(`agreed:${id}`, ALL, since, FOR_EVER)];
    case 'waiver':
    case 'due-date':
      return [];
  }
}

function stop(id: string, what: readonly Stopped[], on: IsoDate, lastDay: IsoDate): LedgerEntry {
  return { kind: 'stop', id, what, on, lastDay };
}
