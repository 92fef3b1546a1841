import { sql } from 'kysely';
import { behindFor, catchUp } from '../../../src/book/morning/catch-up';
import { sumDays } from '../../../src/book/morning/daily';
import { forgetFigures } from '../../../src/book/morning/rebuild';
import { reserve } from '../../../src/book/permit';
import { settle } from '../../../src/book/attempts';
import type { Db } from '../../../src/book/open-book';
import { addDays } from '../../../src/domain/calendar/day';
import { at, pays } from '../../support/small-account';
import { ask, ownBook, rehearse } from '../book-under-test';
import { SmallBook } from './small-book';

const TABLES = [
  ...['report_accounts', 'report_spans', 'report_promises', 'report_stock', 'report_running', 'report_moves'],
  ...['report_days', 'report_figures', 'host_due'],
];

async function everything(db: Db): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const table of TABLES)
    found[table] = (await sql`select t.* from ${sql.table(table)} t order by t::text`.execute(db)).rows;
  return found;
}

describe('the figures, made day by day and made again', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let small: SmallBook;
  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    small = await SmallBook.open(book.db);
  });
  afterAll(() => book.drop());

  const LAST = '2026-04-20';

  /** Rows of a file of that day, with their next due dates. */
  async function files(on: string, due: Readonly<Record<string, string>>): Promise<void> {
    for (const [number, next] of Object.entries(due))
      await sql`insert into host_rows (lender, number, source, hash, told, product, currency, past_due, cycles, balance,
          next_due, changed_on)
        values ('bank', ${number}, 's', 'h', 't', 'credit_card', 'CNY', 0, 0, 0, ${next}, ${on})
        on conflict (lender, number) do update set next_due = excluded.next_due, changed_on = excluded.changed_on`.execute(
        book.db,
      );
  }

  it('are the same either way, whatever happens in between', async () => {
    const { db } = book;
    const [a, b, c] = [
      await small.loan('2026-02-01', '2026-02-10', 100_000),
      await small.loan('2026-02-01', '2026-02-27', 50_000),
      await small.loan('2026-03-05', '2026-01-31', 70_000, { currency: 'USD' }),
    ];
    const money = pays('2026-03-12', 100_000);
    const happens: Readonly<Record<string, () => Promise<unknown>>> = {
      '2026-02-11': () => small.decided(a, '2026-02-11', 'stage-enter', { stage: 'reminder' }),
      '2026-02-14': async () => {
        const permit = await reserve(db, ask(a, small.strategy, 'R1', { now: at('2026-02-14') }));
        if (permit.answer === 'permit') await settle(db, permit.permit, 'accepted', 'c-1');
        await reserve(db, ask(b, small.strategy, 'R1', { now: at('2026-02-14') }));
      },
      '2026-03-01': () => small.tell(b, pays('2026-03-01', 20_000)),
      '2026-03-10': () =>
        small.tell(a, {
          ...{
            kind: 'promise',
            id: 'p',
            at: at('2026-03-10'),
            promise: 'P',
            amount: 100_000,
            date: '2026-03-13',
          },
          ...{ method: 'transfer', givenBy: 'debtor', channel: 'call' },
        } as const),
      '2026-03-12': () => small.tell(a, money),
      '2026-03-13': () =>
        small.decided(a, '2026-03-13', 'promise-kept', {
          amount: 100_000,
          date: '2026-03-13',
          paid: 100_000,
        }),
      '2026-03-20': () =>
        small.tell(c, {
          kind: 'hold',
          id: 'h',
          at: at('2026-03-20'),
          hold: 'H',
          type: 'illness',
          from: '2026-03-20',
          until: '2026-04-02',
        }),
      '2026-04-01': () => small.closed(a, '2026-04-01', 'cured'),
      '2026-04-05': () =>
        small.tell(a, {
          kind: 'reversal',
          id: 'rv',
          at: at('2026-04-05'),
          of: money.id,
          reason: 'chargeback',
        }),
    };
    // The lender's files: due dates that come, that move on, and one that is taken back before it comes.
    await files('2026-02-01', { A: '2026-02-10', B: '2026-02-10', C: '2026-02-27' });
    await files('2026-02-12', { A: '2026-03-10', B: '2026-03-10', C: '2026-02-27' });
    await files('2026-02-15', { A: '2026-03-10', B: '2026-03-20', C: '2026-02-27', D: '2026-03-10' });
    for (let day = '2026-02-01'; day <= LAST; day = addDays(day, 1)) {
      await happens[day]?.();
      // Not on every day: a report that was not asked for changes nothing.
      if (day.endsWith('5') || day.endsWith('1')) await catchUp(db, day, { batch: 2 });
      if (day.endsWith('5')) await sumDays(db, '2026-01-01', day);
    }
    await catchUp(db, LAST);
    await sumDays(db, '2026-01-01', LAST);
    const made = await everything(db);
    expect(made['report_spans']?.length).toBeGreaterThan(10);
    expect(made['report_figures']?.length).toBeGreaterThan(2);
    const counted = (made['host_due'] as { due: string; accounts: number }[]).map(
      ({ due, accounts }) => `${due} ${accounts}`,
    );
    expect(counted.sort()).toEqual(['2026-02-10 2', '2026-02-27 1', '2026-03-10 2', '2026-03-20 1']);

    await forgetFigures(db);
    expect(await behindFor(db, LAST)).toBe(3);
    await catchUp(db, LAST, { batch: 2 });
    await sumDays(db, '2026-01-01', LAST);
    expect(await everything(db)).toEqual(made);
  });

  it('what was spoilt is seen by the comparison, in every table, and mended by making it again', async () => {
    const { db } = book;
    const good = await everything(db);
    await sql`update report_spans set past_due = past_due + 1`.execute(db);
    await sql`update report_stock set accounts = accounts + 1`.execute(db);
    await sql`update report_running set balance = balance + 1`.execute(db);
    await sql`update report_moves set accounts = accounts + 1`.execute(db);
    await sql`update report_promises set paid = paid + 1`.execute(db);
    await sql`update report_figures set n = n + 1`.execute(db);
    await sql`update report_accounts set entered_balance = entered_balance + 1`.execute(db);
    await sql`delete from report_days`.execute(db);
    await sql`update host_due set accounts = accounts + 1`.execute(db);
    const spoilt = await everything(db);
    expect(TABLES.filter((table) => JSON.stringify(spoilt[table]) === JSON.stringify(good[table]))).toEqual(
      [],
    );

    await forgetFigures(db);
    await catchUp(db, LAST);
    await sumDays(db, '2026-01-01', LAST);
    expect(await everything(db)).toEqual(good);
  });

  it('catching up again changes nothing and finds nobody behind', async () => {
    const before = await everything(book.db);
    expect(await behindFor(book.db, LAST)).toBe(0);
    expect(await catchUp(book.db, LAST)).toBe(0);
    expect(await everything(book.db)).toEqual(before);
  });

  it('a fact marks its account in its own transaction: undone together', async () => {
    const ref = await small.loan('2026-04-01', '2026-04-10', 1_000);
    await catchUp(book.db, LAST);
    await expect(
      book.db.transaction().execute(async (tx) => {
        await tx
          .insertInto('journal')
          .values({
            ...{ account: ref, seq: 1, eventId: 'x', kind: 'payment', contentHash: 'x', source: 'test' },
            body: JSON.stringify(pays('2026-04-12', 1_000)),
            at: at('2026-04-12'),
            toldAt: null,
            late: false,
          })
          .execute();
        expect(await behindFor(tx, LAST)).toBe(1);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await behindFor(book.db, LAST)).toBe(0);
  });
});
