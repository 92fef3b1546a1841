import { accountOf } from '../../../src/book/accounts';
import { addStaff } from '../../../src/book/staff';
import type { OfferStatus } from '../../../src/book/tables/offers';
import { morningReport } from '../../../src/client/morning/morning';
import type { AgreementTerms } from '../../../src/domain/agreement/agreement';
import type { FiguresReport } from '../../../src/domain/morning/report';
import { DEFAULT_CAPACITY } from '../../../src/domain/plan/capacity';
import { at } from '../../support/small-account';
import { ownBook, rehearse } from '../../book/book-under-test';
import { SmallBook } from '../../book/morning/small-book';

/** The morning of 16 March: the last closed day is the 15th, a week before the 8th, a month before 15 February. */
const options = { lender: null, capacity: DEFAULT_CAPACITY, now: at('2026-03-16', 9) };

const plan = (due: string, replaces?: string): AgreementTerms => ({
  kind: 'plan',
  parts: [[due, 10_000]],
  ...(replaces === undefined ? {} : { replaces, replans: 1 }),
});
const waiver: AgreementTerms = {
  kind: 'waiver',
  parts: [['2026-03-20', 30_000]],
  waived: { fees: 0, penalty: 2_000, interest: 3_000, principal: 0 } as never,
};

interface Waived {
  readonly reservedRole: string;
  readonly amount: number;
  readonly status: OfferStatus;
}

describe('agreements in the morning report', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let morning: FiguresReport;

  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    await addStaff(book.db, 'head-1', ['head'], null);
    const small = await SmallBook.open(book.db);
    const loan = () => small.loan('2026-01-10', '2026-01-20', 100_000);
    const agreed = (account: string, id: string, day: string, terms: AgreementTerms) =>
      small.tell(account, { kind: 'agreement', id: `agreement:${id}`, at: at(day), agreement: id, terms });
    const offered = async (account: string, id: string, on: string, as: Waived): Promise<void> => {
      const { person } = await accountOf(book.db, account);
      const asked = { asked: '{}', contentHash: id, askedBy: 'head-1', askedAt: at(on), kind: 'waiver' };
      await book.db
        .insertInto('offers')
        .values({ id, account, person, ...asked, ...as, reservedMonth: '2026-03' })
        .execute();
    };

    const [a, b, c, d] = [await loan(), await loan(), await loan(), await loan()];
    // Runs since February; planned anew on the 15th, which is one plan that runs and one that is made.
    await agreed(a, 'a1', '2026-02-10', plan('2026-03-10'));
    await agreed(a, 'a2', '2026-03-15', plan('2026-04-10', 'a1'));
    // Broken on the 12th.
    await agreed(b, 'b1', '2026-03-01', plan('2026-03-05'));
    await small.decided(b, '2026-03-12', 'plan-broken', { agreement: 'b1', missed: 2 });
    // Taken back on the day itself.
    await agreed(c, 'c1', '2026-03-02', plan('2026-03-20'));
    await small.tell(c, { kind: 'agreement-ended', id: 'c1-end', at: at('2026-03-15'), agreement: 'c1' });
    // A waiver of the day, and one that the team leader approved on it; one that was declined.
    await agreed(d, 'd1', '2026-03-15', waiver);
    await offered(d, 'd1', '2026-03-15', { reservedRole: 'collector', amount: 5_000, status: 'accept' });
    await offered(d, 'd2', '2026-03-08', { reservedRole: 'team-leader', amount: 70_000, status: 'accept' });
    await offered(d, 'd3', '2026-03-15', { reservedRole: 'collector', amount: 9_000, status: 'declined' });
    morning = await morningReport(book.db, options);
  });
  afterAll(() => book.drop());

  const values = (figure: string, part: string): unknown => {
    const line = morning.sections
      .flatMap(({ lines }) => lines)
      .find((one) => one.figure === figure && one.part === part);
    return line && [line.value, line.week, line.cycle];
  };

  it('counts those that run at the close of each day', () => {
    // On the day a2; a week before a1, b1 and c1; in February a1.
    expect(values('agreements-open', 'CNY plan')).toEqual([1, 3, 1]);
    expect(values('agreements-open', 'CNY waiver')).toEqual([1, 0, 0]);
  });

  it('counts those that were made on it', () => {
    expect(values('agreements-made', 'CNY plan')).toEqual([1, 0, 0]);
    expect(values('agreements-made', 'CNY waiver')).toEqual([1, 0, 0]);
  });

  it('says what was given up by whom, against the budget of the month', () => {
    expect(values('waived', 'CNY by collector')).toEqual([5_000, 0, 0]);
    expect(values('waived', 'CNY by team-leader')).toEqual([0, 70_000, 0]);
    // Of 10,000.00 and of 100,000.00 a month.
    expect(values('waiver-budget', 'collector')).toEqual([0.5, undefined, undefined]);
    expect(values('waiver-budget', 'team-leader')).toEqual([0.7, undefined, undefined]);
  });
});
