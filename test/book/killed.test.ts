import { join } from 'node:path';
import { attemptsOf, settle, settleExpired } from '../../src/book/attempts';
import { accept, factsOf } from '../../src/book/journal';
import { openBook } from '../../src/book/open-book';
import { reserve } from '../../src/book/permit';
import { Keeper } from '../../src/stack/keeper';
import { createDatabase, removePostgresFiles, startPostgres } from '../../src/stack/postgres';
import { ask, enrolled, NOON, payment, published, rehearse } from './book-under-test';

test('PostgreSQL killed between reserve and settle: nothing is lost, the attempt counts and is not sent again', async () => {
  const folder = join(process.env['FORBEAR_TEST_RUN'] ?? '', 'killed');
  const keeper = await Keeper.open(folder);
  try {
    const server = await startPostgres(keeper, true);
    await createDatabase(server, 'book');
    const book = await openBook(server.url('book'), { migrate: true });
    await rehearse(book.db);
    const strategy = await published(book.db);
    const { ref } = await enrolled(book.db, strategy);
    await accept(book.db, ref, payment(100), 'test');
    const reserved = await reserve(book.db, ask(ref, strategy));
    if (reserved.answer !== 'permit') throw new Error('no permit');

    process.kill(server.service.pid, 'SIGKILL');
    await server.service.ended;
    await expect(settle(book.db, reserved.permit, 'accepted', '1')).rejects.toMatchObject({
      code: 'BOOK_UNREACHABLE',
    });
    await expect(accept(book.db, ref, payment(200), 'test')).rejects.toMatchObject({
      code: 'BOOK_UNREACHABLE',
    });

    await startPostgres(keeper, true, server.port);
    expect(await factsOf(book.db, ref)).toHaveLength(1);
    expect(await reserve(book.db, ask(ref, strategy))).toMatchObject({
      answer: 'already',
      attempt: { id: reserved.permit.id, status: 'reserved' },
    });
    await book.db.updateTable('attempts').set({ expiresAt: NOON }).execute();
    expect(await settleExpired(book.db)).toBe(1);
    expect(await reserve(book.db, ask(ref, strategy))).toMatchObject({ attempt: { status: 'unknown' } });
    expect(await attemptsOf(book.db, ref)).toHaveLength(1);
    await book.close();
  } finally {
    await keeper.close();
    removePostgresFiles(folder);
  }
});
