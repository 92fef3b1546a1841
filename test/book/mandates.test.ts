import { sql } from 'kysely';
import { endMandate, giveMandate, mandatesOf } from '../../src/book/mandates';
import { accept, factsOf } from '../../src/book/journal';
import { addParty, partiesOf, setParties } from '../../src/book/parties';
import { reserve } from '../../src/book/permit';
import { holdPerson } from '../../src/book/personal';
import { ask, enrolled, fresh, newAccount, NOON, ownBook, published, rehearse } from './book-under-test';

describe('somebody who acts for a person on every account', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  let count = 0;
  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  const lawyer = () => {
    count += 1;
    return {
      ...{ lender: 'bank', lenderPerson: `R${count}`, language: 'zh-CN', zone: 'Asia/Shanghai' },
      endpoints: [{ kind: 'mobile' as const, value: `+86135000${10_000 + count}` }],
    };
  };
  const said = { since: '2026-03-10', checkedBy: 'desk-4', at: NOON };
  const acting = async (account: string) =>
    (await partiesOf(book.db, account))
      .filter(({ role }) => role === 'representative')
      .map(({ person, since }) => `${person} ${since}`);

  test('stands on all accounts by one command, and on one that is enrolled later', async () => {
    const { person: described } = newAccount(strategy);
    const one = await enrolled(book.db, strategy, { person: described });
    const two = await enrolled(book.db, strategy, { person: described });
    const { representative, accounts } = await giveMandate(book.db, one.person, lawyer(), said);
    expect([...accounts].sort()).toEqual([one.ref, two.ref].sort());
    const later = await enrolled(book.db, strategy, { person: described, enteredOn: '2026-04-01' });
    for (const ref of [one.ref, two.ref]) expect(await acting(ref)).toEqual([`${representative} 2026-03-10`]);
    expect(await acting(later.ref)).toEqual([`${representative} 2026-04-01`]);
    expect(await mandatesOf(book.db, [one.person])).toMatchObject([{ representative, checkedBy: 'desk-4' }]);
    // A list of one account that does not name him takes nothing from him.
    await setParties(book.db, two.ref, [], '2026-04-02');
    expect(await acting(two.ref)).toHaveLength(1);
  });

  test('a row that names him as well makes him no second one', async () => {
    const { person: described } = newAccount(strategy);
    const one = await enrolled(book.db, strategy, { person: described });
    const who = lawyer();
    await giveMandate(book.db, one.person, who, said);
    const later = await enrolled(book.db, strategy, {
      person: described,
      parties: [{ role: 'representative', person: who }],
    });
    expect(await acting(later.ref)).toHaveLength(1);
  });

  test('the mandate is checked once: the rest for its check is over on all accounts, and none begins later', async () => {
    const { person: described } = newAccount(strategy);
    const one = await enrolled(book.db, strategy, { person: described });
    const two = await enrolled(book.db, strategy, { person: described });
    const rep = { kind: 'contact-outcome', id: fresh(), at: NOON, channel: 'call', code: 'REP' } as const;
    await accept(book.db, one.ref, rep, 'test');
    for (const { ref } of [one, two])
      expect(await reserve(book.db, ask(ref, strategy))).toMatchObject({ rule: 'hold:mandate-check' });
    const { told } = await giveMandate(book.db, one.person, lawyer(), said);
    expect([...told].sort()).toEqual([one.ref, two.ref].sort());
    expect((await factsOf(book.db, two.ref)).map(({ kind }) => kind)).toEqual(['hold', 'release']);
    const again = { ...rep, id: fresh(), at: '2026-03-10T02:30:00.000Z' };
    await accept(book.db, two.ref, again, 'test');
    for (const { ref } of [one, two])
      expect(await reserve(book.db, ask(ref, strategy))).not.toMatchObject({ rule: 'hold:mandate-check' });
  });

  test('ended on all of them; a second end finds nothing, and no later account has him', async () => {
    const { person: described } = newAccount(strategy);
    const one = await enrolled(book.db, strategy, { person: described });
    const two = await enrolled(book.db, strategy, { person: described });
    const { representative } = await giveMandate(book.db, one.person, lawyer(), said);
    await endMandate(book.db, one.person, representative, '2026-03-20');
    for (const { ref } of [one, two]) expect(await acting(ref)).toEqual([]);
    const later = await enrolled(book.db, strategy, { person: described });
    expect(await acting(later.ref)).toEqual([]);
    await expect(endMandate(book.db, one.person, representative, '2026-03-21')).rejects.toMatchObject({
      code: 'PARTY_UNKNOWN',
    });
  });

  test('given, used, enrolled and held at the same moment, nobody waits in a ring', async () => {
    const { person: described } = newAccount(strategy);
    const one = await enrolled(book.db, strategy, { person: described });
    const who = lawyer();
    const { ref: rep } = {
      ref: await addParty(book.db, one.ref, { role: 'representative', person: who }, '2026-03-10'),
    };
    await Promise.all(
      Array.from({ length: 4 }, (_, n) => [
        giveMandate(book.db, one.person, who, said),
        enrolled(book.db, strategy, { person: described }),
        reserve(book.db, ask(one.ref, strategy)),
        holdPerson(book.db, n % 2 === 0 ? rep : one.person, {
          ...{ hold: fresh(), type: 'illness', from: '2026-03-10', until: '2026-03-11', at: NOON },
        }),
      ]).flat(),
    );
    const accounts = await book.db
      .selectFrom('accounts')
      .select('ref')
      .where('person', '=', one.person)
      .execute();
    await giveMandate(book.db, one.person, who, said);
    for (const { ref } of accounts) expect(await acting(ref)).toHaveLength(1);
  });

  test('one that was given while an enrolment waited for the person stands on the new account', async () => {
    const { person: described } = newAccount(strategy);
    const one = await enrolled(book.db, strategy, { person: described });
    let later: ReturnType<typeof enrolled> | undefined;
    const given = await book.db.transaction().execute(async (tx) => {
      const made = await giveMandate(tx, one.person, lawyer(), said);
      later = enrolled(book.db, strategy, { person: described });
      await untilWaiting(1);
      return made;
    });
    expect(await acting((await later)?.ref ?? '')).toEqual([`${given.representative} 2026-03-01`]);
  });

  /** Until so many connections of this book wait for a lock. */
  async function untilWaiting(n: number): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ waiting: number }>`
        select count(*) as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(book.db);
      if ((rows[0]?.waiting ?? 0) >= n) return;
      await new Promise((done) => setTimeout(done, 20));
    }
  }
});
