import { complaintCounts, isAgencyTakenOff, isTakenOff } from '../../src/book/complaints';
import { accept } from '../../src/book/journal';
import type { Book } from '../../src/book/open-book';
import { takeOff } from '../../src/book/owners';
import { inTransaction } from '../../src/book/open-book';
import type { AccountEvent } from '../../src/domain/account/events';
import { enrolled, fresh, NOON, ownBook, published } from './book-under-test';

let book: Book & { drop(): Promise<void> };
beforeAll(async () => {
  book = await ownBook();
}, 120_000);
afterAll(() => book.drop());

const complains = (complaint: string, more: object): AccountEvent =>
  ({
    kind: 'complaint',
    id: fresh(),
    at: NOON,
    complaint,
    cause: 'conduct',
    channel: 'letter',
    ...more,
  }) as AccountEvent;

test('complaints are counted by cause, collector and agency, and take the collector off until one is rejected', async () => {
  const { db } = book;
  const { ref } = await enrolled(db, await published(db));
  const { person } = await db
    .selectFrom('accounts')
    .select('person')
    .where('ref', '=', ref)
    .executeTakeFirstOrThrow();
  await db.insertInto('owners').values({ person, owner: 'c-7', task: null, since: NOON }).execute();
  await accept(db, ref, complains('k1', { collector: 'c-7' }), 'client');
  await accept(db, ref, complains('k2', { cause: 'hours', agency: 'a-1' }), 'client');
  await inTransaction(db, (tx) =>
    takeOff(tx, person, 'c-7', { by: 'lead-1', reason: 'complaint k1', at: NOON }),
  );
  expect(await db.selectFrom('owners').selectAll().where('person', '=', person).execute()).toEqual([]);
  expect([await isTakenOff(db, person, 'c-7'), await isTakenOff(db, person, 'c-8')]).toEqual([true, false]);

  const agencies = ['a-1', 'a-2'].map((agency) => isAgencyTakenOff(db, person, agency));
  expect(await Promise.all(agencies)).toEqual([true, false]);

  const answered = {
    kind: 'complaint-answered',
    id: fresh(),
    at: NOON,
    complaint: 'k1',
    outcome: 'rejected',
  } as const;
  await accept(db, ref, answered, 'client');
  expect(await isTakenOff(db, person, 'c-7')).toBe(false);
  const none = { told: 1, open: 1, upheld: 0, partly: 0, rejected: 0 };
  const wrong = { ...none, open: 0, rejected: 1 };
  expect(await complaintCounts(db, 'cause', null)).toEqual([
    { of: 'conduct', ...wrong },
    { of: 'hours', ...none },
  ]);
  expect(await complaintCounts(db, 'collector', '2026-03-01')).toEqual([
    { of: 'c-7', ...wrong },
    { of: 'nobody', ...none },
  ]);
  expect(await complaintCounts(db, 'agency', '2026-04-01')).toEqual([]);
});
