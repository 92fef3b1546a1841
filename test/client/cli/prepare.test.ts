import { openBook } from '../../../src/book/open-book';
import { listPacks } from '../../../src/book/policy/packs';
import { packNames } from '../../../src/book/policy/shipped';
import { run } from '../../../src/client/cli/program';
import { ownDatabase, temporalAddress, type TestDatabase } from '../../support/servers';

describe('forbear prepare', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await ownDatabase();
  });
  afterAll(() => database.drop());

  it('makes an empty book and namespace ready, and does nothing the second time', async () => {
    const said: string[] = [];
    const env = {
      FORBEAR_BOOK_URL: database.url,
      FORBEAR_TEMPORAL_ADDRESS: await temporalAddress(),
      FORBEAR_NAMESPACE: `prepared-${process.pid}`,
    };
    const terminal = {
      out: (text: string) => said.push(text),
      err: (text: string) => said.push(text),
      isTTY: false,
      env,
    };
    await expect(openBook(database.url)).rejects.toMatchObject({ code: 'BOOK_VERSION_OLD' });
    expect(await run(['prepare'], terminal)).toBe(0);
    expect(await run(['prepare', '--json'], terminal)).toBe(0);
    expect(said.join('\n')).toContain('are ready');
    const book = await openBook(database.url);
    expect((await listPacks(book.db)).map(({ name }) => name).sort()).toEqual([...packNames()].sort());
    await book.close();
    expect(await run(['list'], terminal)).toBe(0);
    // A wish without what is not wanted would bind nobody.
    expect(await run(['person', 'happened', 'P-1', 'preference'], terminal)).not.toBe(0);
    expect(said.at(-1)).toContain('OPTION_WRONG');
  });
});
