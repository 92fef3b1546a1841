import { addStaff, changeKey, type Claim } from '../../src/book/staff';
import { budgetLeft, listOffers } from '../../src/book/offers';
import { nameDeputy } from '../../src/book/authority';
import { accountNow } from '../../src/client/account-now';
import { WATCH_RULES } from '../../src/domain/agreement/watch';
import { addDays } from '../../src/domain/calendar/day';
import type { OfferRule } from '../../src/domain/strategy/offers';
import { eventually, House, TODAY } from '../support/house';
import { contact, smallStrategy } from '../support/small-strategy';

jest.setTimeout(300_000);

const offers: readonly OfferRule[] = [
  {
    ...{ name: 'plan', kind: 'plan', counts: [3, 6], first: { withinDays: 7, leastPercent: 10 } },
    ...{ least: 100_00, rateUpTo: 240_000, watch: WATCH_RULES },
    replan: { times: 1, afterKept: 6, earlierBy: 'team-leader' },
  },
  { name: 'waiver', kind: 'waiver', withinDays: 10 },
];
const strategy = smallStrategy([contact('REMIND', [300])], { offers });

let house: House;
let head: Claim;
let collector: Claim;
let refs: ReadonlyMap<string, string>;
const ref = (name: string): string => refs.get(name) ?? '';

beforeAll(async () => {
  house = await House.open({ strategy, secondsADay: 3_600 });
  const { db } = house.client.book;
  const first = await addStaff(db, 'head-1', ['head'], null);
  head = { ref: 'head-1', key: first.key };
  const second = await addStaff(db, 'col-1', ['collector'], head);
  collector = { ref: 'col-1', key: (await changeKey(db, { ref: 'col-1', key: second.key })).key };
  refs = await house.enrol(
    ['plan', 'waiver'].map((account, n) => ({
      ...{ account, phone: `1390014${9000 + n}`, email: `wu.${n}@example.test` },
      obligations: '2026-01-10:3000.00',
    })),
  );
  await house.stack.startWorker();
});
afterAll(() => house?.close());

const plan = (id: string, more: object = {}) =>
  ({ id, kind: 'plan', count: 3, first: addDays(TODAY, 5), ...more }) as const;
const state = async (name: string) => {
  const account = await house.client.find(ref(name));
  return (await accountNow(house.client, account)).state;
};

test('a plan is asked for, answered, journalled once, and rests collection', async () => {
  const { client } = house;
  const account = ref('plan');
  await expect(client.offer(account, plan('o-61', { count: 61 }), collector)).rejects.toMatchObject({
    code: 'OFFER_MALFORMED',
  });
  await expect(client.offer(account, plan('o-x'), { ref: 'nobody', key: 'k' })).rejects.toMatchObject({
    code: 'STAFF_UNKNOWN',
  });
  const over = await client.offer(account, plan('o-over', { amount: 9_000_00 }), collector);
  expect(over).toMatchObject({ answer: 'refuse' });
  expect(over.because[0]).toContain('more than the debt of 3,000.00');
  const counter = await client.offer(account, plan('o-5', { count: 5 }), collector);
  expect(counter).toMatchObject({ answer: 'counter', best: { monthly: { count: 3 } } });

  const answer = await client.offer(account, plan('o-1'), collector);
  expect(answer).toMatchObject({ offer: 'o-1', answer: 'accept' });
  expect(await client.offer(account, plan('o-1'), collector)).toEqual(answer);
  await expect(client.offer(account, plan('o-1', { count: 6 }), collector)).rejects.toMatchObject({
    code: 'OFFER_DIFFERENT',
  });
  const facts = (await client.timeline(account)).filter(
    (entry) => entry.what === 'fact' && entry.event.kind === 'agreement',
  );
  expect(facts).toHaveLength(1);
  expect((await state('plan')).agreements).toMatchObject([{ id: 'o-1', status: 'kept', rule: 'plan' }]);
});

test('who asks is known from the book: an update that nobody of the staff wrote down is refused', async () => {
  const given = { ...plan('by-hand'), at: house.client.now() };
  const answer = await house
    .handle(ref('plan'))
    .executeUpdate<{ answer: string }, [object]>('offer', { args: [given] });
  expect(answer).toMatchObject({ answer: 'refuse', because: ['Nobody of the staff asked for this offer.'] });
  const signal = { agreement: 'forged', terms: { kind: 'freeze', from: TODAY, until: addDays(TODAY, 60) } };
  await house.handle(ref('plan')).signal('agreement', signal);
  await eventually('it is kept aside', async () => {
    const status = await house.client.status(ref('plan'));
    return status?.aside.some(({ name }) => name === 'agreement') === true;
  });
  expect((await state('plan')).agreements).toHaveLength(1);
});

test('a waiver beyond the role waits for a second person, and the budget is reserved meanwhile', async () => {
  const { client } = house;
  const { db } = client.book;
  const account = ref('waiver');
  const waiver = { id: 'w-1', kind: 'waiver', amount: 200_00, by: addDays(TODAY, 5) } as const;
  expect(await client.offer(account, { ...waiver, id: 'w-0' }, collector)).toMatchObject({
    answer: 'refuse',
    because: ['The host did not say what of the debt is charges and interest: nothing can be given up.'],
  });
  await client.tell(account, { kind: 'facts', facts: { owed_late_charge: 300_00 } });
  const before = await budgetLeft(db, 'senior', TODAY);
  const answer = await client.offer(account, waiver, collector);
  expect(answer).toMatchObject({ answer: 'needs-approval', by: 'senior' });
  expect(await budgetLeft(db, 'senior', TODAY)).toBe(before - 200_00);
  // After its days an approval is gone, and the budget is back.
  expect(await budgetLeft(db, 'senior', addDays(answer.until ?? '', 1))).toBe(before);
  expect(await listOffers(db, { awaiting: true, day: TODAY })).toMatchObject([
    { id: 'w-1', approver: 'senior' },
  ]);
  expect(await listOffers(db, { account, day: addDays(answer.until ?? '', 1) })).toMatchObject([
    { id: 'w-1', status: 'expired' },
    { id: 'w-0' },
  ]);

  await expect(client.decideOffer('w-1', 'approve', collector)).rejects.toMatchObject({
    code: 'OFFER_MAY_NOT',
  });
  // Who stands in for the head has the head's role, and is still not the second person of himself.
  await nameDeputy(db, 'col-1', TODAY, addDays(TODAY, 1), head);
  await expect(client.decideOffer('w-1', 'approve', collector)).rejects.toMatchObject({
    code: 'OFFER_MAY_NOT',
    args: { reason: 'whoever asks is not the one who approves' },
  });
  expect(await client.decideOffer('w-1', 'approve', head)).toMatchObject({ status: 'approved' });
  expect(await client.decideOffer('w-1', 'approve', head)).toMatchObject({ status: 'approved' });
  await eventually('the account carries it', async () => {
    const given = await house.handle(account).query<{ action: string; why: string } | null>('next');
    return given !== null && /waiver/.test(given.why);
  });
  const facts = (await client.timeline(account)).filter(
    (entry) => entry.what === 'fact' && entry.event.kind === 'agreement',
  );
  expect(facts).toHaveLength(1);
  const again = await client.offer(account, { ...waiver, id: 'w-2', amount: 100_00 }, collector);
  expect(again).toMatchObject({ answer: 'refuse', because: ['A waiver is open already.'] });
});
