import { enrolAccount } from '../../src/book/accounts';
import { countedAttempts, countedFrom } from '../../src/book/attempts';
import { accept } from '../../src/book/journal';
import { inTransaction } from '../../src/book/open-book';
import { askRecalls, askRecallsOfAll, endQuestions } from '../../src/book/placements';
import { reserve } from '../../src/book/permit';
import { stop } from '../../src/book/stop';
import { listTasks } from '../../src/book/tasks';
import type { AccountEvent } from '../../src/domain/account/events';
import {
  ask,
  enrolled,
  fresh,
  newAccount,
  NOON,
  ownBook,
  published,
  rehearse,
  withRules,
} from './book-under-test';

let book: Awaited<ReturnType<typeof ownBook>>;
let strategy: string;
beforeAll(async () => {
  book = await ownBook();
  await rehearse(book.db);
  strategy = await published(book.db);
});
afterAll(() => book?.drop());

const placed = (more: object = {}): AccountEvent =>
  ({
    kind: 'hold',
    id: fresh(),
    at: NOON,
    hold: 'p',
    type: 'placed',
    from: '2026-03-05',
    ...more,
  }) as AccountEvent;
const agency = (name: string): AccountEvent => ({
  kind: 'facts',
  id: fresh(),
  at: NOON,
  facts: { agency: name },
});

async function account(...facts: AccountEvent[]): Promise<string> {
  const { ref } = await enrolled(book.db, strategy);
  for (const fact of facts) await accept(book.db, ref, fact, 'test');
  return ref;
}
const stopAgency = (value: string, lender: string | null = null) =>
  stop(book.db, { scope: 'agency', value, lender, why: 'complaints', by: 'op-7', role: null });
const questions = async () =>
  (await listTasks(book.db, { queue: 'agency', status: 'open' })).map((task) => task.account).sort();

test('a stop of an agency asks of every account placed with it, once, and of those placed later', async () => {
  const north = await account(agency('north'), placed());
  const unnamed = await account(placed());
  await account(agency('north'), agency('south'), placed());
  await account(agency('north'));
  await account(agency('north'), placed({ until: '2026-03-09' }));
  await account(agency('north'), placed({ from: '2026-03-11' }));
  await account(agency('north'), placed(), { kind: 'release', id: fresh(), at: NOON, hold: 'p' });
  const again = await account(
    ...[agency('north'), placed(), { kind: 'release', id: fresh(), at: NOON, hold: 'p' } as const],
    placed({ from: '2026-03-10' }),
  );
  const gone = await account(agency('north'), placed());
  await book.db.updateTable('accounts').set({ status: 'closed' }).where('ref', '=', gone).execute();
  const came = await enrolAccount(book.db, {
    ...newAccount(strategy),
    facts: { agency: 'north' },
    events: [placed()],
  });
  // As its workflow reports it.
  const holds = JSON.stringify(['placed']);
  await book.db.updateTable('accounts').set({ holds }).where('ref', '=', came.ref).execute();

  const made = await stopAgency('north');
  expect(await askRecalls(book.db, made, NOON)).toBe(4);
  expect(await questions()).toEqual([north, unnamed, again, came.ref].sort());
  expect(await askRecalls(book.db, made, NOON)).toBe(0);
  const later = await account(agency('north'), placed());
  expect(await askRecallsOfAll(book.db, NOON)).toBe(1);
  expect(await questions()).toContain(later);

  await inTransaction(book.db, (tx) => endQuestions(tx, made.id));
  expect(await questions()).toEqual([]);
  await book.db
    .updateTable('switches')
    .set((eb) => ({ openedAt: eb.fn('clock_timestamp') }))
    .execute();
  expect(await askRecallsOfAll(book.db, NOON)).toBe(0);
});

test('of another lender nobody is asked, and a stop of something else asks nothing', async () => {
  await account(agency('west'), placed());
  expect(await askRecalls(book.db, await stopAgency('west', 'another'), NOON)).toBe(0);
  const channel = await stop(book.db, {
    scope: 'channel',
    value: 'agency',
    why: 'x',
    by: 'op-7',
    role: null,
  });
  expect(await askRecalls(book.db, channel, NOON)).toBe(0);
  await book.db
    .updateTable('switches')
    .set((eb) => ({ openedAt: eb.fn('clock_timestamp') }))
    .execute();
});

describe('a contact that an agency made', () => {
  const call = (more: object = {}): AccountEvent =>
    ({
      ...{ kind: 'contact-outcome', id: fresh(), at: NOON, code: 'NA', channel: 'call', agency: 'north' },
      ...more,
    }) as AccountEvent;
  const of = async (ref: string) => {
    const { person } = await book.db
      .selectFrom('accounts')
      .select('person')
      .where('ref', '=', ref)
      .executeTakeFirstOrThrow();
    return countedAttempts(book.db, person, countedFrom(NOON, 7)).execute();
  };

  test('stands in the ledger once, a visit as a visit; who called in was not called', async () => {
    const ref = await account();
    const told = call();
    await accept(book.db, ref, told, 'test');
    await accept(book.db, ref, told, 'test');
    await accept(book.db, ref, call({ code: 'IN' }), 'test');
    await accept(book.db, ref, call({ agency: undefined }), 'test');
    const visit = {
      kind: 'visit-outcome',
      id: fresh(),
      at: NOON,
      code: 'not-there',
      agency: 'south',
    } as const;
    await accept(book.db, ref, visit, 'test');
    expect((await of(ref)).map(({ channel }) => channel).sort()).toEqual(['call', 'visit']);
  });

  test('counts for the caps of the person on every account, whichever agency it was', async () => {
    const caps = [{ channels: ['call', 'sms'], days: 1, max: 2 }];
    const capped = await published(book.db, withRules({ caps }));
    const own = newAccount(capped);
    const one = await enrolAccount(book.db, own);
    const other = await enrolAccount(book.db, { ...newAccount(capped), person: own.person });
    await accept(book.db, one.ref, call(), 'test');
    await accept(book.db, one.ref, call({ agency: 'south' }), 'test');
    expect(await reserve(book.db, ask(other.ref, capped))).toMatchObject({ answer: 'defer' });
    const stranger = await enrolAccount(book.db, newAccount(capped));
    expect(await reserve(book.db, ask(stranger.ref, capped))).toMatchObject({ answer: 'permit' });
  });

  test('takes no number out of use that our own people dialled', async () => {
    const own = newAccount(strategy);
    const endpoints = ['+8613900000001', '+8613900000002'].map((value) => ({
      kind: 'mobile' as const,
      value,
    }));
    const { ref } = await enrolAccount(book.db, { ...own, person: { ...own.person, endpoints } });
    expect(await reserve(book.db, ask(ref, strategy, 'R1', { channel: 'call' }))).toMatchObject({
      answer: 'permit',
    });
    const retired = async () =>
      book.db
        .selectFrom('endpoints')
        .innerJoin('accounts', 'accounts.person', 'endpoints.person')
        .select('endpoints.ref')
        .where('accounts.ref', '=', ref)
        .where('retiredAt', 'is not', null)
        .execute();
    await accept(book.db, ref, call({ code: 'INV' }), 'test');
    expect(await retired()).toEqual([]);
    await accept(book.db, ref, call({ code: 'INV', agency: undefined }), 'test');
    expect(await retired()).toHaveLength(1);
  });
});
