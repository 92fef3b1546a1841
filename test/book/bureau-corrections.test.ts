import { makeBureauMonth } from '../../src/activities/bureau/bureau-month';
import { recordsOf } from '../../src/book/bureau';
import { correctionsOf } from '../../src/book/bureau-corrections';
import { accept } from '../../src/book/journal';
import { timelineOf } from '../../src/book/timeline';
import type { AccountEvent } from '../../src/domain/account/events';
import { enrolled, fresh, newAccount, ownBook, published } from './book-under-test';

const APRIL = '2026-04-02T02:00:00.000Z';
const pays = (valueDate: string, amount: number, at = APRIL): AccountEvent => ({
  kind: 'payment',
  id: fresh(),
  at,
  amount,
  valueDate,
});

describe('a month that was reported', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook(10);
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  /** An account that was 30 days late at the end of March and was told before; its record is made. */
  async function reported(books: 'obligations' | 'host', noticedOn: string | null = '2026-03-05') {
    const { terms } = newAccount(strategy);
    const { ref } = await enrolled(book.db, strategy, { terms: { ...terms, books } });
    await book.db
      .updateTable('accounts')
      .set({ pastDue: 50_000, balance: 50_000, contractDpd: 30, oldestDue: '2026-03-01' })
      .where('ref', '=', ref)
      .execute();
    if (noticedOn !== null)
      await book.db
        .insertInto('bureauNotices')
        .values({ account: ref, step: 'N1', onDate: noticedOn, episode: null })
        .execute();
    await makeBureauMonth(book.db, '2026-03');
    return ref;
  }
  const corrected = async (ref: string) =>
    (await correctionsOf(book.db, ref)).map(({ month, n, body }) => [month, n, body.status, body.pastDue]);

  test.each(['obligations', 'host'] as const)(
    'by money posted after it is corrected, books: %s',
    async (books) => {
      const ref = await reported(books);
      const late = pays('2026-03-03', 50_000);
      await accept(book.db, ref, late, 'test');
      expect(await corrected(ref)).toEqual([['2026-03', 1, 0, 0]]);
      const record = (await recordsOf(book.db, '2026-03')).find(({ account }) => account === ref);
      expect(record?.body).toMatchObject({ status: 1, pastDue: 50_000 });
      expect(await timelineOf(book.db, ref)).toContainEqual({
        what: 'bureau',
        at: APRIL,
        month: '2026-03',
        body: { status: 0, pastDue: 0, oldestDue: null },
        reason: late.id,
      });
      const back = {
        kind: 'reversal',
        id: fresh(),
        at: '2026-04-05T02:00:00.000Z',
        of: late.id,
        reason: 'returned',
      } as const;
      await accept(book.db, ref, back, 'test');
      expect(await corrected(ref)).toEqual([
        ['2026-03', 1, 0, 0],
        ['2026-03', 2, 1, 50_000],
      ]);
    },
  );

  test('is left alone by money of the next month, and by what is only announced', async () => {
    const ref = await reported('obligations');
    await accept(book.db, ref, pays('2026-04-01', 50_000), 'test');
    await accept(book.db, ref, { ...pays('2026-03-03', 50_000), pending: true } as AccountEvent, 'test');
    expect(await corrected(ref)).toEqual([]);
  });

  test('that withheld what nobody was told of stays so', async () => {
    const ref = await reported('obligations', null);
    await accept(book.db, ref, pays('2026-03-03', 50_000), 'test');
    expect(await corrected(ref)).toEqual([]);
  });

  test('gets worse only where the notice had gone out', async () => {
    for (const [noticedOn, status] of [
      ['2026-03-05', [['2026-03', 1, 1, 50_000]]],
      ['2026-02-05', []],
    ] as const) {
      const { ref } = await enrolled(book.db, strategy);
      const paid = pays('2026-03-02', 50_000, '2026-03-02T02:00:00.000Z');
      await accept(book.db, ref, paid, 'test');
      await book.db
        .updateTable('accounts')
        .set({ pastDue: 0, balance: 0, contractDpd: 0, oldestDue: null })
        .where('ref', '=', ref)
        .execute();
      await book.db
        .insertInto('bureauNotices')
        .values({ account: ref, step: 'N1', onDate: noticedOn, episode: null })
        .execute();
      await makeBureauMonth(book.db, '2026-03');
      const back = { kind: 'reversal', id: fresh(), at: APRIL, of: paid.id, reason: 'returned' } as const;
      await accept(book.db, ref, back, 'test');
      expect(await corrected(ref)).toEqual(status);
    }
  });
});
