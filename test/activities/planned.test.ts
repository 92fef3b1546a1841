import { keepCuts, openPlan, putInForce, type PlanCut } from '../../src/book/bound-plans';
import { listTasks } from '../../src/book/tasks';
import { published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, type Stage } from './under-test';

const DAY = '2026-03-10';
const STRATEGY = smallStrategy([
  contact('C1', [8], {
    channels: ['call'],
    campaign: { N: { attemptsADay: 2, days: 3 } },
    queue: 'collector',
  }),
  { ...contact('T1', [16]), kind: 'task', channels: undefined, action: 'assign-owner', queue: 'senior' },
  { ...contact('H1', [20]), kind: 'host', channels: undefined, action: 'block-purchases', answerDays: 2 },
  contact('R1', [1]),
]);

/** The next day at the strategy's own time, ten in Shanghai. */
const TOMORROW = '2026-03-11T02:00:00.000Z';

describe('steps under a plan that binds', () => {
  let on: Stage;
  let strategy: string;
  beforeAll(async () => {
    on = await stage();
    await rehearse(on.book.db);
    strategy = await published(on.book.db, STRATEGY);
  });
  afterAll(() => on.close());

  async function plan(
    account: string,
    step: string,
    became: PlanCut['became'],
    instead: string | null = null,
  ) {
    const { db } = on.book;
    const id = await openPlan(db, {
      ...{ lender: 'bank', day: DAY, zone: 'Asia/Shanghai', decidedBy: 'head-1', role: null, why: 'test' },
    });
    const piece = { account, step, anchor: '2026-03-01', n: 1 };
    const work = { channel: 'call', queue: 'collector', why: 'no time', gain: 1, currency: 'CNY' };
    await keepCuts(db, id, [{ ...piece, ...work, became, instead }]);
    await putInForce(db, id, []);
    return id;
  }
  const received = (mobile: string): number =>
    on.outside.received.since(0).filter(({ to }) => to.includes(mobile.slice(1))).length;

  it('what it moved is not begun and comes back on the next day', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    await plan(ref, 'C1', 'moved');
    const answer = { how: 'deferred', until: TOMORROW, rule: 'plan:moved' };
    expect(await on.act.schedule(request(ref, strategy, 'C1'))).toEqual(answer);
    expect(await listTasks(on.book.db, { account: ref })).toEqual([]);
    // Asked on that day, no plan of the day before binds it.
    expect(await on.act.schedule(request(ref, strategy, 'C1', { now: TOMORROW }))).toMatchObject({
      ...{ how: 'done', channel: 'call' },
    });
    expect(received(mobile)).toBe(0);
  });

  it('a message, a task and a request to the host wait as well', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    for (const [act, step] of [
      ['contact', 'R1'],
      ['schedule', 'T1'],
      ['host', 'H1'],
    ] as const) {
      await plan(ref, step, 'moved');
      expect([step, await on.act[act](request(ref, strategy, step))]).toEqual([
        step,
        { how: 'deferred', until: TOMORROW, rule: 'plan:moved' },
      ]);
    }
    expect(received(mobile)).toBe(0);
    expect(await listTasks(on.book.db, { account: ref })).toEqual([]);
  });

  it('what falls back is spoken on the cheaper channel, once', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    await plan(ref, 'C1', 'fall-back', 'sms');
    const asked = request(ref, strategy, 'C1');
    expect(await on.act.schedule(asked)).toEqual({ how: 'done', channel: 'sms' });
    expect(await listTasks(on.book.db, { account: ref })).toEqual([]);
    expect(received(mobile)).toBe(1);
  });

  it('where the cheaper channel cannot be used the step moves a day, and the day is counted', async () => {
    const { ref } = await person(on.book.db, strategy);
    const id = await plan(ref, 'C1', 'fall-back', 'voice_ai');
    expect(await on.act.schedule(request(ref, strategy, 'C1'))).toEqual({
      ...{ how: 'deferred', until: TOMORROW, rule: 'plan:moved' },
    });
    const cut = await on.book.db
      .selectFrom('planCuts')
      .select(['became', 'instead', 'why'])
      .where('plan', '=', id)
      .executeTakeFirst();
    expect(cut).toEqual({ became: 'moved', instead: null, why: 'no time; voice_ai could not be used' });
  });

  it('what is left out ends, and says so', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    await plan(ref, 'R1', 'left-out');
    expect(await on.act.contact(request(ref, strategy, 'R1'))).toEqual({
      how: 'refused',
      rule: 'plan:left-out',
    });
    expect(received(mobile)).toBe(0);
    // Another occurrence of the step is another piece of work.
    const next = request(ref, strategy, 'R1');
    expect(await on.act.contact({ ...next, occurrence: { ...next.occurrence, n: 2 } })).toEqual({
      how: 'done',
      channel: 'sms',
    });
    expect(received(mobile)).toBe(1);
  });
});
