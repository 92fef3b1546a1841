import { enrolAccount } from '../../src/book/accounts';
import { sayConsent } from '../../src/book/consents';
import { lastConversation } from '../../src/book/conversations';
import { accept, factsOf } from '../../src/book/journal';
import { addParty } from '../../src/book/parties';
import { usableEndpoints, type NewPerson } from '../../src/book/people';
import { reserve } from '../../src/book/permit';
import { changeReach } from '../../src/book/reach';
import type { ContactOutcome } from '../../src/domain/account/events';
import { ask, DAY, enrolled, fresh, newAccount, NOON, ownBook, published, rehearse } from './book-under-test';

describe('how somebody is reached, and who speaks for somebody', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  let count = 0;
  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  const phone = () => ({ kind: 'mobile' as const, value: `+8613600${100000 + (count += 1)}` });
  async function two(endpoints: NewPerson['endpoints']) {
    const person = { ...newAccount(strategy).person, endpoints };
    const one = await enrolled(book.db, strategy, { person });
    const other = await enrolled(book.db, strategy, { person });
    return { person, one, other };
  }
  const outcome = (code: ContactOutcome['code'], more: Partial<ContactOutcome> = {}): ContactOutcome => ({
    ...{ kind: 'contact-outcome', id: fresh(), at: NOON, channel: 'call', code },
    ...more,
  });
  const reached = async (ref: string) =>
    (await factsOf(book.db, ref)).flatMap((fact) =>
      fact.kind === 'contact-changed' ? [fact.reachable] : [],
    );
  const usable = async (person: string) => (await usableEndpoints(book.db, person)).map(({ value }) => value);

  test.each(['WN', 'INV'] as const)(
    '%s takes the number that was dialled out of use at once, and no other',
    async (code) => {
      const [first, second] = [phone(), phone()];
      const { one, other } = await two([first, second]);
      const asked = ask(one.ref, strategy, 'R1', { channel: 'call' });
      const leave = await reserve(book.db, asked);
      if (leave.answer !== 'permit') throw new Error(JSON.stringify(leave));
      const [left] = [first, second].filter(({ value }) => value !== leave.endpoint.value);
      await accept(book.db, one.ref, outcome(code, { step: 'R1' }), 'test');
      expect(await usable(one.person)).toEqual([left!.value]);
      expect(await reached(other.ref)).toEqual([]);
      // The next call goes to the next number; that one is wrong as well, and every account knows that none is left.
      const next = { occurrence: { step: 'R1', anchor: '2026-03-01', n: 2, due: NOON } };
      expect(await reserve(book.db, { ...asked, ...next })).toMatchObject({
        endpoint: { value: left!.value },
      });
      const last = await accept(book.db, one.ref, outcome(code, { step: 'R1' }), 'test');
      expect(await usable(one.person)).toEqual([]);
      expect(last.also).toEqual(expect.arrayContaining([one.ref, other.ref]));
      for (const { ref } of [one, other]) expect(await reached(ref)).toEqual([false]);
    },
  );

  test('of several numbers none of which is known to have been dialled, none is taken out of use', async () => {
    const { one } = await two([phone(), phone()]);
    await accept(book.db, one.ref, outcome('WN'), 'test');
    expect(await usable(one.person)).toHaveLength(2);
    const single = await two([phone()]);
    await accept(book.db, single.one.ref, outcome('WN'), 'test');
    expect(await usable(single.one.person)).toEqual([]);
  });

  test("a wrong number of a guarantor is the guarantor's", async () => {
    const { one } = await two([phone()]);
    const person = { ...newAccount(strategy).person, endpoints: [phone()] };
    const guarantor = await addParty(book.db, one.ref, { role: 'guarantor', person }, DAY);
    await accept(book.db, one.ref, outcome('INV', { party: guarantor }), 'test');
    expect([await usable(one.person), await usable(guarantor)].map(({ length }) => length)).toEqual([1, 0]);
    // The debtor can be reached all the same.
    expect(await reached(one.ref)).toEqual([]);
  });

  test('an account that is enrolled later knows that nobody can be reached, and a new number is told to all', async () => {
    const { person, one, other } = await two([phone()]);
    await changeReach(book.db, one.person, NOON, async (tx) => {
      for (const channel of ['sms', 'call', 'voice_ai', 'wechat'])
        await sayConsent(tx, one.person, { channel, says: 'refused', at: NOON });
    });
    const later = await enrolled(book.db, strategy, { person });
    for (const { ref } of [one, other, later]) expect(await reached(ref)).toEqual([false]);
    const mail = { kind: 'email' as const, value: `later${count}@example.test` };
    const last = await enrolAccount(book.db, {
      ...newAccount(strategy),
      person: { ...person, endpoints: [...person.endpoints, mail] },
    });
    for (const { ref } of [one, other, later]) expect(await reached(ref)).toEqual([false, true]);
    expect(await reached(last.ref)).toEqual([]);
  });

  test('whoever says that he acts for the person rests all accounts while the mandate is checked, once', async () => {
    const { person, one, other } = await two([phone()]);
    await accept(book.db, one.ref, outcome('REP'), 'test');
    expect(await reserve(book.db, ask(other.ref, strategy))).toMatchObject({ rule: 'hold:mandate-check' });
    expect(await reserve(book.db, ask(one.ref, strategy))).toMatchObject({ rule: 'hold:mandate-check' });
    // Nothing is told to the account that has it by itself.
    expect(await factsOf(book.db, one.ref)).toHaveLength(1);
    expect(await factsOf(book.db, other.ref)).toMatchObject([
      { kind: 'hold', type: 'mandate-check', from: DAY, until: '2026-03-14' },
    ]);
    const later = await enrolled(book.db, strategy, { person });
    expect(await reserve(book.db, ask(later.ref, strategy))).toMatchObject({ rule: 'hold:mandate-check' });
    await accept(book.db, other.ref, outcome('REP', { at: '2026-04-01T02:00:00.000Z' }), 'test');
    const then = { now: '2026-04-01T03:00:00.000Z' };
    for (const { ref } of [one, other, later])
      expect((await factsOf(book.db, ref)).filter(({ kind }) => kind === 'hold').length).toBeLessThanOrEqual(
        1,
      );
    expect(await reserve(book.db, ask(other.ref, strategy, 'R1', then))).toMatchObject({ answer: 'permit' });
  });

  test('the mandate is shown before its days are over: released on one account it is released on all', async () => {
    const { one, other } = await two([phone()]);
    const rep = outcome('REP');
    await accept(book.db, one.ref, rep, 'test');
    const release = { kind: 'release', id: fresh(), at: NOON, hold: `mandate-check:${rep.id}` } as const;
    await accept(book.db, other.ref, release, 'test');
    for (const { ref } of [one, other])
      expect(await reserve(book.db, ask(ref, strategy))).not.toMatchObject({ rule: 'hold:mandate-check' });
  });

  test('a talk with a guarantor is no talk with the debtor', async () => {
    const { one } = await two([phone()]);
    const person = newAccount(strategy).person;
    const guarantor = await addParty(book.db, one.ref, { role: 'guarantor', person }, DAY);
    await accept(book.db, one.ref, outcome('RPC-INT', { party: guarantor, reason: 'unknown' }), 'test');
    const after = '2026-03-10T03:00:00.000Z';
    expect(await lastConversation(book.db, one.person, after)).toBeNull();
    expect(await lastConversation(book.db, guarantor, after)).toBe(NOON);
    await accept(book.db, one.ref, outcome('RPC-INT', { reason: 'unknown' }), 'test');
    expect(await lastConversation(book.db, one.person, after)).toBe(NOON);
  });
});
