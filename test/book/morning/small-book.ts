import { enrolAccount } from '../../../src/book/accounts';
import { acceptBatch } from '../../../src/book/journal';
import { report } from '../../../src/book/report';
import { publish } from '../../../src/book/strategies';
import type { Db } from '../../../src/book/open-book';
import type { AccountEvent } from '../../../src/domain/account/events';
import type { AccountView } from '../../../src/domain/account/view';
import type { Strategy } from '../../../src/domain/strategy/strategy';
import { LOAN } from '../../support/figures-history';
import { at, owes } from '../../support/small-account';
import { newAccount, SMALL } from '../book-under-test';

/** Steps named R1, R2, P1, N1 (book-under-test.ts), for loans that are counted by days. */
export const LOANS: Strategy = {
  ...SMALL,
  name: 'small-loans',
  product: 'consumer_loan',
  counting: LOAN,
};

const VIEW: AccountView = {
  ...{ stage: null, segment: null, path: null, contractDpd: 0, treatmentDpd: 0, cycles: 0, bucket: 0 },
  ...{ pastDue: 0, balance: 0, oldestDue: null, holds: [], promise: null },
};

/** A book of loans that a test can reckon with by hand. Amounts in minor units. */
export class SmallBook {
  private constructor(
    private readonly db: Db,
    readonly strategy: string,
  ) {}

  static async open(db: Db): Promise<SmallBook> {
    return new SmallBook(db, (await publish(db, LOANS, 'name: small-loans')).hash);
  }

  /** A loan with one amount due on that day and nothing after it. */
  async loan(
    enteredOn: string,
    due: string,
    amount: number,
    more: {
      readonly currency?: string;
      readonly zone?: string;
      readonly lender?: string;
      readonly openedOn?: string;
    } = {},
  ): Promise<string> {
    const account = newAccount(this.strategy);
    const { ref } = await enrolAccount(this.db, {
      ...account,
      enteredOn,
      terms: { ...account.terms, product: 'consumer_loan', ...more },
      events: [owes('i1', due, amount)],
    });
    return ref;
  }

  /** Takes a fact into the journal, as everybody does. */
  async tell(account: string, event: AccountEvent): Promise<void> {
    await acceptBatch(this.db, [{ account, event }], 'test');
  }

  /** The account's workflow reports something that it decided. */
  async decided(
    account: string,
    day: string,
    code: string,
    args: Readonly<Record<string, string | number>>,
    hour = 11,
  ): Promise<void> {
    const told = {
      lender: 'bank',
      ref: account,
      strategy: this.strategy,
      generation: 2,
      upTo: 0,
      told: [],
      aside: [],
    };
    const note = { at: at(day, hour), code, args };
    await report(this.db, { ...told, notes: [note], view: VIEW });
  }

  /** Its step was asked for in the morning and put off to another day by the plan. */
  async deferred(
    account: string,
    day: string,
    piece: { readonly step: string; readonly anchor: string; readonly n: number },
    until: string,
  ): Promise<void> {
    const told = { lender: 'bank', ref: account, strategy: this.strategy, generation: 3, upTo: 0 };
    const occurrence = { ...piece, due: at(day, 9) };
    await report(
      this.db,
      { ...told, told: [], aside: [], notes: [], view: VIEW },
      {
        ...{ at: at(day, 9), why: { code: 'step-due', args: {} } },
        action: { do: 'step', occurrence, tone: 1 },
        result: { how: 'deferred', until: at(until, 9), rule: 'plan:moved' },
      },
    );
  }

  async closed(account: string, day: string, reason: string): Promise<void> {
    const told = {
      lender: 'bank',
      ref: account,
      strategy: this.strategy,
      generation: 2,
      upTo: 0,
      told: [],
      aside: [],
    };
    const why = { code: reason === 'cured' ? 'close-cured' : 'close-asked', args: { reason } };
    await report(
      this.db,
      { ...told, notes: [], view: VIEW },
      { at: at(day, 11), why, action: { do: 'close', reason } },
    );
  }
}
