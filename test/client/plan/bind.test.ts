import { boundBy, plansInForce } from '../../../src/book/bound-plans';
import { listTasks, openTask } from '../../../src/book/tasks';
import { planBook } from '../../../src/client/plan/plan-book';
import { startTask } from '../../../src/client/by-people';
import { addDays } from '../../../src/domain/calendar/day';
import { DEFAULT_CAPACITY, type Capacity } from '../../../src/domain/plan/capacity';
import type { Cut } from '../../../src/domain/plan/planner';
import { at } from '../../support/small-account';
import { ownBook, rehearse } from '../../book/book-under-test';
import { SmallBook } from '../../book/morning/small-book';

const DAY = '2026-03-10';
const MORNING = at(DAY, 7);
/** Two text messages a day. */
const TWO: Capacity = { ...DEFAULT_CAPACITY, machines: { sms: 2 }, fallBacks: {} };
const NONE: Capacity = { ...TWO, machines: { sms: 0 } };

describe('a plan that binds', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let small: SmallBook;
  const refs: string[] = [];
  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    small = await SmallBook.open(book.db);
    // Due on the 9th: R1 on the 10th, at nine.
    for (const amount of [10_000, 20_000, 30_000])
      refs.push(await small.loan('2026-03-01', '2026-03-09', amount));
  });
  afterAll(() => book.drop());

  async function bind(capacity: Capacity, now = MORNING, why = 'too few seats') {
    const cuts: Cut[] = [];
    const decided = { lender: 'bank', by: 'head-1', role: null, why };
    const plan = await planBook(book.db, {
      ...{ lender: null, capacity, now, days: 2, bind: decided, onCut: (cut: Cut) => cuts.push(cut) },
    });
    return { plan, cuts };
  }
  const R1 = { step: 'R1', anchor: '2026-03-09', n: 0 };
  const boundOf = (ref: string, now = at(DAY, 9)) => boundBy(book.db, ref, R1, now);

  it('stands in the book with who, when and why, and binds what it cut and nothing else', async () => {
    const { plan, cuts } = await bind(TWO);
    expect(cuts.map(({ work, day, to }) => [work.account, work.step, work.anchor, work.n, day, to])).toEqual([
      [refs[0], 'R1', R1.anchor, R1.n, DAY, 'moved'],
    ]);
    expect(await plansInForce(book.db, DAY, null)).toMatchObject([
      { id: plan.bound, lender: 'bank', decidedBy: 'head-1', why: 'too few seats' },
    ]);
    expect(await boundOf(refs[0] ?? '')).toMatchObject({ became: 'moved' });
    expect([await boundOf(refs[1] ?? ''), await boundOf(refs[2] ?? '')]).toEqual([null, null]);
  });

  it('binds on its day alone: later days are forecast', async () => {
    expect(await boundOf(refs[0] ?? '', at(DAY, 23))).not.toBeNull();
    expect(await boundOf(refs[0] ?? '', at(addDays(DAY, 1), 0))).toBeNull();
    expect(await boundOf(refs[0] ?? '', at(addDays(DAY, -1), 23))).toBeNull();
    expect(await plansInForce(book.db, addDays(DAY, 1), null)).toEqual([]);
  });

  it('gives way to another plan of the day, whole; a forecast changes nothing', async () => {
    await bind(NONE, MORNING, 'the machine is down');
    expect(await Promise.all(refs.map((ref) => boundOf(ref)))).toMatchObject(
      refs.map(() => ({ became: 'moved' })),
    );
    await planBook(book.db, {
      ...{ lender: null, capacity: DEFAULT_CAPACITY, now: MORNING, days: 1, onCut: () => undefined },
    });
    expect(await boundOf(refs[2] ?? '')).not.toBeNull();
    await bind(DEFAULT_CAPACITY, MORNING, 'it is repaired');
    expect(await Promise.all(refs.map((ref) => boundOf(ref)))).toEqual([null, null, null]);
    expect(await plansInForce(book.db, DAY, 'bank')).toMatchObject([{ why: 'it is repaired' }]);
  });

  it('one that was cut off before its end binds nobody', async () => {
    const cut = planBook(book.db, {
      ...{ lender: null, capacity: NONE, now: MORNING, days: 1 },
      bind: { lender: 'bank', by: 'head-1', role: null, why: 'killed' },
      onCut: () => undefined,
      onProgress: () => {
        throw new Error('killed');
      },
    });
    await expect(cut).rejects.toThrow('killed');
    const { rows } = await countOf(book);
    expect(rows[0]?.n).toBeGreaterThan(0);
    expect(await boundOf(refs[0] ?? '')).toBeNull();
    expect(await plansInForce(book.db, DAY, 'bank')).toMatchObject([{ why: 'it is repaired' }]);
  });

  it('of work that people have in hand: out of their list for the day, and not to be started', async () => {
    const ref = refs[1] ?? '';
    const { person } = await book.db
      .selectFrom('accounts')
      .select('person')
      .where('ref', '=', ref)
      .executeTakeFirstOrThrow();
    const task = await openTask(book.db, {
      ...{
        kind: 'campaign',
        account: ref,
        person,
        queue: 'collector',
        onDate: DAY,
        due: MORNING,
        inputs: {},
      },
      occurrence: { step: 'R2', anchor: '2026-03-09', n: 0, due: MORNING },
      campaign: { attemptsADay: 2, days: 3 },
    });
    const listed = async (now: string) =>
      (await listTasks(book.db, { status: 'open', dueAt: now })).map(({ id }) => id);
    expect(await listed(at(DAY, 9))).toEqual([task.id]);
    const noCollectors = {
      ...DEFAULT_CAPACITY,
      skills: [{ name: 'collectors', seats: 0, hours: 0, queues: [], channels: ['call'] }],
    };
    // Begun already: it takes no cheaper channel, it waits for a day.
    const { cuts } = await bind(noCollectors);
    expect(cuts.filter(({ day }) => day === DAY)).toMatchObject([{ work: { step: 'R2' }, to: 'moved' }]);
    expect(await listed(at(DAY, 9))).toEqual([]);
    expect(await listed(at(addDays(DAY, 1), 9))).toEqual([task.id]);
    expect(await startTask(book.db, task.id, at(DAY, 10))).toMatchObject({
      ...{ may: false, answer: 'defer', rule: 'plan:moved' },
    });
    await bind(DEFAULT_CAPACITY);
    expect(await listed(at(DAY, 9))).toEqual([task.id]);
  });

  it('moves a piece of work three days in all, counted over the plans of those days, then leaves it out', async () => {
    const ends: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { cuts } = await bind(NONE, at(addDays(DAY, i), 7));
      const first = cuts.find(({ work, day }) => work.account === refs[0] && day === addDays(DAY, i));
      // Nobody did it meanwhile: the core asks for it again, as the deferred step that it is.
      ends.push(`${first?.work.moved} ${first?.to}`);
      if (first?.to === 'moved')
        await small.deferred(refs[0] ?? '', addDays(DAY, i), R1, addDays(DAY, i + 1));
    }
    expect(ends).toEqual(['0 moved', '1 moved', '2 moved', '3 left-out', '3 left-out']);
  });
});

async function countOf(book: Awaited<ReturnType<typeof ownBook>>) {
  const rows = await book.db
    .selectFrom('plans')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('why', '=', 'killed')
    .where('inForce', '=', false)
    .execute();
  return { rows };
}
