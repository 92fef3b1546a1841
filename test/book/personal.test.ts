import { closeAccount } from '../../src/book/report';
import { accept, factsOf } from '../../src/book/journal';
import { accountOf } from '../../src/book/accounts';
import { fold } from '../../src/book/fold';
import { addParty, endParty } from '../../src/book/parties';
import { holdsOf } from '../../src/book/person-holds';
import { holdPerson, releasePerson } from '../../src/book/personal';
import { reserve } from '../../src/book/permit';
import { view } from '../../src/domain/account/view';
import type { AccountEvent, HoldType } from '../../src/domain/account/events';
import {
  ask,
  DAY,
  enrolled,
  fresh,
  newAccount,
  NOON,
  ownBook,
  published,
  rehearse,
  SMALL,
} from './book-under-test';

describe('what belongs to a person', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook(20);
    await rehearse(book.db);
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  async function two() {
    const { person } = newAccount(strategy);
    const [one, other] = [
      await enrolled(book.db, strategy, { person }),
      await enrolled(book.db, strategy, { person }),
    ];
    return { person, one, other };
  }
  const held = (type: HoldType, hold = fresh()): AccountEvent => ({
    kind: 'hold',
    id: `set-${hold}`,
    at: NOON,
    hold,
    type,
    from: DAY,
  });
  const kinds = async (account: string) =>
    (await factsOf(book.db, account)).map((event) =>
      `${event.kind} ${'hold' in event ? event.hold : ''}`.trim(),
    );
  const answer = async (account: string, step = 'R1') => reserve(book.db, ask(account, strategy, step));

  test('a death told of one account holds the others in the same transaction', async () => {
    const { one, other } = await two();
    const accepted = await accept(book.db, one.ref, held('deceased', 'dead'), 'test');
    expect(accepted.also).toEqual([other.ref]);
    expect(await kinds(one.ref)).toEqual(['hold dead']);
    expect(await kinds(other.ref)).toEqual(['hold dead']);
    expect(await answer(one.ref)).toEqual({ answer: 'block', rule: 'hold:deceased' });
    expect(await answer(other.ref)).toEqual({ answer: 'block', rule: 'hold:deceased' });
    expect(await accept(book.db, one.ref, held('deceased', 'dead'), 'test')).toMatchObject({
      duplicate: true,
    });
    expect(await kinds(other.ref)).toEqual(['hold dead']);
  });

  test('the weakest signal is enough, and what is of one account stays there', async () => {
    const { one, other } = await two();
    const call = { kind: 'contact-outcome', at: NOON, channel: 'call', code: 'DEC' } as const;
    await accept(book.db, one.ref, { ...call, id: 'call-7' }, 'test');
    expect(await answer(other.ref)).toEqual({ answer: 'block', rule: 'hold:deceased' });
    expect((await fold(book.db, one.ref)).holds).toEqual((await fold(book.db, other.ref)).holds);

    const apart = await two();
    for (const type of ['pause', 'complaint', 'identity-theft', 'placed', 'court-order'] as const)
      await accept(book.db, apart.one.ref, held(type), 'test');
    expect(await kinds(apart.other.ref)).toEqual([]);
  });

  test('released on one account it is released on all, and a second release tells nobody again', async () => {
    const { one, other } = await two();
    await accept(book.db, one.ref, held('illness', 'ill'), 'test');
    const release = { kind: 'release', hold: 'ill', at: NOON, lastDay: '2026-03-12' } as const;
    await accept(book.db, other.ref, { ...release, id: 'r1' }, 'test');
    expect((await fold(book.db, one.ref)).holds).toMatchObject([{ id: 'ill', until: '2026-03-12' }]);
    expect(await kinds(one.ref)).toEqual(['hold ill', 'release ill']);
    await accept(book.db, one.ref, { ...release, id: 'r2', lastDay: '2026-03-14' }, 'test');
    expect(await kinds(other.ref)).toEqual(['hold ill', 'release ill']);
  });

  test('said of the person it holds each account, also one enrolled later, from its first moment', async () => {
    const { person, one, other } = await two();
    const said = { hold: 'bk', type: 'bankruptcy', from: DAY, until: null, at: NOON, by: 'desk-4' } as const;
    const grown = await holdPerson(book.db, one.person, said);
    expect([...grown].sort()).toEqual([one.ref, other.ref].sort());
    expect(await holdPerson(book.db, one.person, said)).toEqual([]);
    const later = await enrolled(book.db, strategy, { person });
    expect(await answer(later.ref)).toEqual({ answer: 'block', rule: 'hold:bankruptcy' });
    const { enrolment } = await accountOf(book.db, later.ref);
    expect(enrolment.events.at(-1)).toMatchObject({ kind: 'hold', id: 'person:bk:0', type: 'bankruptcy' });
    // Known from the start and by its place in the journal: held once.
    expect((await fold(book.db, later.ref)).holds).toHaveLength(1);
    await releasePerson(book.db, one.person, { hold: 'bk', lastDay: '2026-03-09', at: NOON });
    for (const { ref } of [one, other, later])
      expect(await answer(ref, 'N1')).toMatchObject({ answer: 'permit' });
    await expect(
      releasePerson(book.db, one.person, { hold: 'nothing', lastDay: DAY, at: NOON }),
    ).rejects.toMatchObject({ code: 'HOLD_UNKNOWN' });
    const released = await enrolled(book.db, strategy, { person });
    expect((await fold(book.db, released.ref)).holds).toMatchObject([{ id: 'bk', until: '2026-03-09' }]);
  });

  test('a flag of the host on one account holds the others too, by update or at enrolment', async () => {
    const { person, one, other } = await two();
    await accept(
      book.db,
      one.ref,
      { kind: 'facts', id: fresh(), at: NOON, facts: { deceased: true } },
      'test',
    );
    await accept(
      book.db,
      one.ref,
      { kind: 'facts', id: fresh(), at: NOON, facts: { deceased: true } },
      'test',
    );
    expect(await kinds(other.ref)).toEqual(['hold deceased:host']);
    expect(await answer(one.ref)).toEqual({ answer: 'block', rule: 'hold:deceased' });
    await enrolled(book.db, strategy, { person, facts: { bankruptcy: true } });
    expect(await kinds(other.ref)).toEqual(['hold deceased:host', 'hold bankruptcy:host']);
  });

  test('a closed account has it in its journal, and nothing else changes', async () => {
    const { one, other } = await two();
    const state = await fold(book.db, other.ref);
    const at = view(state, SMALL, DAY);
    const told = {
      ...{ lender: 'bank', ref: other.ref, strategy, generation: 1 },
      upTo: 0,
      told: [],
      notes: [],
      aside: [],
      view: at,
    };
    await closeAccount(book.db, {
      reason: 'settled',
      now: NOON,
      why: { code: 'close-asked', args: {} },
      report: told,
      state,
    });
    await accept(book.db, one.ref, held('deceased'), 'test');
    expect(await accountOf(book.db, other.ref)).toMatchObject({ status: 'closed' });
    expect(await kinds(other.ref)).toHaveLength(1);
  });

  describe('where two share a debt', () => {
    async function shared() {
      const partner = newAccount(strategy).person;
      const account = await enrolled(book.db, strategy);
      const joint = await addParty(book.db, account.ref, { role: 'joint', person: partner }, DAY);
      return { account, joint, partner };
    }

    test('the death of one holds contact with that one, and the debt goes on', async () => {
      const { account, joint } = await shared();
      await accept(book.db, account.ref, held('deceased', 'd'), 'test');
      const state = await fold(book.db, account.ref);
      expect(state.holds).toEqual([]);
      expect(state.partyHolds).toMatchObject([{ id: 'd', type: 'deceased', party: account.person }]);
      expect((await holdsOf(book.db, account.person))[0]).toMatchObject({ hold: 'd', origin: account.ref });

      // The other one dies too: nobody is left, and the account is held.
      await holdPerson(book.db, joint, { hold: 'd2', type: 'deceased', from: DAY, until: null, at: NOON });
      const nobody = await fold(book.db, account.ref);
      expect(nobody.holds.map(({ id }) => id).sort()).toEqual(['d', 'd2']);
      expect(nobody.partyHolds).toEqual([]);
      // It was a mistake: the debt goes on with the one who lives.
      await releasePerson(book.db, joint, { hold: 'd2', lastDay: '2026-03-09', at: NOON });
      const again = await fold(book.db, account.ref);
      expect(again.holds.filter(({ until }) => until === null)).toEqual([]);
      expect(again.partyHolds?.find(({ id }) => id === 'd')).toMatchObject({ party: account.person });
    });

    test('whoever leaves the account, or comes to it, changes what the hold holds', async () => {
      const { account, joint, partner } = await shared();
      await accept(book.db, account.ref, held('deceased', 'd'), 'test');
      await endParty(book.db, account.ref, joint, 'joint', DAY);
      expect((await fold(book.db, account.ref)).holds).toMatchObject([{ id: 'd' }]);
      await addParty(book.db, account.ref, { role: 'joint', person: partner }, DAY);
      expect((await fold(book.db, account.ref)).holds).toEqual([]);
    });

    test('a guarantor who dies holds nothing but contact with the guarantor', async () => {
      const account = await enrolled(book.db, strategy);
      const { person } = newAccount(strategy);
      const guarantor = await addParty(book.db, account.ref, { role: 'guarantor', person }, DAY);
      await holdPerson(book.db, guarantor, { hold: 'g', type: 'deceased', from: DAY, until: null, at: NOON });
      const state = await fold(book.db, account.ref);
      expect([state.holds, state.partyHolds]).toMatchObject([[], [{ id: 'g', party: guarantor }]]);
      expect(await answer(account.ref)).toMatchObject({ answer: 'permit' });
    });
  });

  test('facts, holds, payments and reservations of one person at once never wait in a circle', async () => {
    const { person, one, other } = await two();
    const partner = newAccount(strategy).person;
    const joint = await addParty(book.db, one.ref, { role: 'joint', person: partner }, DAY);
    const shared = await enrolled(book.db, strategy, { person: partner });
    const work = Array.from({ length: 40 }, (_, n): Promise<unknown> => {
      const account = [one.ref, other.ref, shared.ref][n % 3] ?? one.ref;
      const occurrence = { step: 'R1', anchor: '2026-03-01', n, due: NOON };
      switch (n % 5) {
        case 0:
          return reserve(book.db, ask(account, strategy, 'R1', { occurrence }));
        case 1:
          return accept(book.db, account, held('illness'), 'test');
        case 2:
          return holdPerson(book.db, n % 2 === 0 ? joint : one.person, {
            ...{ hold: fresh(), type: 'disaster', from: DAY, until: DAY, at: NOON },
          });
        case 3:
          return accept(
            book.db,
            account,
            { kind: 'payment', id: fresh(), at: NOON, amount: 1, valueDate: DAY },
            'test',
          );
        default:
          return enrolled(book.db, strategy, { person });
      }
    });
    await Promise.all(work);
    // Whoever was enrolled in between has every hold of the person.
    const holds = (await holdsOf(book.db, one.person)).length;
    const accounts = await book.db
      .selectFrom('accounts')
      .select('ref')
      .where('person', '=', one.person)
      .execute();
    for (const { ref } of accounts) {
      const state = await fold(book.db, ref);
      const all = [...state.holds, ...(state.partyHolds ?? [])];
      if (ref !== one.ref) expect(all).toHaveLength(holds);
    }
  });
});
