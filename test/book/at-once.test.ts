import { enrolAccount, enrolAccounts, type NewAccount } from '../../src/book/accounts';
import { attemptsOf, settle } from '../../src/book/attempts';
import { accept, acceptBatch, factsOf } from '../../src/book/journal';
import { openBook, type Book } from '../../src/book/open-book';
import { addParty, partiesOf, setParties } from '../../src/book/parties';
import { changeReach } from '../../src/book/reach';
import { sayConsent } from '../../src/book/consents';
import { holdPerson } from '../../src/book/personal';
import { reserve } from '../../src/book/permit';
import {
  ask,
  DAY,
  enrolled,
  fresh,
  newAccount,
  NOON,
  ownBook,
  payment,
  published,
  rehearse,
} from './book-under-test';

/** Several processes on one book: each has connections of its own. */
describe('several processes at once', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let processes: Book[];
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook(8);
    await rehearse(book.db);
    strategy = await published(book.db);
    processes = await Promise.all([1, 2, 3, 4].map(() => openBook(book.url, { max: 4 })));
  });
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.close()));
    await book.drop();
  });

  const numbers = (round: number) => Array.from({ length: 8 }, (_one, i) => `R${round}-${i}`);
  /** One account of each person, flagged, with the next person as its guarantor. */
  function batch(round: number, process: number, flagged: (i: number) => boolean): NewAccount[] {
    const all = numbers(round);
    const described = all.map((lenderPerson, i) => {
      const one = newAccount(strategy);
      const person = {
        ...one.person,
        lenderPerson,
        endpoints: [endpoint('email', i), endpoint('mobile', i)],
      };
      return { ...one, person, facts: { deceased: flagged(i) } };
    });
    const accounts = described.map((one, i) => {
      const { person } = described[(i + 3) % described.length]!;
      return { ...one, parties: [{ role: 'guarantor' as const, person }] };
    });
    return process % 2 === 0 ? accounts : accounts.reverse();
  }
  const endpoint = (kind: 'email' | 'mobile', i: number) => ({
    kind,
    value: kind === 'email' ? `once${i}@example.test` : `+8613700${100000 + i}`,
  });

  test('batches with the same new people in another order, flagged, make each once and wait in no ring', async () => {
    for (let round = 0; round < 3; round += 1) {
      const done = await Promise.all(
        processes.map(({ db }, n) =>
          enrolAccounts(
            db,
            batch(round, n, (i) => (i + n) % 2 === 0),
          ),
        ),
      );
      expect(done.flat().every(({ outcome }) => outcome === 'created')).toBe(true);
      const people = await book.db
        .selectFrom('people')
        .select('ref')
        .where('lenderPerson', 'in', numbers(round))
        .execute();
      expect(people).toHaveLength(8);
      // Each person has died by the word of two of the files, and each account knows it, enrolled before or after.
      for (const { ref } of done.flat())
        expect((await factsOf(book.db, ref)).map((fact) => fact.kind === 'hold' && fact.type)).toContain(
          'deceased',
        );
    }
  });

  test('batches whose people are known, against facts of the person and of money told meanwhile', async () => {
    for (let round = 10; round < 13; round += 1) {
      const before = await enrolAccounts(
        book.db,
        batch(round, 0, () => false),
      );
      const [one, two, three, four] = processes as [Book, Book, Book, Book];
      await Promise.all([
        enrolAccounts(
          one.db,
          batch(round, 0, (i) => i % 2 === 0),
        ),
        enrolAccounts(
          two.db,
          batch(round, 1, (i) => i % 3 === 0),
        ),
        acceptBatch(
          three.db,
          [...before].reverse().map(({ ref }) => ({ account: ref, event: payment(1_000) })),
          'test',
        ),
        ...before.map(({ ref }, i) =>
          accept(
            four.db,
            ref,
            { kind: 'hold', id: fresh(), at: NOON, hold: `h${i}`, type: 'illness', from: DAY },
            'test',
          ),
        ),
        ...before
          .slice(0, 3)
          .map(({ ref }) =>
            setParties(three.db, ref, [{ role: 'joint', person: newAccount(strategy).person }], DAY),
          ),
      ]);
      for (const { ref } of before) expect((await factsOf(book.db, ref)).length).toBeGreaterThanOrEqual(2);
    }
  });

  test('accounts of one person that ask at the same moment make one contact, and change nobody into a ring', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { person } = newAccount(strategy);
      const accounts = await enrolAccounts(
        book.db,
        Array.from({ length: 5 }, () => ({ ...newAccount(strategy), person })),
      );
      const whom = accounts[0]!.person;
      const guarantor = newAccount(strategy).person;
      const [answers] = await Promise.all([
        Promise.all(
          accounts.map(async ({ ref }, i) => {
            const { db } = processes[i % processes.length]!;
            const got = await reserve(db, ask(ref, strategy));
            if (got.answer === 'permit') await settle(db, got.permit, 'accepted');
            return got.answer;
          }),
        ),
        addParty(processes[1]!.db, accounts[4]!.ref, { role: 'guarantor', person: guarantor }, DAY),
        enrolAccount(processes[2]!.db, {
          ...newAccount(strategy),
          person,
          facts: { bankruptcy: round === 99 },
        }),
        changeReach(processes[3]!.db, whom, NOON, (tx) =>
          sayConsent(tx, whom, { channel: 'wechat', says: 'refused', at: NOON }),
        ),
        acceptBatch(
          processes[0]!.db,
          accounts.map(({ ref }) => ({ account: ref, event: payment(100) })),
          'test',
        ),
      ]);
      expect(answers.filter((answer) => answer === 'permit')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'spoken')).toHaveLength(4);
      const made = await Promise.all(accounts.map(({ ref }) => attemptsOf(book.db, ref)));
      expect(made.flat()).toHaveLength(1);
      expect(await partiesOf(book.db, accounts[4]!.ref)).toHaveLength(2);
    }
  });

  test('a hold of the person that comes while all ask: whoever asks after it gets nothing', async () => {
    const { person } = newAccount(strategy);
    const { person: whom } = await enrolled(book.db, strategy, { person });
    const more = await enrolAccounts(
      book.db,
      Array.from({ length: 4 }, () => ({ ...newAccount(strategy), person })),
    );
    await Promise.all([
      holdPerson(processes[3]!.db, whom, { hold: 'd', type: 'deceased', from: DAY, until: null, at: NOON }),
      ...more.map(({ ref }, i) => reserve(processes[i % 3]!.db, ask(ref, strategy))),
    ]);
    for (const { ref } of more)
      expect(await reserve(book.db, ask(ref, strategy, 'R2'))).toMatchObject({ rule: 'hold:deceased' });
    const made = await Promise.all(more.map(({ ref }) => attemptsOf(book.db, ref)));
    expect(made.flat().length).toBeLessThanOrEqual(1);
  });
});
