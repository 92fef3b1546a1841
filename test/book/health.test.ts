import { health, sayHealth } from '../../src/book/health';
import { noteHostData } from '../../src/book/host-data';
import { accept } from '../../src/book/journal';
import { reserve } from '../../src/book/permit';
import { settle } from '../../src/book/attempts';
import { stop } from '../../src/book/stop';
import { ask, enrolled, NOON, ownBook, payment, published, rehearse } from './book-under-test';

let book: Awaited<ReturnType<typeof ownBook>>;
beforeAll(async () => {
  book = await ownBook();
  await rehearse(book.db);
});
afterAll(() => book.drop());

test('says what is stopped, held, old, untold and unknown, of one lender or of all', async () => {
  const { db } = book;
  expect(sayHealth(await health(db, null, NOON))).toBe(
    'Health: nothing is stopped; 0 facts untold; 0 attempts unknown.',
  );
  const strategy = await published(db);
  const { ref } = await enrolled(db, strategy);
  await accept(db, ref, payment(100), 'test');
  await db.updateTable('journal').set({ receivedAt: NOON }).execute();
  const given = await reserve(db, ask(ref, strategy));
  if (given.answer !== 'permit') throw new Error('no permit');
  await settle(db, given.permit, 'unknown');
  const by = { by: 'op-7', role: null, why: 'wrong text' };
  await stop(db, { scope: 'channel', value: 'sms', notices: true, ...by });
  await stop(db, { scope: 'everything', value: null, lender: 'other', ...by });
  await stop(db, { scope: 'channel', value: 'email', lender: 'bank', cause: 'volume', ...by });
  await noteHostData(db, 'bank', new Date(Date.parse(NOON) - 40 * 3_600_000).toISOString());
  await noteHostData(db, 'other', NOON);

  const bank = await health(db, 'bank', NOON);
  expect(bank).toMatchObject({ untold: 1, unknown: 1, onOldData: 0 });
  expect(sayHealth(bank)).toBe(
    'Health: stopped: channel sms but notices; held for volume: channel email of bank; ' +
      'host data of bank is 40 hours old; 1 facts untold; 1 attempts unknown.',
  );
  const other = await health(db, 'other', NOON);
  expect(sayHealth(other)).toBe(
    'Health: stopped: channel sms but notices, everything of other; 0 facts untold; 0 attempts unknown.',
  );
});
