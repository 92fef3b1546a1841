import type { AccountEvent } from '../../src/domain/account/events';
import type { Scalar } from '../../src/domain/units';
import type { AccountStatus } from '../../src/workflows/messages';
import { Months, type Life } from '../support/account-fixture';
import { owes } from '../support/small-account';
import { contact, smallStrategy } from '../support/small-strategy';

/** A message on every day from the first one late, D1 to D14, and the two questions that a person is asked. */
const daily = Array.from({ length: 14 }, (_, k) => contact(`D${k + 1}`, [k + 1]));
const asks = (name: string, anchor: 'mark:paid-claim' | 'mark:debit-missing') =>
  contact(name, [0], {
    kind: 'task',
    at: { anchor, days: { N: [0], H: [0] }, unit: 'day' },
    channels: undefined,
  });
const strategy = smallStrategy([
  ...daily,
  asks('LOOK', 'mark:paid-claim'),
  asks('ASK', 'mark:debit-missing'),
]);

/** So many hours after midnight of Shanghai. */
const at = (day: string, hour: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + (hour - 8) * 3_600_000).toISOString();

let months: Months;
beforeAll(async () => {
  months = await Months.open([strategy]);
}, 120_000);
afterAll(() => months?.close());

const HOUR = 3_600_000;

/** Sleeps to the first Monday of a March at half past eight: no holiday of China ever falls into the weeks after it. */
async function toMonday(): Promise<void> {
  const now = new Date(await months.env.currentTimeMs());
  const start = [0, 1]
    .map((more) => {
      const first = Date.UTC(now.getUTCFullYear() + more, 2, 1);
      return first + ((8 - new Date(first).getUTCDay()) % 7) * 24 * HOUR + HOUR / 2;
    })
    .find((monday) => monday > now.getTime());
  await months.env.sleep((start ?? now.getTime()) - now.getTime());
}

/** Owes 100.00 that fall due on Tuesday, day 1; lives from Monday, day 0. */
async function live(tell: (life: Life) => Promise<void>, facts: Record<string, Scalar> = {}): Promise<void> {
  await toMonday();
  const events = (day: (n: number) => string) => [owes('i1', day(1), 100_00)];
  await months.live({ strategy, events, facts }, tell);
}

/** Steps by the number of the day on which they were asked for: `2 D1`. */
const stepsOf = ({ outside, day }: Life): string[] =>
  outside.asked.map(({ request }) => {
    const on = new Date(Date.parse(request.now) + 8 * HOUR).toISOString().slice(0, 10);
    return `${(Date.parse(on) - Date.parse(day(0))) / (24 * HOUR)} ${request.occurrence.step}`;
  });
const statusOf = async ({ handle }: Life) => (await handle.query('status')) as AccountStatus;
const notesOf = ({ outside }: Life) =>
  [
    ...outside.asked.map(({ request }) => request.report),
    ...outside.closings.map(({ report }) => report),
  ].flatMap(({ notes }) => notes);
const until = ({ env }: Life, days: number) => env.sleep(days * 24 * HOUR);

describe('an account with autopay hears nothing from the due date', () => {
  const auto = { autopay: true };
  const debit = (day: string, on: string, result: 'paid' | 'failed', hour = 8): AccountEvent => ({
    ...{ kind: 'debit-result', id: `debit:${on}:${result}`, at: at(on, hour), date: day, result },
  });

  test('until the debit is known to have failed; then the ladder goes on with the day', () =>
    live(async (life) => {
      const { handle, day } = life;
      await until(life, 2.5);
      expect(stepsOf(life)).toEqual([]);
      await handle.signal('debit-result', debit(day(1), day(3), 'failed'));
      await until(life, 2);
      expect(stepsOf(life)).toEqual(['3 D2', '4 D3']);
    }, auto));

  test('and nothing at all where it succeeded, while the money is posted', () =>
    live(async (life) => {
      const { handle, day, outside } = life;
      await until(life, 2);
      await handle.signal('debit-result', debit(day(1), day(2), 'paid', 9));
      await until(life, 1);
      expect((await statusOf(life)).view.pastDue).toBe(100_00);
      const posted = {
        kind: 'payment',
        id: 'p',
        at: at(day(3), 9),
        amount: 100_00,
        valueDate: day(1),
      } as const;
      await handle.signal('payment', posted);
      await until(life, 40);
      expect(stepsOf(life)).toEqual([]);
      expect(outside.closings.map(({ reason }) => reason)).toEqual(['cured']);
    }, auto));

  test('and where no result comes a person is asked after three business days; unknown means no until then', () =>
    live(async (life) => {
      const { handle, day } = life;
      await until(life, 7.5);
      // Wednesday, Thursday and Friday are the days that the result may take.
      expect(stepsOf(life)).toEqual(['5 ASK']);
      const none = {
        kind: 'task-result',
        id: 'none',
        at: at(day(8), 9),
        step: 'ASK',
        result: 'none',
      } as const;
      await handle.signal('task-result', none);
      await until(life, 2);
      expect(stepsOf(life)).toEqual(['5 ASK', '8 D7', '9 D8']);
    }, auto));
});

test('a payment that is announced and never posted stops contact for its two business days and cures nothing', () =>
  live(async (life) => {
    const { handle, day } = life;
    await until(life, 2.5);
    const announced = {
      kind: 'payment',
      id: 'w',
      at: at(day(3), 8),
      amount: 100_00,
      valueDate: day(3),
    } as const;
    await handle.signal('payment', { ...announced, pending: true });
    await until(life, 1);
    expect((await statusOf(life)).view).toMatchObject({ pastDue: 100_00, stage: 'reminder' });
    await until(life, 6);
    // Told on Thursday: Friday and Monday are its days.
    expect(stepsOf(life)).toEqual(['2 D1', '8 D7', '9 D8']);
    expect((await statusOf(life)).view).toMatchObject({ pastDue: 100_00, contractDpd: 8 });
  }));

test('money that is posted late and counts from inside the grace makes the account never late; what went out has crossed', () =>
  live(async (life) => {
    const { handle, day, outside } = life;
    await until(life, 5.5);
    expect(stepsOf(life)).toEqual(['2 D1', '3 D2', '4 D3', '5 D4']);
    const posted = {
      kind: 'payment',
      id: 'p',
      at: at(day(6), 8),
      amount: 100_00,
      valueDate: day(3),
    } as const;
    await handle.signal('payment', posted);
    await until(life, 3);
    expect(stepsOf(life)).toHaveLength(4);
    expect((await statusOf(life)).view).toMatchObject({ pastDue: 0, stage: null, contractDpd: 0 });
    await until(life, 40);
    expect(outside.closings).toHaveLength(1);
    const { state } = outside.closings[0]!;
    // Of the day of the money itself nothing crossed it.
    expect(
      Object.entries(state.done)
        .map(([step, { how }]) => `${step} ${how}`)
        .sort(),
    ).toEqual([...['D1 done', 'D2 done', 'D3 crossed', 'D4 crossed']]);
    expect(notesOf(life).flatMap(({ code, args }) => (code === 'crossed' ? [args['name']] : []))).toEqual([
      'D3',
      'D4',
    ]);
    expect(state.episode).toMatchObject({ tone: 0, floor: 0 });
  }));

test('"I have paid" rests contact once in its period, with a task to look; said again it rests nothing', () =>
  live(async (life) => {
    const { handle, day } = life;
    await until(life, 2.5);
    const said = (id: string, on: string): AccountEvent => ({
      kind: 'paid-claim',
      id,
      at: at(on, 8),
      channel: 'app',
    });
    await handle.signal('paid-claim', said('c1', day(3)));
    await until(life, 6);
    expect(stepsOf(life)).toEqual(['2 D1', '3 LOOK', '8 D7']);
    await handle.signal('paid-claim', said('c2', day(9)));
    await until(life, 2);
    expect(stepsOf(life)).toEqual(['2 D1', '3 LOOK', '8 D7', '9 D8', '10 D9']);
    expect((await statusOf(life)).view.pastDue).toBe(100_00);
  }));
