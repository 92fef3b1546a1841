import { consentsOf, sayConsent } from '../../src/book/consents';
import { fold } from '../../src/book/fold';
import { factsOf } from '../../src/book/journal';
import { addParty } from '../../src/book/parties';
import { addEndpoints, retireEndpoint, usableEndpoints } from '../../src/book/people';
import { reserve } from '../../src/book/permit';
import { changeReach } from '../../src/book/reach';
import { ask, DAY, enrolled, newAccount, NOON, ownBook, published, rehearse } from './book-under-test';

describe('what a person says of a channel', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());
  const says = (person: string, channel: string, word: 'given' | 'refused') =>
    changeReach(book.db, person, NOON, (tx) =>
      sayConsent(tx, person, { channel, says: word, at: NOON, by: 'desk-1' }),
    );

  test('a refusal stops that channel on every account, notices too, and no other', async () => {
    const { person } = newAccount(strategy);
    const one = await enrolled(book.db, strategy, { person });
    const other = await enrolled(book.db, strategy, { person });
    await says(one.person, 'sms', 'refused');
    for (const step of ['R1', 'N1'])
      expect(await reserve(book.db, ask(other.ref, strategy, step))).toEqual({
        answer: 'block',
        rule: 'opted-out',
      });
    expect(await reserve(book.db, ask(other.ref, strategy, 'R1', { channel: 'email' }))).toMatchObject({
      answer: 'permit',
    });
    await says(one.person, 'sms', 'refused');
    await says(one.person, 'sms', 'given');
    expect(await reserve(book.db, ask(other.ref, strategy, 'R2'))).toMatchObject({ answer: 'permit' });
    expect(await consentsOf(book.db, one.person)).toMatchObject([{ channel: 'sms', says: 'given' }]);
    const said = await book.db
      .selectFrom('consents')
      .select('says')
      .where('person', '=', one.person)
      .execute();
    expect(said).toHaveLength(2);
  });

  test('the account hears when nobody who owes can be reached any more, and when somebody can', async () => {
    const { ref, person } = await enrolled(book.db, strategy);
    for (const { ref: endpoint } of await usableEndpoints(book.db, person))
      await changeReach(book.db, person, NOON, (tx) => retireEndpoint(tx, endpoint, 'wrong number', NOON));
    expect((await fold(book.db, ref)).marks['unreachable']).toBe(DAY);
    expect(await factsOf(book.db, ref)).toHaveLength(1);
    const joint = await addParty(book.db, ref, { role: 'joint', person: newAccount(strategy).person }, DAY);
    // Somebody else who owes can be reached: the next change says so.
    await changeReach(book.db, joint, NOON, () => Promise.resolve());
    expect((await fold(book.db, ref)).marks['unreachable']).toBeUndefined();
    await changeReach(book.db, person, NOON, (tx) =>
      addEndpoints(tx, person, [{ kind: 'email', value: 'new@example.test' }]),
    );
    expect(await factsOf(book.db, ref)).toHaveLength(2);
  });

  test('whoever refuses every channel to the only endpoint cannot be reached', async () => {
    const { person: described } = newAccount(strategy);
    const email = [{ kind: 'email', value: 'only@example.test' } as const];
    const { ref, person } = await enrolled(book.db, strategy, { person: { ...described, endpoints: email } });
    expect(await says(person, 'email', 'refused')).toEqual([ref]);
    expect((await fold(book.db, ref)).marks['unreachable']).toBe(DAY);
  });
});
