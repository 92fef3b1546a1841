import { reportable, writeRecord, type Reportable } from '../../book/bureau';
import type { Db } from '../../book/open-book';
import { statusDigit } from '../../domain/bureau/month-status';
import type { IsoDate } from '../../domain/units';

export interface BureauMonth {
  readonly month: string;
  readonly records: number;
  /** Accounts that are late and were never told before: nothing adverse is said of them. */
  readonly withheld: number;
}

const PAGE = 500;

/**
 * Makes the month's records, one an account, late or not: reporting follows the calendar and is no lever of the
 * ladder. Nothing adverse is recorded without the notice before it. Made twice, a month stays as it was first made.
 * @param month `YYYY-MM`
 */
export async function makeBureauMonth(db: Db, month: string): Promise<BureauMonth> {
  const until = lastDay(month);
  let records = 0;
  let withheld = 0;
  for (let after = ''; ;) {
    const page = await reportable(db, until, PAGE, after);
    for (const account of page) {
      const body = recordOf(account, until);
      if (body.withheld) withheld += 1;
      if (await writeRecord(db, account.ref, month, body)) records += 1;
    }
    const last = page[page.length - 1];
    if (last === undefined || page.length < PAGE) return { month, records, withheld };
    after = last.ref;
  }
}

function recordOf(account: Reportable, on: IsoDate) {
  const status = statusDigit(account.contractDpd ?? 0);
  const noticed =
    account.noticedOn !== null && (account.oldestDue === null || account.noticedOn >= account.oldestDue);
  const withheld = status > 0 && !noticed;
  return {
    form: 'bureau-month/1',
    on,
    person: account.person,
    balance: account.balance,
    outcome: account.outcome,
    status: withheld ? 0 : status,
    pastDue: withheld ? 0 : account.pastDue,
    oldestDue: withheld ? null : account.oldestDue,
    noticedOn: account.noticedOn,
    withheld,
  };
}

function lastDay(month: string): IsoDate {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
