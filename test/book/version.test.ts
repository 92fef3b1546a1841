import { openBook } from '../../src/book/open-book';
import { ownDatabase, type TestDatabase } from '../support/servers';
import { sql } from 'kysely';

describe('the version of the book', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await ownDatabase();
  });
  afterEach(() => database.drop());

  test('an empty book is too old, says so, and is brought forward', async () => {
    const url = database.url;
    await expect(openBook(url)).rejects.toMatchObject({ code: 'BOOK_VERSION_OLD' });
    await (await openBook(url, { migrate: true })).close();
    await (await openBook(url)).close();
  });

  test('a book of a newer program is refused, and never migrated', async () => {
    const url = database.url;
    const book = await openBook(url, { migrate: true });
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', 'now')`.execute(book.db);
    await book.close();
    await expect(openBook(url)).rejects.toMatchObject({ code: 'BOOK_VERSION_NEW' });
    await expect(openBook(url, { migrate: true })).rejects.toMatchObject({ code: 'BOOK_VERSION_NEW' });
  });

  test('a book that has a step without one before it is refused by both names', async () => {
    const url = database.url;
    const book = await openBook(url, { migrate: true });
    await sql`delete from kysely_migration where name = '0035-second-persons'`.execute(book.db);
    await book.close();
    await expect(openBook(url, { migrate: true })).rejects.toMatchObject({
      code: 'BOOK_STEPS_ORDER',
      args: { missing: '0035-second-persons' },
    });
  });

  test('an address where nothing answers is said in one sentence', async () => {
    await expect(openBook('postgres://x@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'BOOK_UNREACHABLE',
    });
  });

  test('an error of PostgreSQL is told without the values of the row', async () => {
    const url = database.url;
    const book = await openBook(url, { migrate: true });
    const add = () =>
      book.db
        .insertInto('people')
        .values({
          ref: 'p1',
          lender: 'l',
          lenderPerson: 'SECRET-77',
          digit: 1,
          name: 'Li Lei',
          language: 'zh',
          zone: null,
        })
        .execute();
    await add();
    const error = await add().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'BOOK_FAILED', args: { sqlstate: '23505', table: 'people' } });
    expect(JSON.stringify(error) + String(error) + (error as Error).stack).not.toMatch(/SECRET-77|Li Lei/);
    await book.close();
  });
});
