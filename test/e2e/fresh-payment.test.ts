import { attemptsOf } from '../../src/book/attempts';
import { accept } from '../../src/book/journal';
import type { Payment } from '../../src/domain/account/events';
import { eventually, House, TODAY } from '../support/house';
import { contact, smallStrategy } from '../support/small-strategy';
import { reader } from '../support/texts';

jest.setTimeout(180_000);

const ONE_STEP = [4];
const strategy = smallStrategy([
  contact('REMIND', ONE_STEP, { template: 'pay-reminder', channels: ['sms', 'email'] }),
]);
const read = reader(strategy);
const DUE = '2026-02-27';
/** The moment at which the step is due. */
const STEP = '2026-03-03T02:00:00.000Z';

let house: House;
let known: ReadonlyMap<string, string>;
const COUNT = 24;

beforeAll(async () => {
  house = await House.open({ strategy, secondsADay: 3 });
  const rows = Array.from({ length: COUNT }, (_, i) => ({
    account: `n${i}`,
    phone: `1390013${String(9000 + i)}`,
    email: `li.${i}@example.test`,
    obligations: `${DUE}:300.00`,
  }));
  // Without a worker the accounts lie still: what follows is accepted before any of them looks at its step.
  known = await house.enrol(rows);
});
afterAll(() => house?.close());

const ref = (n: number): string => known.get(`n${n}`) ?? '';
const payment = (n: number, more: object = {}): Payment => ({
  kind: 'payment',
  id: `paid-${n}`,
  at: house.client.now(),
  amount: 300_00,
  valueDate: TODAY,
  ...more,
});

async function contacted(): Promise<ReadonlySet<string>> {
  return new Set((await house.received()).map((message) => read(message).ref));
}

test('a payment accepted before the send stops it, whatever the workflow knows; and those who race are never dunned after', async () => {
  const { db } = house.client.book;
  // Only the journal has these: the workflow decides to send, and the gate alone can stop it.
  const toldAt = new Date().toISOString();
  for (const n of [0, 1, 2, 3]) {
    await accept(db, ref(n), payment(n), 'client');
    // As if the telling had been lost: nobody tells the workflow before it has decided.
    await db.updateTable('journal').set({ toldAt }).where('account', '=', ref(n)).execute();
  }
  await accept(db, ref(4), payment(4, { pending: true }), 'client');
  await house.client.tell(ref(5), payment(5));
  const hold = { kind: 'hold', type: 'cease-contact', hold: 'h', from: TODAY } as const;
  await house.client.tell(ref(6), hold);
  await house.client.tell(ref(7), { kind: 'dispute-raised', dispute: 'd', reason: 'not-mine' });

  await house.stack.startWorker();
  // The others pay while their steps are being carried out.
  const racing = Array.from({ length: COUNT - 10 }, (_, i) => i + 8);
  await eventually('some of the steps are carried out', async () => (await contacted()).size > 0);
  for (const n of racing) await house.client.tell(ref(n), payment(n));
  await eventually('the last two, who do not pay, are reminded', async () => {
    const seen = await contacted();
    return seen.has(ref(COUNT - 1)) && seen.has(ref(COUNT - 2));
  });
  await eventually('every account is past its step', async () => {
    const next = await Promise.all([...known.values()].map((one) => house.client.next(one)));
    return next.every((it) => it?.action === 'wait' && (it.at === null || it.at > STEP));
  });

  const seen = await contacted();
  for (const n of [0, 1, 2, 3, 4, 5, 6, 7]) {
    expect([n, seen.has(ref(n))]).toEqual([n, false]);
    expect(await attemptsOf(db, ref(n))).toEqual([]);
  }
  for (const n of racing) {
    const { receivedAt } = await db
      .selectFrom('journal')
      .select('receivedAt')
      .where('account', '=', ref(n))
      .executeTakeFirstOrThrow();
    const attempts = await attemptsOf(db, ref(n));
    const allowed = attempts.some(({ reservedAt }) => reservedAt <= receivedAt);
    expect(attempts.every(({ reservedAt }) => reservedAt <= receivedAt)).toBe(true);
    expect(seen.has(ref(n))).toBe(allowed);
  }
});

test('the gate wrote down why it stopped them', async () => {
  const gates = (await house.client.timeline(ref(0))).filter((entry) => entry.what === 'gate');
  expect(gates).toEqual([
    expect.objectContaining({ step: 'REMIND', answer: 'block', rule: expect.stringMatching(/./) }),
  ]);
});

test('an attempt that nobody settled, as after a crash, is settled by the sweep: it counts and is not sent again', async () => {
  const { db } = house.client.book;
  const [sent] = await attemptsOf(db, ref(COUNT - 1));
  const before = (await house.received()).length;
  const longAgo = new Date(Date.now() - 60_000).toISOString();
  await db
    .updateTable('attempts')
    .set({ status: 'reserved', settledAt: null, expiresAt: longAgo })
    .where('id', '=', sent?.id ?? '')
    .execute();
  await eventually('the sweep settles it', async () => {
    const [again] = await attemptsOf(db, ref(COUNT - 1));
    return again?.status === 'unknown';
  });
  expect((await house.received()).length).toBe(before);
});
