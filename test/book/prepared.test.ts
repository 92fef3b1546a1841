import { sql } from 'kysely';
import { databaseNow } from '../../src/book/clock';
import { openBook, type Book } from '../../src/book/open-book';
import { ownBook } from './book-under-test';

let whole: Awaited<ReturnType<typeof ownBook>>;
// One connection: each statement is asked on the one that prepared it.
let book: Book;
beforeAll(async () => {
  whole = await ownBook();
  book = await openBook(whole.url, { max: 1 });
});
afterAll(async () => {
  await book.close();
  await whole.drop();
});

const preparedAs = async (text: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_prepared_statements where statement like ${`%${text}%`}`.execute(book.db);
  return rows[0]?.n ?? 0;
};
const refused = (): Promise<unknown> => sql`select 1 / 0`.execute(book.db);

test('prepares on a connection what is asked again', async () => {
  const ask = () => book.db.selectFrom('staff').selectAll().where('ref', '=', 'nobody').execute();
  for (let n = 0; n < 3; n += 1) expect(await ask()).toEqual([]);
  expect(await preparedAs('from "staff" where "ref" =')).toBe(1);
});

test('goes on when a table has changed under a prepared statement', async () => {
  await sql`create table changing (a integer)`.execute(book.db);
  const ask = () => sql`select * from changing`.execute(book.db);
  for (let n = 0; n < 3; n += 1) await ask();
  await sql`alter table changing add column b integer`.execute(book.db);
  await ask().catch(() => undefined);
  expect((await ask()).rows).toEqual([]);
});

test('a transaction begins with its first statement, and one that says nothing ends', async () => {
  const outside = await databaseNow(book.db);
  await book.db.transaction().execute(() => Promise.resolve());
  const inside = await book.db.transaction().execute(async (tx) => {
    await sql`create table kept (a integer)`.execute(tx);
    return (await sql<{ same: boolean }>`select now() = transaction_timestamp() as same`.execute(tx)).rows[0]
      ?.same;
  });
  expect(inside).toBe(true);
  expect((await databaseNow(book.db)) >= outside).toBe(true);
  expect((await sql`select * from kept`.execute(book.db)).rows).toEqual([]);
});

test('a first statement that fails leaves nothing behind and the connection free', async () => {
  await expect(book.db.transaction().execute((tx) => sql`select 1 / 0`.execute(tx))).rejects.toMatchObject({
    code: 'BOOK_FAILED',
  });
  await expect(
    book.db.transaction().execute(async (tx) => {
      await sql`create table lost (a integer)`.execute(tx);
      await sql`select 1 / 0`.execute(tx);
    }),
  ).rejects.toMatchObject({ code: 'BOOK_FAILED' });
  await expect(refused()).rejects.toMatchObject({ code: 'BOOK_FAILED' });
  const { rows } = await sql<{ lost: string | null }>`select to_regclass('lost')::text as lost`.execute(
    book.db,
  );
  expect(rows[0]?.lost).toBeNull();
});
