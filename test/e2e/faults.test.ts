import { factsOf } from '../../src/book/journal';
import { attemptsOf } from '../../src/book/attempts';
import { addDays } from '../../src/domain/calendar/day';
import { ForbearError } from '../../src/domain/errors/forbear-error';
import { eventually, House, TODAY } from '../support/house';
import { contact, smallStrategy } from '../support/small-strategy';
import { reader } from '../support/texts';

jest.setTimeout(240_000);

const OWED = 500_00;
const PART = 100_00;
const email = { channels: ['email'] };
const strategy = smallStrategy(
  [
    contact('GRACE', [4], { template: 'grace-reminder' }),
    contact('STATEMENT', [6], { template: 'arrears-statement', ...email }),
    contact('REMIND', [8], { template: 'pay-reminder' }),
    contact('NOTICE', [10], { template: 'record-notice' }),
    contact('PLAN', [12], { template: 'personal-plan', ...email, tone: 2 }),
    contact('OFFER', [14], { template: 'plan-offer', tone: 2 }),
    contact('FOLLOWS', [16], { template: 'what-follows', ...email, tone: 2 }),
    contact('RECOVER', [18], { template: 'recovery-offer', tone: 2 }),
  ],
  { counting: { ...smallStrategy([]).counting, watchDays: 2 } },
);
const read = reader(strategy);

/** What the client threw that is no error of the catalogue. */
const uncoded: unknown[] = [];

let house: House;
let refs: readonly string[];
/** What was paid, by account; each id once. */
const paid = new Map<string, { id: string; amount: number }[]>();

beforeAll(async () => {
  house = await House.open({ strategy, secondsADay: 2, headStart: 8 });
  await house.stack.startWorker();
  const rows = Array.from({ length: 12 }, (_, i) => ({
    account: `6225880000${String(100 + i)}`,
    name: `王某${i}`,
    phone: `1380013${String(8000 + i)}`,
    email: `wang.${i}@example.test`,
    obligations: `${addDays(TODAY, -(i % 4))}:${OWED / 100}.00`,
  }));
  const known = await house.enrol(rows);
  refs = rows.map(({ account }) => known.get(account) ?? '');
});
afterAll(() => house?.close());

async function seen(): Promise<readonly { ref: string; step: string; at: string }[]> {
  return (await house.received()).map((message) => ({ ...read(message), at: message.at }));
}

const arrived = (count: number) => async (): Promise<boolean> => (await house.received()).length >= count;

/** As a cashier does who gets no answer: asks again, with the same id, until it is known to be accepted. */
async function pays(ref: string, amount: number): Promise<void> {
  const own = paid.get(ref) ?? [];
  const id = `paid-${ref}-${own.length + 1}`;
  paid.set(ref, [...own, { id, amount }]);
  const payment = { kind: 'payment', id, amount, valueDate: house.client.now().slice(0, 10) } as const;
  await eventually(`${id} is accepted`, async () => {
    try {
      await house.client.tell(ref, payment);
      return true;
    } catch (error) {
      if (!(error instanceof ForbearError)) uncoded.push(error);
      return false;
    }
  });
}

/** One account of three pays a part of its debt, the others all of it. */
const threePay = (first: number): Promise<unknown> =>
  Promise.all(refs.slice(first, first + 3).map((ref, i) => pays(ref, i === 0 ? PART : OWED)));

test('whatever is killed in the middle of a run: no payment is lost, nothing goes out twice, nobody is stuck', async () => {
  // Answers come late, so that a kill finds messages that were taken and whose sender does not know it.
  await house.behave({ channel: 'sms', do: 'slow', ms: 300 });
  await eventually('the first messages arrive', arrived(6));
  await threePay(0);

  await eventually('the worker is busy', arrived(12));
  await Promise.all([house.kill('worker'), threePay(3)]);

  await eventually('the accounts go on after the worker', arrived(22));
  await Promise.all([house.kill('temporal'), threePay(6)]);

  await eventually('the accounts go on after Temporal', arrived(32));
  await Promise.all([house.kill('postgres'), threePay(9)]);

  const patient = refs.filter((_, i) => i % 3 === 0);
  await eventually(
    'those who still owe reach their last step',
    async () => {
      const attempts = await Promise.all(patient.map((ref) => attemptsOf(house.client.book.db, ref)));
      return attempts.every((own) =>
        own.some(({ step, status }) => step === 'RECOVER' && status !== 'reserved'),
      );
    },
    120,
  );
  await Promise.all(patient.map((ref) => pays(ref, OWED - PART)));
  await eventually('everybody is cured', async () => {
    const rows = await Promise.all(refs.map((ref) => house.client.find(ref)));
    return rows.every(({ outcome }) => outcome === 'cured');
  });

  expect(uncoded).toEqual([]);
  const messages = await seen();
  for (const ref of refs) {
    const payments = paid.get(ref) ?? [];
    const facts = await factsOf(house.client.book.db, ref);
    expect(facts.filter(({ kind }) => kind === 'payment').map(({ id }) => id)).toEqual(
      payments.map(({ id }) => id),
    );
    const { finalState } = await house.client.find(ref);
    const folded = finalState?.owed.movements.map(({ id, amount }) => ({ id, amount }));
    expect(folded).toEqual(payments);
    await eventually('its workflow has ended', async () => {
      const { status } = await house.handle(ref).describe();
      return status.name === 'COMPLETED';
    });

    const steps = messages.filter((message) => message.ref === ref).map(({ step }) => step);
    expect(new Set(steps).size).toBe(steps.length);
    const attempts = await attemptsOf(house.client.book.db, ref);
    // What the book says was taken did arrive; of what it does not know, nothing was sent once more.
    const taken = attempts.filter(({ status: how }) => how === 'accepted').map(({ step }) => step);
    expect(steps).toEqual(expect.arrayContaining(taken));
    expect(attempts.filter(({ status: how }) => how === 'reserved')).toEqual([]);
  }
  for (const ref of patient) {
    const sent = await attemptsOf(house.client.book.db, ref);
    expect([...new Set(sent.map(({ step }) => step))].sort()).toEqual(
      strategy.steps.map(({ name }) => name).sort(),
    );
  }
});

test('whoever had paid all of it was not contacted any more', async () => {
  const { db } = house.client.book;
  const messages = await seen();
  for (const ref of refs) {
    const last = paid.get(ref)?.at(-1)?.id ?? '';
    const { receivedAt } = await db
      .selectFrom('journal')
      .select('receivedAt')
      .where('account', '=', ref)
      .where('eventId', '=', last)
      .executeTakeFirstOrThrow();
    // A message under way when the payment is accepted has its permit already; later permits there are none.
    const before = (await attemptsOf(db, ref)).filter(({ reservedAt }) => reservedAt <= receivedAt);
    const steps = messages.filter((message) => message.ref === ref).map(({ step }) => step);
    expect(before.map(({ step }) => step)).toEqual(expect.arrayContaining(steps));
    expect(
      messages.filter(
        (message) => message.ref === ref && Date.parse(message.at) > Date.parse(receivedAt) + 15_000,
      ),
    ).toEqual([]);
  }
});
