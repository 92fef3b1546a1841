import { sql } from 'kysely';
import { settle } from '../../src/book/attempts';
import { erase } from '../../src/book/erase';
import { evidenceOf } from '../../src/book/evidence/read';
import { seal } from '../../src/book/evidence/seal';
import { verify } from '../../src/book/evidence/verify';
import { keepMessage } from '../../src/book/messages';
import { reserve } from '../../src/book/permit';
import { addStaff } from '../../src/book/staff';
import { ask, enrolled, NOON, ownBook, published, rehearse } from './book-under-test';

describe('a person who is erased', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  let claim: { ref: string; key: string };
  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    strategy = await published(book.db);
    const { key } = await addStaff(book.db, 'comp-1', ['compliance'], null);
    claim = { ref: 'comp-1', key };
  });
  afterAll(() => book.drop());

  async function over(yearsAgo: number) {
    const { ref, person } = await enrolled(book.db, strategy);
    const reserved = await reserve(book.db, ask(ref, strategy));
    if (reserved.answer !== 'permit') throw new Error('no permit');
    await keepMessage(book.db, {
      ...{ attempt: reserved.permit.id, account: ref, person, template: 'r1', templateHash: 'h' },
      ...{ language: 'zh', tone: 1, channel: 'sms', sentTo: '+8613800199999', subject: null, at: NOON },
      body: 'Wang Fang, please pay',
    });
    await settle(book.db, reserved.permit, 'accepted', '7');
    await sql`update accounts set status = 'closed', outcome = 'cured',
      closed_at = now() - make_interval(years => ${yearsAgo}) where ref = ${ref}`.execute(book.db);
    await sql`update people set created_at = now() - interval '9 years' where ref = ${person}`.execute(
      book.db,
    );
    return { ref, person };
  }

  /** Every row of every table as text. */
  async function everything(): Promise<string> {
    const { rows } = await sql<{
      t: string;
    }>`select table_name as t from information_schema.tables where table_schema = 'public'`.execute(book.db);
    const all = await Promise.all(
      rows.map(({ t }) =>
        sql<{ row: string }>`select x::text as row from ${sql.table(t)} x`.execute(book.db),
      ),
    );
    return all.flatMap(({ rows: found }) => found.map(({ row }) => row)).join('\n');
  }

  test('is nowhere in the book, and the evidence stays valid', async () => {
    const { ref, person } = await over(6);
    const { name, lenderPerson } = await book.db
      .selectFrom('people')
      .select(['name', 'lenderPerson'])
      .where('ref', '=', person)
      .executeTakeFirstOrThrow();
    const { lenderNumber } = await book.db
      .selectFrom('accounts')
      .select('lenderNumber')
      .where('ref', '=', ref)
      .executeTakeFirstOrThrow();
    const values = await book.db
      .selectFrom('endpoints')
      .select('value')
      .where('person', '=', person)
      .execute();
    const personal = [name, lenderPerson, lenderNumber, '+8613800199999', ...values.map((one) => one.value)];
    const before = await everything();
    for (const one of personal) expect(before).toContain(one);
    await seal(book.db, '2026-03-10');

    expect(await erase(book.db, person, { claim, why: 'the time is over' })).toMatchObject({
      ...{ person, accounts: 1, endpoints: 2, messages: 1 },
    });
    const after = await everything();
    for (const one of personal) expect(after).not.toContain(one);
    expect((await verify(book.db)).breaks).toEqual([]);
    const kinds: string[] = [];
    for await (const { kind } of evidenceOf(book.db, { account: ref })) kinds.push(kind);
    expect(kinds).toEqual(['gate', 'settled']);
    const [last] = await book.db
      .selectFrom('evidence')
      .select(['kind', 'body'])
      .where('kind', '=', 'erased')
      .execute();
    expect(last?.body).toMatchObject({ by: 'comp-1', role: 'compliance', why: 'the time is over' });
    await expect(erase(book.db, person, { claim, why: 'again' })).rejects.toMatchObject({
      code: 'PERSON_IS_ERASED',
    });
  });

  test('not while an account is open, nor before its time, nor by anybody', async () => {
    const { person } = await enrolled(book.db, strategy);
    await expect(erase(book.db, person, { claim, why: 'asked' })).rejects.toMatchObject({
      code: 'PERSON_HAS_ACCOUNT',
    });
    const young = await over(4);
    const why = 'asked';
    await expect(erase(book.db, young.person, { claim, why })).rejects.toMatchObject({
      code: 'PERSON_KEPT_UNTIL',
    });
    // A shorter time than the house's is not taken.
    await expect(erase(book.db, young.person, { claim, why, keepYears: 1 })).rejects.toMatchObject({
      code: 'PERSON_KEPT_UNTIL',
    });
    const old = await over(6);
    await expect(erase(book.db, old.person, { claim, why, keepYears: 8 })).rejects.toMatchObject({
      code: 'PERSON_KEPT_UNTIL',
    });
    const other = { ref: 'comp-1', key: 'guessed' };
    await expect(erase(book.db, old.person, { claim: other, why })).rejects.toMatchObject({
      code: 'STAFF_KEY_WRONG',
    });
  });
});
