import { contentHash } from '../../src/book/ids';
import { creditAnew, creditsOf } from '../../src/book/credits';
import { creditedIn } from '../../src/book/morning/credited';
import { accept } from '../../src/book/journal';
import { reserve } from '../../src/book/permit';
import type { AccountEvent } from '../../src/domain/account/events';
import {
  ask,
  enrolled,
  fresh,
  newAccount,
  NOON,
  ownBook,
  payment,
  published,
  rehearse,
} from './book-under-test';

const talk = (at = NOON, more: Partial<AccountEvent> = {}): AccountEvent =>
  ({
    kind: 'contact-outcome',
    id: fresh(),
    at,
    code: 'RPC-PTP',
    channel: 'call',
    reason: 'forgot',
    step: 'R1',
    by: 'collector-7',
    ...more,
  }) as AccountEvent;
const HOST = newAccount('').events;
const hours = (n: number): string => new Date(Date.parse(NOON) + n * 3_600_000).toISOString();

describe('credits in the book', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook(20);
    strategy = await published(book.db);
    await rehearse(book.db);
  });
  afterAll(() => book.drop());

  const told = (ref: string, event: AccountEvent) => accept(book.db, ref, event, 'test');
  const of = async (ref: string) =>
    (await creditsOf(book.db, ref)).map(({ creditedTo, takenBackOn }) => [creditedTo, takenBackOn]);

  test('a payment is kept with whom it is credited to: the attempt, the step and the collector', async () => {
    const { ref, person } = await enrolled(book.db, strategy);
    const reserved = await reserve(book.db, ask(ref, strategy));
    if (reserved.answer !== 'permit') throw new Error(reserved.answer);
    await told(ref, talk(hours(1)));
    await told(ref, { ...payment(20_000, 'bank-1'), at: hours(2) });
    expect(await creditsOf(book.db, ref)).toMatchObject([
      {
        account: ref,
        payment: 'bank-1',
        person,
        amount: 20_000,
        currency: 'CNY',
        valueDate: '2026-03-10',
        creditedTo: 'contact',
        attempt: reserved.permit.id,
        step: 'R1',
        staff: 'collector-7',
        takenBackOn: null,
      },
    ]);
  });

  test('a talk that is told late takes what was unprompted, and a reversal takes it back', async () => {
    const { ref } = await enrolled(book.db, strategy);
    await told(ref, { ...payment(20_000, 'bank-2'), at: hours(2) });
    expect(await of(ref)).toEqual([['unprompted', null]]);
    await told(ref, talk(hours(1)));
    expect(await of(ref)).toEqual([['contact', null]]);
    const back = { kind: 'reversal', of: 'bank-2', reason: 'returned' } as const;
    await told(ref, { ...back, id: fresh(), at: hours(48) });
    expect(await of(ref)).toEqual([['contact', '2026-03-12']]);
    await told(ref, { ...back, id: fresh(), at: hours(72), undone: true });
    expect(await of(ref)).toEqual([['contact', null]]);
  });

  test('a talk on one account is credited with money on another, also when both are told at once', async () => {
    const someone = newAccount(strategy);
    const first = await enrolled(book.db, strategy, {
      person: someone.person,
      contentHash: contentHash('x1'),
    });
    const second = await enrolled(book.db, strategy, {
      person: someone.person,
      contentHash: contentHash('x2'),
    });
    expect(second.person).toBe(first.person);
    const paid = (n: number) => ({ ...payment(1_000, `both-${n}`), at: hours(2) });
    await Promise.all([
      told(first.ref, talk(hours(1))),
      ...Array.from({ length: 8 }, (_, n) => told(n % 2 === 0 ? first.ref : second.ref, paid(n))),
    ]);
    const rows = [...(await creditsOf(book.db, first.ref)), ...(await creditsOf(book.db, second.ref))];
    expect(rows).toHaveLength(8);
    expect(new Set(rows.map(({ creditedTo, sourceAccount }) => `${creditedTo} ${sourceAccount}`))).toEqual(
      new Set([`contact ${first.ref}`]),
    );
  });

  test('made anew, the credits are those that stand', async () => {
    const { ref } = await enrolled(book.db, strategy);
    await told(ref, talk(hours(1)));
    await told(ref, { ...payment(20_000), at: hours(2) });
    const before = await creditsOf(book.db, ref);
    expect(await creditAnew(book.db, 2)).toBe(0);
    await book.db.deleteFrom('paymentCredits').where('account', '=', ref).execute();
    expect(await creditAnew(book.db, 2)).toBe(1);
    expect(await creditsOf(book.db, ref)).toEqual(before);
  });

  test('money that an account comes with stood before us, also after a talk and made anew', async () => {
    const brought = { ...payment(7_000, 'old-1'), valueDate: '2026-03-01', at: hours(-200) };
    const { ref } = await enrolled(book.db, strategy, { events: [...HOST, brought] });
    expect(await of(ref)).toEqual([['before-us', null]]);
    await told(ref, talk(hours(-210)));
    await told(ref, { ...payment(20_000, 'new-1'), at: hours(2) });
    expect(await of(ref)).toEqual([
      ['before-us', null],
      ['unprompted', null],
    ]);
    expect(await creditAnew(book.db, 2)).toBe(0);
    await told(ref, { kind: 'reversal', of: 'old-1', reason: 'returned', id: fresh(), at: hours(24) });
    expect((await of(ref))[0]).toEqual(['before-us', '2026-03-11']);
  });

  test('a placement that an account comes with takes the money that is paid within it', async () => {
    const placed = {
      ...{ kind: 'hold', id: fresh(), at: hours(-200), hold: 'agency-9', type: 'placed' },
      ...{ from: '2026-03-01', note: '' },
    } as AccountEvent;
    const { ref } = await enrolled(book.db, strategy, { events: [...HOST, placed] });
    await told(ref, { ...payment(20_000, 'placed-1'), at: hours(2) });
    expect(await creditsOf(book.db, ref)).toMatchObject([{ creditedTo: 'agency', agency: 'agency-9' }]);
  });

  test('what came back is in no sum, and is again when that is undone', async () => {
    const own = { from: '2026-05-01', to: '2026-05-31' };
    const { ref } = await enrolled(book.db, strategy);
    const paid = (id: string, day: string) => ({
      ...{ ...payment(4_000, id), valueDate: day, at: `${day}T06:00:00.000Z` },
    });
    await told(ref, paid('may-1', '2026-05-04'));
    await told(ref, paid('may-2', '2026-05-05'));
    await told(ref, paid('june-1', '2026-06-01'));
    const sum = (last = own.to) => creditedIn(book.db, { ...own, to: last }, null);
    const both = { currency: 'CNY', to: 'unprompted', step: null, payments: 2, amount: 8_000 };
    expect(await sum()).toEqual([both]);
    const back = { kind: 'reversal', of: 'may-2', reason: 'returned' } as const;
    await told(ref, { ...back, id: fresh(), at: '2026-05-07T06:00:00.000Z' });
    expect(await sum()).toEqual([{ ...both, payments: 1, amount: 4_000 }]);
    // As of the close of the sixth it had not come back yet.
    expect(await sum('2026-05-06')).toEqual([both]);
    await told(ref, { ...back, id: fresh(), at: '2026-05-08T06:00:00.000Z', undone: true });
    expect(await sum()).toEqual([both]);
    expect(await creditedIn(book.db, own, 'another-lender')).toEqual([]);
  });
});
