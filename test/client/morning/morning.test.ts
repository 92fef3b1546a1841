import { sql } from 'kysely';
import { settle } from '../../../src/book/attempts';
import { reserve } from '../../../src/book/permit';
import { asCsv } from '../../../src/client/morning/as-csv';
import { asHtml } from '../../../src/client/morning/html/as-html';
import { partOf } from '../../../src/client/morning/say';
import { asText } from '../../../src/client/morning/as-text';
import { morningReport } from '../../../src/client/morning/morning';
import { costReport, keptReport, vintageReport } from '../../../src/client/morning/other-reports';
import type { AccountEvent } from '../../../src/domain/account/events';
import type { FiguresReport, Line } from '../../../src/domain/morning/report';
import { DEFAULT_CAPACITY } from '../../../src/domain/plan/capacity';
import { at, pays } from '../../support/small-account';
import { ask, ownBook, rehearse } from '../../book/book-under-test';
import { SmallBook } from '../../book/morning/small-book';

/** The morning of 16 March: the last closed day is the 15th, a week before the 8th, a month before 15 February. */
const NOW = at('2026-03-16', 9);
const options = { lender: null, capacity: DEFAULT_CAPACITY, now: NOW };

describe('a book of nine loans, reckoned by hand', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let morning: FiguresReport;

  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    const small = await SmallBook.open(book.db);
    // 54 days past due on the 15th: M2. An SMS, and a collector who speaks with the person.
    const a = await small.loan('2026-01-10', '2026-01-20', 100_000);
    // Paid on the 5th; the money comes back on the 15th: 33 days past due, M2.
    const b = await small.loan('2026-02-01', '2026-02-10', 50_000);
    // In another currency: 23 days, M1.
    await small.loan('2026-02-01', '2026-02-20', 70_000, { currency: 'USD' });
    // Taken over on the 15th with 104 days: M4.
    await small.loan('2026-03-15', '2025-12-01', 30_000);
    // Late for the first time on the 15th.
    await small.loan('2026-03-01', '2026-03-14', 20_000);
    // Late on the 2nd, paid on the 15th before anybody spoke to them.
    const f = await small.loan('2026-02-20', '2026-03-01', 40_000);
    // Rolls on the 17th, the 31st day; pays a little at one in the morning of the 16th.
    const g = await small.loan('2026-02-01', '2026-02-14', 15_000, { openedOn: '2025-11-05' });
    // The same day, with a promise for the 16th.
    const h = await small.loan('2026-02-01', '2026-02-14', 1_000);
    // Paid a promise in half, closed as settled in the month.
    const i = await small.loan('2026-02-01', '2026-02-25', 8_000);

    const money = pays('2026-03-05', 50_000);
    await small.tell(b, money);
    await small.tell(b, {
      kind: 'reversal',
      id: 'r1',
      at: at('2026-03-15', 15),
      of: money.id,
      reason: 'returned',
    });
    await small.tell(f, pays('2026-03-15', 40_000));
    await small.tell(g, pays('2026-03-16', 100, 1));
    await small.tell(h, promised('h1', '2026-03-14', 1_000, '2026-03-16'));
    await small.tell(i, promised('i1', '2026-03-03', 8_000, '2026-03-06'));
    await small.tell(i, pays('2026-03-06', 5_000));
    await small.decided(i, '2026-03-08', 'promise-partial', {
      amount: 8_000,
      date: '2026-03-06',
      paid: 5_000,
    });
    await small.closed(i, '2026-03-10', 'settled');
    const permit = await reserve(book.db, ask(a, small.strategy, 'R1', { now: at('2026-03-15') }));
    if (permit.answer !== 'permit') throw new Error(permit.answer);
    await settle(book.db, permit.permit, 'accepted', 'c-1');
    await small.tell(a, {
      ...{ kind: 'contact-outcome', id: 'o1', at: at('2026-03-15', 16), code: 'RPC-INT' },
      ...{ channel: 'call', reason: 'lost-work' },
    } as never);
    morning = await morningReport(book.db, options);
  });
  afterAll(() => book.drop());

  const promised = (promise: string, day: string, amount: number, date: string): AccountEvent => ({
    kind: 'promise',
    id: promise,
    at: at(day),
    ...{ promise, amount, date, method: 'transfer', channel: 'call' },
    givenBy: 'debtor',
  });

  const found = (figure: string, part = '', of = morning): Line | undefined =>
    of.sections.flatMap(({ lines }) => lines).find((line) => line.figure === figure && partOf(line) === part);
  const values = (figure: string, part = ''): unknown => {
    const line = found(figure, part);
    return line && [line.value, line.week, line.cycle];
  };

  it('stands for the last closed day', () => {
    expect(morning).toMatchObject({ asOf: '2026-03-16', day: '2026-03-15' });
  });

  it('stock: accounts, past due and balance, on the day, a week before, a month before', () => {
    // a, b, d, e, f, g, h; on the 8th a, b, e, f, g, h, i; on 15 February a, b, g, h, i.
    expect(values('stock-accounts', 'CNY')).toEqual([7, 7, 5]);
    // 1000 + 500 + 300 + 200 + 150 + 10; a week before 1000 + 400 + 150 + 10 and 30 that i still owed.
    expect(values('stock-past-due', 'CNY')).toEqual([216_000, 159_000, 166_000]);
    expect(values('stock-balance', 'CNY')).toEqual([216_000, 179_000, 174_000]);
    expect(values('stock-accounts', 'CNY M2')).toEqual([2, 1, 0]);
    expect(values('stock-past-due', 'CNY M2')).toEqual([150_000, 100_000, 0]);
    // On 15 February a was 26 days past due, b five, g and h one.
    expect(values('stock-accounts', 'CNY M1')).toEqual([3, 4, 4]);
    expect(values('stock-past-due', 'CNY M4')).toEqual([30_000, 0, 0]);
  });

  it('never adds up two currencies', () => {
    expect(values('stock-past-due', 'USD')).toEqual([70_000, 70_000, 0]);
    expect(found('stock-past-due', 'USD')?.currency).toBe('USD');
    expect(values('stock-accounts', 'USD M1')).toEqual([1, 1, 0]);
  });

  it('counts who was not contacted in a week: six are late, one of them got a message', () => {
    expect(found('untouched', 'CNY')?.value).toBe(5);
    expect(found('untouched', 'USD')?.value).toBe(1);
  });

  it('flow on the day and month to date', () => {
    expect(found('taken-over', 'CNY on the day')?.value).toBe(1);
    expect(found('late', 'CNY on the day')?.value).toBe(2);
    expect(found('self-cured', 'CNY on the day')?.value).toBe(1);
    // f on the 2nd, b and e on the 15th.
    expect(found('late', 'CNY month to date')?.value).toBe(3);
    // b on the 5th and f on the 15th.
    expect(found('self-cured', 'CNY month to date')?.value).toBe(2);
    expect(found('exit-settled', 'CNY month to date')?.value).toBe(1);
    expect(found('worse', 'CNY month to date')).toBeUndefined();
  });

  it('roll to date: of what stood in M1 at the end of February, what stands higher now', () => {
    // b 500 went to M2; g 150, h 10 and i 80 did not: 500 of 740.
    expect(found('roll-running', 'CNY M1')?.value).toBe(67.57);
    expect(found('roll-running', 'CNY M2')?.value).toBe(0);
    expect(found('roll-running', 'USD M1')?.value).toBe(0);
  });

  it('the stop-roll gap leaves out who has promised', () => {
    expect(found('gap-accounts', 'CNY in 1 day')).toBeUndefined();
    expect(found('gap-accounts', 'CNY in 3 days')?.value).toBe(1);
    expect(found('gap-past-due', 'CNY in 3 days')?.value).toBe(15_000);
  });

  it('yesterday: the message, the talk, the money, what came back, and what it cost', () => {
    expect(found('attempts', 'sms')?.value).toBe(1);
    expect(found('rpc')?.value).toBe(1);
    expect(found('late-reasons', 'lost-work')?.value).toBe(1);
    // What was paid at one in the morning is of the 16th in the lender's zone.
    expect(found('payments', 'CNY')?.value).toBe(1);
    expect(found('payments-amount', 'CNY')?.value).toBe(40_000);
    expect(found('reversals-amount', 'CNY')?.value).toBe(50_000);
    // An SMS for 0.05 and a talk for 8.00.
    expect(found('cost', 'CNY')?.value).toBe(805);
  });

  it('today: the promise for the 16th', () => {
    expect(found('promises-due', 'CNY')?.value).toBe(1);
    expect(found('promises-due-amount', 'CNY')?.value).toBe(1_000);
    expect(found('promises-open', 'CNY')?.value).toBe(1);
  });

  it('the month that ended: at the close of February a had gone from M1 to M2', async () => {
    const march = await morningReport(book.db, { ...options, asOf: '2026-03-01' });
    expect(found('roll', 'CNY M1', march)?.value).toBe(100);
    expect(found('roll-number', 'CNY M1', march)?.value).toBe(100);
    expect(found('roll-target', 'CNY M1', march)?.value).toBe(13);
    expect(march.day).toBe('2026-02-28');
    // What came later is not in it: b was 18 days past due then, whatever became of it.
    expect(found('stock-past-due', 'CNY', march)?.value).toBe(100_000 + 50_000 + 15_000 + 1_000 + 8_000);
  });

  it('kept: one promise judged, in part; by amount 50 of 80', async () => {
    const kept = await keptReport(book.db, options);
    expect(found('kept-rate', 'CNY (1 judged)', kept)?.value).toBe(0);
    expect(found('kept-rate-amount', 'CNY (1 judged)', kept)?.value).toBe(62.5);
  });

  it('cost of a yuan: 8.05 for 500 + 50 + 400 - 500 received in March', async () => {
    const cost = await costReport(book.db, options);
    expect(found('received', 'CNY', cost)?.value).toBe(45_000);
    expect(found('cost', 'CNY', cost)?.value).toBe(805);
    expect(found('cost-of-a-unit', 'CNY', cost)?.value).toBe(0.0179);
  });

  it('vintage by entry: of those who became late in January, one, all had been 30 days past due a month later', async () => {
    const entry = await vintageReport(book.db, options, 'entry');
    const january = 'CNY consumer_loan 2026-01 (1 accounts), month 1';
    expect(found('ever-30', january, entry)?.value).toBe(100);
    expect(found('ever-60', january, entry)?.value).toBe(0);
    // g was opened in November: by its third month it had not been late for 30 days.
    const opening = await vintageReport(book.db, options, 'opening');
    expect(found('ever-30', 'CNY consumer_loan 2025-11 (1 accounts), month 3', opening)?.value).toBe(0);
    // A row a cohort, a column an age; an age that is not reached is empty.
    const text = asText(entry, (head, rows) => [head, ...rows].map((row) => row.join('|')).join('\n'));
    expect(text).toMatch(/^ever 30\+\|month 1\n.*CNY consumer_loan 2026-01 \(1 accounts\)\|100\.0 %/m);
    expect(asHtml(entry)).toContain('<th>ever 30+</th><th>month 1</th>');
  });

  it('says what became of the host files', async () => {
    const file = {
      lender: 'bank',
      source: 'loans',
      kind: 'snapshot',
      businessDate: '2026-03-15',
      asOf: at('2026-03-15', 22),
    };
    await book.db
      .insertInto('feeds')
      .values({
        ...file,
        id: 'f1',
        fileHash: 'x',
        status: 'refused',
        code: 'FEED_SUM',
        counts: '{"rows":9}',
      } as never)
      .execute();
    const { sections } = await morningReport(book.db, options);
    expect(sections[0]?.notes).toContain(
      'File loans (snapshot) of bank for 2026-03-15: refused whole (FEED_SUM); rows 9.',
    );
  });

  it('says what it does not measure, and why, in each form of it', () => {
    const notes = morning.sections.flatMap((section) => section.notes);
    for (const what of ['recordings missing', 'arms'])
      expect(notes.filter((note) => note.startsWith(`Not measured here: ${what}`))).toHaveLength(1);
    expect(asHtml(morning)).toContain('Not measured here: recordings missing');
  });

  it('prints the definition and the unit of every figure in CSV', () => {
    const [head, ...rows] = asCsv(morning).split('\n');
    expect(head).toBe('section,figure,part,unit,value,week_before,month_before,definition');
    expect(rows).toContainEqual(
      expect.stringMatching(/^stock,stock-past-due,CNY,CNY,2160.00,1590.00,1660.00,"?unpaid/),
    );
    expect(rows.every((row) => /,[a-z"][^,]/.test(row))).toBe(true);
  });

  it('is one HTML file that fetches nothing and runs nothing', () => {
    const html = asHtml({ ...morning, lender: '<script>alert(1)</script>' });
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|https?:/i);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('<svg');
  });

  it('refuses a morning that has not come', async () => {
    await expect(morningReport(book.db, { ...options, asOf: '2026-03-17' })).rejects.toThrow(
      /REPORT_NOT_YET/,
    );
  });
});

describe('the day in whose figures something counts', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  beforeAll(async () => (book = await ownBook()));
  afterAll(() => book.drop());

  const shanghai = 'Asia/Shanghai';
  const cases: [string, string, string, string, string, string][] = [
    [
      'the file of the evening that comes in the night',
      '2026-01-31T12:00Z',
      '2026-01-31T20:00Z',
      shanghai,
      'real',
      '2026-01-31',
    ],
    [
      'one that comes after the day was closed',
      '2026-01-31T12:00Z',
      '2026-02-01T00:31Z',
      shanghai,
      'real',
      '2026-02-01',
    ],
    [
      'one that is told weeks later',
      '2026-01-31T12:00Z',
      '2026-02-20T09:00Z',
      shanghai,
      'real',
      '2026-02-20',
    ],
    [
      'the lender in another zone',
      '2026-03-01T03:00Z',
      '2026-03-01T03:00Z',
      'America/New_York',
      'real',
      '2026-02-28',
    ],
    [
      'a rehearsal, whose real time is no matter',
      '2026-01-31T12:00Z',
      '2026-11-25T12:00Z',
      shanghai,
      'rehearsal',
      '2026-01-31',
    ],
  ];
  it.each(cases)('%s', async (_name, happened, known, zone, kind, day) => {
    const { rows } = await sql<{ day: string }>`
      select report_day(${happened}::timestamptz, ${known}::timestamptz, ${zone}, ${kind}) as day`.execute(
      book.db,
    );
    expect(rows[0]?.day).toBe(day);
  });
});
