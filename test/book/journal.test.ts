import { enrolAccount, accountOf, findAccount } from '../../src/book/accounts';
import { fold } from '../../src/book/fold';
import { accept, acceptBatch, factsOf, markTold, untold } from '../../src/book/journal';
import { standing } from '../../src/domain/delinquency/standing';
import {
  DAY,
  enrolled,
  fresh,
  newAccount,
  NOON,
  ownBook,
  payment,
  published,
  SMALL,
} from './book-under-test';

describe('the journal', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook(20);
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  test('an account is enrolled once, and a different row is told apart', async () => {
    const row = newAccount(strategy);
    const first = await enrolAccount(book.db, row);
    expect(first.outcome).toBe('created');
    expect(await enrolAccount(book.db, row)).toEqual({ ...first, outcome: 'same' });
    expect((await enrolAccount(book.db, { ...row, contentHash: 'other' })).outcome).toBe('different');
    expect((await findAccount(book.db, row.lenderNumber)).ref).toBe(first.ref);
    expect(JSON.stringify((await accountOf(book.db, first.ref)).enrolment)).not.toContain(row.lenderNumber);
  });

  test('twenty that enrol the same account at once make one', async () => {
    const row = newAccount(strategy);
    const made = await Promise.all(Array.from({ length: 20 }, () => enrolAccount(book.db, row)));
    expect(new Set(made.map((one) => one.ref)).size).toBe(1);
    expect(made.filter((one) => one.outcome === 'created')).toHaveLength(1);
  });

  test('a fact stands once by its id, and another content under it is refused', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const paid = payment(10_000);
    expect(await accept(book.db, ref, paid, 'test')).toMatchObject({
      seq: 1,
      duplicate: false,
      status: 'open',
    });
    const again = { ...paid, at: '2026-03-11T00:00:00.000Z' };
    expect(await accept(book.db, ref, again, 'test')).toMatchObject({ seq: 1, duplicate: true });
    const other = { ...payment(10_001), id: paid.id };
    await expect(accept(book.db, ref, other, 'test')).rejects.toMatchObject({
      code: 'EVENT_DIFFERENT',
      args: { ref },
    });
    await expect(accept(book.db, 'nobody', paid, 'test')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    expect(await factsOf(book.db, ref)).toEqual([{ ...paid, seq: 1 }]);
  });

  test('places have no gaps, however many write at once', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const facts = Array.from({ length: 40 }, () => payment(1));
    const seqs = await Promise.all(facts.map((fact) => accept(book.db, ref, fact, 'test')));
    expect(seqs.map((one) => one.seq).sort((a, b) => a - b)).toEqual(facts.map((_, i) => i + 1));
  });

  test('a batch takes what it can and answers each in its place', async () => {
    const one = await enrolled(book.db, strategy);
    const two = await enrolled(book.db, strategy);
    const twice = payment(5);
    const answers = await acceptBatch(
      book.db,
      [
        { account: one.ref, event: twice },
        { account: 'nobody', event: payment(1) },
        { account: two.ref, event: payment(2) },
        { account: one.ref, event: twice },
        { account: one.ref, event: { ...payment(6), id: twice.id } },
        { account: one.ref, event: payment(7) },
      ],
      'feed',
    );
    expect(answers).toMatchObject([
      { seq: 1, duplicate: false },
      { refused: 'ACCOUNT_UNKNOWN' },
      { seq: 1, duplicate: false },
      { seq: 1, duplicate: true },
      { refused: 'EVENT_DIFFERENT' },
      { seq: 2, duplicate: false },
    ]);
  });

  test('an account is the fold of its journal', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const before = standing(await fold(book.db, ref), SMALL.counting, DAY);
    expect(before).toMatchObject({ pastDue: 50_000, contractDpd: 9 });
    const paid = payment(20_000);
    await accept(book.db, ref, paid, 'test');
    await accept(book.db, ref, { kind: 'facts', id: fresh(), at: NOON, facts: { vip: true } }, 'test');
    const after = await fold(book.db, ref);
    expect(standing(after, SMALL.counting, DAY).pastDue).toBe(30_000);
    expect(after.facts).toEqual({ vip: true });
    expect(after.seen.upTo).toBe(2);
    await accept(
      book.db,
      ref,
      { kind: 'reversal', id: fresh(), at: NOON, of: paid.id, reason: 'returned' },
      'test',
    );
    expect(standing(await fold(book.db, ref), SMALL.counting, DAY).pastDue).toBe(50_000);
  });

  test('what was told is not told again', async () => {
    const { ref } = await enrolled(book.db, strategy);
    await accept(book.db, ref, payment(1), 'test');
    await accept(book.db, ref, payment(2), 'test');
    expect((await untold(book.db, 10, ref)).map((fact) => fact.event.seq)).toEqual([1, 2]);
    await markTold(book.db, ref, [1], NOON);
    expect((await untold(book.db, 10, ref)).map((fact) => fact.event.seq)).toEqual([2]);
  });
});
