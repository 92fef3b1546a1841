import { documentOf, findStrategy, listStrategies, publish, strategyByHash } from '../../src/book/strategies';
import { strategyHash } from '../../src/book/strategy-hash';
import { ownBook, SMALL, withRules } from './book-under-test';

describe('published strategies', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  beforeAll(async () => {
    book = await ownBook();
  });
  afterAll(() => book.drop());

  test('the same content is the same version; other content is the next', async () => {
    const first = await publish(book.db, SMALL, 'one');
    expect(first).toMatchObject({ name: 'small', version: 1, hash: strategyHash(SMALL) });
    const reordered = Object.fromEntries(Object.entries(SMALL).reverse()) as unknown as typeof SMALL;
    expect(await publish(book.db, reordered, 'other text')).toEqual(first);
    expect(await documentOf(book.db, first.hash)).toBe('one');
    const second = await publish(book.db, withRules({ closedOn: ['01-01'] }), 'two');
    expect(second.version).toBe(2);
    expect((await listStrategies(book.db)).map((one) => one.version)).toEqual([2, 1]);
    expect(await findStrategy(book.db, 'small')).toEqual(second);
    expect(await findStrategy(book.db, 'small@1')).toEqual(first);
    expect(await findStrategy(book.db, first.hash.slice(0, 12))).toEqual(first);
    expect(await strategyByHash(book.db, first.hash)).toEqual(SMALL);
    for (const name of ['large', 'small@9', 'small@x'])
      await expect(findStrategy(book.db, name)).rejects.toMatchObject({ code: 'STRATEGY_UNKNOWN' });
  });

  test('many that publish at once take versions without a gap', async () => {
    const versions = Array.from({ length: 8 }, (_, n) => ({ ...SMALL, name: 'many', title: `version ${n}` }));
    const made = await Promise.all(versions.map((version) => publish(book.db, version, 'text')));
    expect(made.map((one) => one.version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a version that was tampered with is not run', async () => {
    const { hash } = await publish(book.db, { ...SMALL, name: 'spoilt' }, 'text');
    await book.db
      .updateTable('strategies')
      .set({ compiled: JSON.stringify(SMALL) })
      .where('hash', '=', hash)
      .execute();
    await expect(strategyByHash(book.db, hash)).rejects.toMatchObject({ code: 'STRATEGY_HASH_DIFFERS' });
  });
});
