import { sql } from 'kysely';
import { asCsv } from '../../../src/client/morning/as-csv';
import { partOf } from '../../../src/client/morning/say';
import { morningReport } from '../../../src/client/morning/morning';
import { costReport, creditReport } from '../../../src/client/morning/other-reports';
import type { AccountEvent } from '../../../src/domain/account/events';
import type { FiguresReport, Line } from '../../../src/domain/morning/report';
import { DEFAULT_CAPACITY } from '../../../src/domain/plan/capacity';
import { at, pays } from '../../support/small-account';
import { ownBook, rehearse } from '../../book/book-under-test';
import { SmallBook } from '../../book/morning/small-book';

/** The morning of 16 March; the last closed day is the 15th. */
const options = { lender: null, capacity: DEFAULT_CAPACITY, now: at('2026-03-16', 9) };

describe('money by last contact, agencies, claims that run out, and what fell due', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let morning: FiguresReport;
  let cost: FiguresReport;
  let small: SmallBook;
  let talked: string;
  const fortnight = pays('2026-03-14', 30_000);

  const hold = (id: string, type: 'placed' | 'complaint', from: string, until?: string): AccountEvent => ({
    ...{ kind: 'hold', id, at: at(from), hold: id, type, from },
    ...(until === undefined ? {} : { until }),
  });

  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    small = await SmallBook.open(book.db);
    // Spoken to on the 10th; pays on the 14th and the 15th.
    talked = await small.loan('2026-01-10', '2026-01-20', 100_000);
    await small.tell(talked, {
      ...{ kind: 'contact-outcome', id: 'talk', at: at('2026-03-10', 11), code: 'RPC-CB', channel: 'call' },
      ...{ step: 'R1', by: 'staff-1', callBackAt: at('2026-03-16', 15), reason: 'lost-work' },
    } as AccountEvent);
    await small.tell(talked, fortnight);
    await small.tell(talked, pays('2026-03-15', 10_000));
    // With an agency from 3 February until the 20th; a half of it came in within a month.
    const placed = await small.loan('2026-01-10', '2026-01-20', 50_000);
    const named = { kind: 'facts', id: 'n', at: at('2026-02-01'), facts: { agency: 'acme' } } as const;
    await small.tell(placed, named);
    await small.tell(placed, hold('p1', 'placed', '2026-02-03', '2026-03-20'));
    await small.tell(placed, pays('2026-02-20', 20_000));
    await small.tell(placed, pays('2026-03-03', 5_000));
    // With one that nobody named, and nothing was heard of it since.
    const silent = await small.loan('2026-01-10', '2026-01-20', 60_000);
    await small.tell(silent, hold('p2', 'placed', '2026-03-01'));
    // Pays unasked; complains, and is to have an answer by the 18th.
    const unasked = await small.loan('2026-02-01', '2026-02-20', 90_000);
    await small.tell(unasked, pays('2026-03-15', 5_000));
    await small.tell(unasked, hold('c1', 'complaint', '2026-03-15', '2026-03-18'));
    // Money that came back is none.
    const back = await small.loan('2026-02-01', '2026-02-20', 40_000);
    const money = pays('2026-03-15', 40_000);
    await small.tell(back, money);
    await small.tell(back, {
      ...{ kind: 'reversal', id: 'rv', at: at('2026-03-15', 18), of: money.id, reason: 'returned' },
    });
    // Three years are over on 1 April; of the other one a payment has interrupted them.
    await small.loan('2026-03-01', '2023-04-01', 70_000);
    const interrupted = await small.loan('2026-03-01', '2023-04-01', 70_000);
    await small.tell(interrupted, pays('2026-03-05', 100));
    // Four accounts fell due by the host's files, and one of them is late.
    await small.loan('2026-03-01', '2026-03-10', 20_000, { currency: 'USD' });
    await hostRows('2026-03-01', ['1', '2', '3', '4', '5'], '2026-03-10');
    // Three went on to their next date after it came; one was given another date before, and does not count.
    await dueNow(['1', '2', '3'], '2026-04-10', '2026-03-12');
    await dueNow(['5'], '2026-03-25', '2026-03-08');
    morning = await morningReport(book.db, options);
    cost = await costReport(book.db, options);
  });
  afterAll(() => book.drop());

  async function hostRows(on: string, numbers: readonly string[], due: string): Promise<void> {
    await sql`insert into host_rows (lender, number, source, hash, told, product, currency, past_due, cycles, balance,
        next_due, changed_on)
      select 'bank', number, 'loans', 'x', 'x', 'consumer_loan', 'USD', 0, 0, 0, ${due}::date, ${on}::date
      from unnest(${[...numbers]}::text[]) as number`.execute(book.db);
  }
  async function dueNow(numbers: readonly string[], due: string, on: string): Promise<void> {
    await sql`update host_rows set next_due = ${due}, changed_on = ${on}
      where number = any(${[...numbers]}::text[])`.execute(book.db);
  }

  const found = (figure: string, part = '', of = morning): Line | undefined =>
    of.sections.flatMap(({ lines }) => lines).find((line) => line.figure === figure && partOf(line) === part);

  it('credits each payment once, by value date, and never what came back', () => {
    expect(found('credited', 'CNY contact')).toMatchObject({ value: 10_000, currency: 'CNY', week: 0 });
    expect(found('credited', 'CNY unprompted')).toMatchObject({ value: 5_000 });
    expect(found('credited', 'CNY agency')).toBeUndefined();
    // March to date: 400.00 of the talk, 50.00 of the agency, 50.00 and one yuan of nobody.
    expect(found('credited', 'CNY contact', cost)?.value).toBe(40_000);
    expect(found('credited', 'CNY contact, step R1', cost)?.value).toBe(40_000);
    expect(found('credited', 'CNY agency', cost)?.value).toBe(5_000);
    expect(found('credited', 'CNY unprompted', cost)?.value).toBe(5_100);
    expect(found('credited-share', 'CNY contact', cost)?.value).toBe(79.84);
  });

  it('credits the same in every report: what comes back after the period was money of it', async () => {
    const credit = async () => (await creditReport(book.db, options)).sections.flatMap(({ lines }) => lines);
    const parts = (lines: readonly Line[]) =>
      lines
        .filter(({ figure, part }) => figure === 'credited' && !part.includes('step'))
        .map(({ part, value }) => [part, value]);
    const before = parts(await credit());
    expect(before).toContainEqual(['CNY contact', 40_000]);
    expect(before).toEqual(parts(cost.sections.flatMap(({ lines }) => lines)));
    const { id: of } = fortnight;
    await small.tell(talked, { kind: 'reversal', id: 'back', at: at('2026-04-20'), of, reason: 'returned' });
    expect(parts(await credit())).toEqual(before);
    const after = await costReport(book.db, options);
    expect(parts(after.sections.flatMap(({ lines }) => lines))).toEqual(before);
  });

  it('liquidation of an agency: its batch at 7 and 30 days, against the balance on the day of placement', () => {
    expect(found('agency-placed', 'CNY acme, placed 2026-02 (1 accounts)', cost)?.value).toBe(50_000);
    expect(found('agency-liquidation', 'CNY acme, placed 2026-02, 7 days', cost)?.value).toBe(0);
    expect(found('agency-liquidation', 'CNY acme, placed 2026-02, 30 days', cost)?.value).toBe(50);
    expect(found('agency-liquidation', 'CNY acme, placed 2026-02, 60 days', cost)).toBeUndefined();
    expect(found('agency-liquidation', 'CNY agency not named, placed 2026-03, 7 days', cost)?.value).toBe(0);
  });

  it('placements to recall, agencies that are silent, claims that run out', () => {
    expect(found('recall-7-days')?.value).toBe(1);
    expect(found('agency-silent')?.value).toBe(1);
    expect(found('limitation-90-days')?.value).toBe(1);
  });

  it('appointments, complaints, and what must be answered in three days', () => {
    expect(found('appointments', 'call')?.value).toBe(1);
    expect([found('complaints')?.value, found('complaints-open')?.value]).toEqual([1, 1]);
    expect(found('due-3-days')?.value).toBe(1);
  });

  it("the entry rate is of all accounts that fell due by the host's files", () => {
    expect(found('host-due', 'USD')?.value).toBe(4);
    expect(found('entry-rate', 'USD')?.value).toBe(25);
    expect(found('entry-rate', 'CNY')).toBeUndefined();
  });

  it('stock by bucket, segment and stage adds up to the bucket', () => {
    const cells = morning.sections.find(({ id }) => id === 'cells')?.lines ?? [];
    const sum = (bucket: string): number =>
      cells
        .filter(({ figure, part }) => figure === 'stock-accounts' && part.startsWith(`CNY ${bucket},`))
        .reduce((all, { value }) => all + (value ?? 0), 0);
    expect(sum('M7')).toBe(found('stock-accounts', 'CNY M7')?.value);
    expect(sum('M7')).toBe(2);
  });

  it('says in CSV as well what stands in the way of contacts', () => {
    expect(asCsv(morning).split('\n')[1]).toMatch(/^health,health,,text,Health: nothing is stopped/);
  });
});
