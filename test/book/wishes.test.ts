import { evidenceOf } from '../../src/book/evidence/read';
import { neverAgain, NEVER_AGAIN } from '../../src/book/never-again';
import { addEndpoints } from '../../src/book/people';
import { reserve } from '../../src/book/permit';
import { publishShipped } from '../../src/book/policy/publish-shipped';
import { listTasks } from '../../src/book/tasks';
import { endWish, keepWish, wishesOf, type NewWish } from '../../src/book/wishes';
import type { PolicyUse } from '../../src/domain/policy/use';
import type { Strategy } from '../../src/domain/strategy/strategy';
import { contact } from '../support/small-strategy';
import {
  ask,
  enrolled,
  fresh,
  newAccount,
  NOON,
  ownBook,
  published,
  rehearse,
  SMALL,
} from './book-under-test';

const FREE: Strategy = {
  ...SMALL,
  contact: { hours: {}, caps: [], closedOn: [] },
  steps: [
    ...SMALL.steps,
    contact('C1', [7], { channels: ['call'], duringPromise: true }),
    contact('N2', [4], { channels: ['letter'], kind: 'notice' }),
  ],
};
const US: PolicyUse = {
  role: 'agency',
  packs: ['us-federal'],
  endpoints: { source: 'contract', kind: 'personal' },
};

let book: Awaited<ReturnType<typeof ownBook>>;
let plain: string;
let china: string;
beforeAll(async () => {
  book = await ownBook();
  await rehearse(book.db);
  await publishShipped(book.db);
  plain = await published(book.db, FREE);
  const policy: PolicyUse = {
    role: 'original-creditor',
    packs: ['cn-consumer-credit'],
    endpoints: { source: 'contract', kind: 'personal' },
  };
  china = await published(book.db, { ...FREE, policy });
});
afterAll(() => book.drop());

const ALWAYS: NewWish = {
  ...{ at: '2026-03-01T00:00:00.000Z', until: null, form: null, by: 'desk-4' },
  ...{ days: null, from: '00:00', to: '24:00', places: null, channels: null },
};
let times = 0;
/** Each asked for is another occurrence of a step that speaks of its own account only. */
function may(account: string, strategy: string, channel: string, at: string, step = 'P1') {
  times += 1;
  const occurrence = { step, anchor: '2026-03-01', n: times, due: at };
  return reserve(book.db, ask(account, strategy, step, { occurrence, channel, now: at }));
}
/** Two accounts of one person: what is said of the person binds both. */
async function two(strategy = plain) {
  const { person } = newAccount(strategy);
  const endpoints = [...person.endpoints, { kind: 'address' as const, value: 'Nanjing Road 1' }];
  const one = await enrolled(book.db, strategy, { person: { ...person, endpoints } });
  const other = await enrolled(book.db, strategy, { person });
  return { one: one.ref, other: other.ref, person: one.person };
}

describe('what a person asked for', () => {
  test.each([
    ['without any pack', () => plain],
    ['under a pack', () => china],
  ])(
    'not on Fridays: every account waits for Saturday, to the second, notices too, %s',
    async (_name, which) => {
      const { one, other, person } = await two(which());
      await keepWish(book.db, person, { ...ALWAYS, days: ['fri'] });
      // 13 March 2026 is a Friday in Shanghai.
      expect(await may(one, which(), 'sms', '2026-03-12T15:59:59.000Z')).toMatchObject(
        which() === plain ? { answer: 'permit' } : { answer: 'defer', until: '2026-03-14T00:00:00.000Z' },
      );
      const friday = { answer: 'defer', rule: expect.stringMatching(/^wish$|^policy:CN-O2$/) as string };
      const until = which() === plain ? '2026-03-13T16:00:00.000Z' : '2026-03-14T00:00:00.000Z';
      expect(await may(other, which(), 'sms', '2026-03-13T02:00:00.000Z')).toMatchObject({
        ...friday,
        until,
      });
      expect(await may(other, which(), 'email', '2026-03-13T02:00:00.000Z', 'N1')).toMatchObject({
        answer: 'defer',
        until,
      });
      expect(await may(one, which(), 'email', '2026-03-14T02:00:00.000Z')).toMatchObject({
        answer: 'permit',
      });
    },
  );

  test('not between hours, over midnight as two wishes; only until the wish ends', async () => {
    const { one, person } = await two();
    const wish = { ...ALWAYS, from: '12:00', to: '14:00', until: '2026-03-20T00:00:00.000Z' };
    await keepWish(book.db, person, wish);
    await keepWish(book.db, person, wish);
    expect(await wishesOf(book.db, person)).toHaveLength(1);
    expect(await may(one, plain, 'sms', '2026-03-10T04:00:00.000Z')).toEqual({
      ...{ answer: 'defer', until: '2026-03-10T06:00:00.000Z', rule: 'wish' },
    });
    expect(await may(one, plain, 'sms', '2026-03-10T06:00:00.000Z')).toMatchObject({ answer: 'permit' });
    expect(await may(one, plain, 'sms', '2026-03-20T04:00:00.000Z')).toMatchObject({ answer: 'permit' });
  });

  test('not by a way: that way alone is shut, so that the step may go by its next', async () => {
    const { one, other, person } = await two();
    await keepWish(book.db, person, { ...ALWAYS, channels: ['sms'] });
    expect(await may(one, plain, 'sms', NOON)).toEqual({ answer: 'block', rule: 'wish', channel: true });
    expect(await may(other, plain, 'sms', NOON)).toMatchObject({ answer: 'block', rule: 'wish' });
    expect(await may(other, plain, 'email', NOON)).toMatchObject({ answer: 'permit' });
  });

  test("not at work: the number of the employer is passed by for one of the person's own, or nobody is called", async () => {
    const { person: described } = newAccount(plain);
    const work = {
      kind: 'mobile' as const,
      value: `+86138777${fresh().length}0001`,
      preferred: true,
      place: 'work' as const,
    };
    const both = { ...described, endpoints: [work, { kind: 'mobile' as const, value: '+8613877700002' }] };
    const { ref, person } = await enrolled(book.db, plain, { person: both });
    const first = await may(ref, plain, 'call', NOON, 'C1');
    expect(first).toMatchObject({ answer: 'permit', endpoint: { place: 'work' } });
    await keepWish(book.db, person, { ...ALWAYS, places: ['work'] });
    expect(await may(ref, plain, 'call', NOON, 'C1')).toMatchObject({
      ...{ answer: 'permit', endpoint: { value: '+8613877700002' } },
    });
    const only = await enrolled(book.db, plain, {
      person: { ...newAccount(plain).person, endpoints: [work] },
    });
    await keepWish(book.db, only.person, { ...ALWAYS, places: ['work'] });
    expect(await may(only.ref, plain, 'call', NOON, 'C1')).toEqual({
      answer: 'block',
      rule: 'wish',
      channel: true,
    });
    // Said to be at work only now: what was known is what was said last.
    await addEndpoints(book.db, person, [{ kind: 'mobile', value: '+8613877700002', place: 'work' }]);
    expect(await may(ref, plain, 'call', NOON, 'C1')).toMatchObject({ answer: 'block', rule: 'wish' });
  });

  test('is taken back, and the chain of the person says both', async () => {
    const { one, person } = await two();
    await keepWish(book.db, person, { ...ALWAYS, channels: ['sms'] });
    const [wish] = await wishesOf(book.db, person);
    const said = { at: NOON, by: 'desk-4' };
    await endWish(book.db, person, wish!.id, said);
    expect(await may(one, plain, 'sms', NOON)).toMatchObject({ answer: 'permit' });
    await expect(endWish(book.db, person, wish!.id, said)).rejects.toMatchObject({ code: 'WISH_UNKNOWN' });
    await expect(endWish(book.db, person, '0', said)).rejects.toMatchObject({ code: 'WISH_UNKNOWN' });
    const told = [];
    for await (const { kind, body } of evidenceOf(book.db, { person })) if (kind === 'told') told.push(body);
    expect(told).toMatchObject([
      { event: 'preference', not: { channels: ['sms'] }, by: 'desk-4' },
      { event: 'preference', says: 'taken back', about: wish!.id },
    ]);
  });
});

describe('never contact me again', () => {
  test('is a hold on every account where a pack knows the request', async () => {
    const strategy = await published(book.db, { ...FREE, policy: US, zone: 'America/New_York' });
    const { terms, person: described } = newAccount(strategy);
    const person = { ...described, zone: 'America/New_York' };
    const one = await enrolled(book.db, strategy, { person, terms: { ...terms, zone: 'America/New_York' } });
    const other = await enrolled(book.db, plain, { person });
    const kept = await neverAgain(book.db, one.person, { at: NOON, by: null });
    expect(kept).toMatchObject({ kept: 'hold', task: null });
    expect([...kept.accounts].sort()).toEqual([one.ref, other.ref].sort());
    expect(await may(other.ref, plain, 'sms', NOON)).toEqual({ answer: 'block', rule: 'hold:cease-contact' });
    expect((await neverAgain(book.db, one.person, { at: NOON, by: null })).accounts).toEqual([]);
  });

  test('is a wish with a task elsewhere: nothing goes out, but a notice by letter', async () => {
    const { one, other, person } = await two();
    const kept = await neverAgain(book.db, person, { at: NOON, by: 'desk-4' });
    expect(kept).toMatchObject({ kept: 'wish', accounts: [] });
    for (const [channel, step] of [
      ['sms', 'P1'],
      ['email', 'P1'],
      ['call', 'C1'],
      ['email', 'N1'],
    ] as const)
      for (const account of [one, other])
        expect(await may(account, plain, channel, NOON, step)).toEqual({ answer: 'block', rule: 'wish' });
    expect(await may(one, plain, 'letter', NOON, 'N2')).toMatchObject({ answer: 'permit' });
    const again = await neverAgain(book.db, person, { at: NOON, by: 'desk-4' });
    expect(again.task).toBe(kept.task);
    const tasks = await listTasks(book.db, { account: one, limit: 10 });
    const others = await listTasks(book.db, { account: other, limit: 10 });
    expect([...tasks, ...others].filter(({ step }) => step === NEVER_AGAIN)).toMatchObject([
      { id: kept.task, person, action: NEVER_AGAIN, queue: 'compliance', status: 'open' },
    ]);
  });
});
