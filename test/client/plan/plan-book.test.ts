import { health } from '../../../src/book/health';
import { openTask } from '../../../src/book/tasks';
import { setVolumeRule } from '../../../src/book/volume-rules';
import { morningReport } from '../../../src/client/morning/morning';
import { planBook } from '../../../src/client/plan/plan-book';
import { DEFAULT_CAPACITY, type Capacity } from '../../../src/domain/plan/capacity';
import type { Cut } from '../../../src/domain/plan/planner';
import { at, pays } from '../../support/small-account';
import { ownBook, rehearse } from '../../book/book-under-test';
import { SmallBook } from '../../book/morning/small-book';

const NOW = at('2026-03-09', 12);
/** Nobody knows how many text messages more than two a day go through. */
const CAPACITY: Capacity = { ...DEFAULT_CAPACITY, machines: { sms: 2 }, fallBacks: {} };

describe('a plan of the book', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let small: SmallBook;
  const refs: string[] = [];
  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    small = await SmallBook.open(book.db);
    // Due on the 9th: R1 on the 10th, N1 on the 13th.
    for (const amount of [10_000, 20_000, 30_000, 40_000])
      refs.push(await small.loan('2026-03-01', '2026-03-09', amount));
    // Its row in the book says nothing of it: the money stands in the journal alone.
    await small.tell(refs[3] ?? '', pays('2026-03-09', 40_000, 11));
    // Closed: nothing of it comes due.
    const closed = await small.loan('2026-03-01', '2026-03-09', 90_000);
    await small.tell(closed, { kind: 'close', id: 'c', at: NOW, reason: 'sold' });
  });
  afterAll(() => book.drop());

  it('runs the core over the journal: whoever has paid has no step, whatever the rows say', async () => {
    const plan = await planBook(book.db, {
      lender: null,
      capacity: DEFAULT_CAPACITY,
      now: NOW,
      days: 3,
      onCut: () => undefined,
    });
    expect(plan).toMatchObject({ from: '2026-03-09', until: '2026-03-11', accounts: 5 });
    expect(plan.rows).toMatchObject([{ day: '2026-03-10', channel: 'sms', planned: 3, done: 3 }]);
  });

  it('above capacity the smallest is moved a day, is listed, and a notice goes before it', async () => {
    const cuts: Cut[] = [];
    const plan = await planBook(book.db, {
      lender: null,
      capacity: CAPACITY,
      now: NOW,
      days: 5,
      onCut: (cut) => cuts.push(cut),
    });
    expect(cuts.map(({ work, day, to, where }) => [work.account, work.step, day, to, where])).toEqual([
      [refs[0], 'R1', '2026-03-10', 'moved', '2026-03-11'],
    ]);
    expect(plan.rows.map(({ day, planned, movedIn, done }) => [day, planned, movedIn, done])).toEqual([
      ['2026-03-10', 3, 0, 2],
      ['2026-03-11', 0, 1, 1],
      // N1 is a notice that the law wants: all three, one more than the machine carries.
      ['2026-03-13', 3, 0, 3],
    ]);
  });

  it('counts work that is open already', async () => {
    await openTask(book.db, {
      kind: 'campaign',
      account: refs[0] ?? '',
      person: (
        await book.db
          .selectFrom('accounts')
          .select('person')
          .where('ref', '=', refs[0] ?? '')
          .executeTakeFirstOrThrow()
      ).person,
      occurrence: { step: 'R2', anchor: '2026-03-08', n: 0, due: NOW },
      queue: 'collector',
      onDate: '2026-03-08',
      campaign: { attemptsADay: 2, days: 3 },
      due: NOW,
      inputs: {},
    });
    const plan = await planBook(book.db, {
      lender: null,
      capacity: DEFAULT_CAPACITY,
      now: NOW,
      days: 3,
      onCut: () => undefined,
    });
    const calls = plan.rows.filter(({ channel }) => channel === 'call');
    expect(calls.map(({ day, planned }) => [day, planned])).toEqual([
      ['2026-03-09', 2],
      ['2026-03-10', 2],
    ]);
  });

  it('holds a channel for people when far more is planned for today than on any day of eight weeks', async () => {
    // The floor of a young book is put away: nothing went out before, so three are more than twice the most.
    await setVolumeRule(book.db, 'bank', 'sms', { times: 2, floor: 0 });
    const day = at('2026-03-10', 9);
    const plan = await planBook(book.db, {
      ...{ lender: null, capacity: DEFAULT_CAPACITY, now: day, days: 1, onCut: () => undefined },
    });
    expect(plan.unusual).toMatchObject([
      { lender: 'bank', channel: 'sms', day: '2026-03-10', planned: 3, most: 0 },
    ]);
    const { volumeHolds } = await health(book.db, null, day);
    expect(volumeHolds).toMatchObject([{ scope: 'channel', value: 'sms', lender: 'bank' }]);
  });

  it('stands in the morning report of its day', async () => {
    await planBook(book.db, { lender: null, capacity: CAPACITY, now: NOW, days: 3, onCut: () => undefined });
    const report = await morningReport(book.db, {
      lender: null,
      capacity: CAPACITY,
      now: at('2026-03-10', 9),
    });
    const lines = report.sections.find(({ id }) => id === 'today')?.lines ?? [];
    expect(
      lines.filter(({ figure, part }) => figure.startsWith('planned') && part.startsWith('sms')),
    ).toMatchObject([
      { figure: 'planned', value: 3 },
      { figure: 'planned-cut', value: 1 },
    ]);
  });
});
