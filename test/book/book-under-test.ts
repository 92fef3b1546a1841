import { enrolAccount, type NewAccount } from '../../src/book/accounts';
import { contentHash } from '../../src/book/ids';
import { openBook, type Book, type Db } from '../../src/book/open-book';
import { publish } from '../../src/book/strategies';
import { setClock } from '../../src/book/clock';
import type { ReserveRequest } from '../../src/book/permit';
import type { AccountEvent } from '../../src/domain/account/events';
import type { Strategy } from '../../src/domain/strategy/strategy';
import { ownDatabase } from '../support/servers';
import { contact, smallStrategy } from '../support/small-strategy';

export const DAY = '2026-03-10';
/** Ten in the morning in Shanghai. */
export const NOON = '2026-03-10T02:00:00.000Z';

/** A book of the test's own, and how to leave it. */
export async function ownBook(max = 10): Promise<Book & { drop(): Promise<void>; readonly url: string }> {
  const database = await ownDatabase();
  const book = await openBook(database.url, { max, migrate: true });
  const drop = async () => {
    await book.close();
    await database.drop();
  };
  return { ...book, url: database.url, drop };
}

/** The book's clock on rehearsal, so that the handed now counts. */
export async function rehearse(db: Db): Promise<void> {
  await setClock(db, { kind: 'rehearsal', epoch: NOON, started: NOON, factor: 1000 });
}

export const SMALL: Strategy = smallStrategy([
  contact('R1', [1], { channels: ['sms', 'email'] }),
  contact('R2', [5], { channels: ['sms'] }),
  contact('P1', [6], { channels: ['sms'], duringPromise: true }),
  contact('N1', [4], { channels: ['sms', 'email'], kind: 'notice' }),
]);

export function withRules(contactRules: Partial<Strategy['contact']>): Strategy {
  return { ...SMALL, contact: { ...SMALL.contact, ...contactRules } };
}

export async function published(db: Db, strategy: Strategy = SMALL): Promise<string> {
  return (await publish(db, strategy, 'name: small')).hash;
}

let count = 0;
export const fresh = (): string => `fact-${(count += 1)}`;

/** An account that has owed 500.00 since 1 March. */
export function newAccount(strategy: string, more: Partial<NewAccount> = {}): NewAccount {
  count += 1;
  return {
    lenderNumber: `6225-${count}`,
    person: {
      lender: 'bank',
      lenderPerson: `C${count}`,
      name: 'Wang Fang',
      language: 'zh-CN',
      zone: 'Asia/Shanghai',
      endpoints: [
        { kind: 'mobile', value: `+8613800${100000 + count}`, verified: true },
        { kind: 'email', value: `wang${count}@example.test` },
      ],
    },
    terms: {
      lender: 'bank',
      product: 'credit_card',
      currency: 'CNY',
      zone: 'Asia/Shanghai',
      books: 'obligations',
    },
    facts: {},
    enteredOn: '2026-03-01',
    events: [
      {
        kind: 'obligation',
        id: 'o1',
        at: '2026-02-20T00:00:00.000Z',
        obligation: 'o1',
        due: '2026-03-01',
        amount: 50_000,
      },
    ],
    strategy,
    contentHash: contentHash(count),
    ...more,
  };
}

export async function enrolled(db: Db, strategy: string, more: Partial<NewAccount> = {}) {
  return enrolAccount(db, newAccount(strategy, more));
}

export function ask(
  account: string,
  strategy: string,
  step = 'R1',
  more: Partial<ReserveRequest> = {},
): ReserveRequest {
  const occurrence = { step, anchor: '2026-03-01', n: 1, due: NOON };
  return { account, strategy, occurrence, channel: 'sms', now: NOON, ...more };
}

export function payment(amount: number, id = fresh()): AccountEvent {
  return { kind: 'payment', id, at: NOON, amount, valueDate: DAY };
}
