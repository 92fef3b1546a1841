import { settle } from '../../src/book/attempts';
import { enrolAccount } from '../../src/book/accounts';
import { noteHostData } from '../../src/book/host-data';
import { reserve } from '../../src/book/permit';
import { acknowledge, actsOf, letOut, listSwitches, stillOut, stop, switchOf } from '../../src/book/stop';
import type { Strategy } from '../../src/domain/strategy/strategy';
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
  book = await ownBook(30);
  await rehearse(book.db);
  strategy = await published(book.db);
});
afterAll(() => book.drop());
afterEach(async () => {
  await book.db.updateTable('switches').set({ openedAt: NOON }).execute();
  await book.db
    .updateTable('attempts')
    .set({ status: 'not-sent' })
    .where('status', '=', 'reserved')
    .execute();
});

const BY = { why: 'wrong text', by: 'head-1', role: null };
const reserved = async (step = 'R1', more = {}) => {
  const { ref } = await enrolled(book.db, strategy);
  return reserve(book.db, ask(ref, strategy, step, more));
};

test('a stop of everything stops the next reservation, notices as well, and says so in the evidence', async () => {
  const { id } = await stop(book.db, { scope: 'everything', value: null, ...BY });
  const answer = { answer: 'defer', rule: 'stop:everything', stopped: true };
  expect(await reserved()).toMatchObject(answer);
  expect(await reserved('N1')).toMatchObject(answer);
  const [kept] = await book.db
    .selectFrom('gateAnswers')
    .selectAll()
    .where('rule', '=', 'stop:everything')
    .execute();
  expect(kept).toMatchObject({ answer: 'defer', attempt: null });
  expect(await actsOf(book.db, [id])).toMatchObject([{ act: 'stop', by: 'head-1', why: 'wrong text' }]);
});

test('a stop that spares notices lets them go', async () => {
  await stop(book.db, { scope: 'everything', value: null, notices: true, ...BY });
  expect(await reserved()).toMatchObject({ rule: 'stop:everything' });
  expect(await reserved('N1')).toMatchObject({ answer: 'permit' });
});

test('each scope stops its own', async () => {
  const stopping = async (scope: Parameters<typeof stop>[1]['scope'], value: string) => {
    await stop(book.db, { scope, value, ...BY });
    const answer = await reserved('R1', { segment: 'N' });
    await book.db.updateTable('switches').set({ openedAt: NOON }).execute();
    return 'rule' in answer ? answer.rule : answer.answer;
  };
  expect(await stopping('channel', 'sms')).toBe('stop:channel:sms');
  expect(await stopping('channel', 'email')).toBe('permit');
  expect(await stopping('template', 'reminder')).toBe('stop:template:reminder');
  expect(await stopping('template', 'farewell')).toBe('permit');
  expect(await stopping('strategy', strategy)).toBe(`stop:strategy:${strategy}`);
  expect(await stopping('strategy', 'small')).toBe('stop:strategy:small');
  expect(await stopping('segment', 'N')).toBe('stop:segment:N');
  expect(await stopping('segment', 'H')).toBe('permit');
  expect(await stopping('jurisdiction', 'CN')).toBe('stop:jurisdiction:CN');
  expect(await stopping('jurisdiction', 'US')).toBe('permit');
  expect(await stopping('agency', 'north')).toBe('permit');
});

test('what is barred anyway is ended by its own rule, not put off by the stop', async () => {
  await stop(book.db, { scope: 'everything', value: null, ...BY });
  const { ref } = await enrolled(book.db, strategy);
  await book.db.updateTable('accounts').set({ status: 'closed' }).where('ref', '=', ref).execute();
  expect(await reserve(book.db, ask(ref, strategy))).toEqual({ answer: 'block', rule: 'closed' });
});

test('the same stop twice is one, and both who asked for it are in the evidence', async () => {
  const first = await stop(book.db, { scope: 'channel', value: 'sms', ...BY });
  const again = await stop(book.db, { scope: 'channel', value: 'sms', ...BY, by: 'head-2' });
  expect(again.id).toBe(first.id);
  expect((await actsOf(book.db, [first.id])).map(({ by }) => by)).toEqual(['head-1', 'head-2']);
  const stricter = await stop(book.db, { scope: 'channel', value: 'sms', notices: true, ...BY });
  expect(stricter.id).not.toBe(first.id);
  expect(await listSwitches(book.db)).toHaveLength(2);
});

test('what was let out before is waited for until it is settled', async () => {
  const before = await reserved();
  if (before.answer !== 'permit') throw new Error('no permit');
  const { id } = await stop(book.db, { scope: 'everything', value: null, ...BY });
  const out = await letOut(book.db, { scope: 'everything', value: null });
  expect(out?.attempts).toContain(before.permit.id);
  if (out === null) throw new Error('busy');
  const waiting = await stillOut(book.db, out);
  expect(waiting.out.attempts).toContain(before.permit.id);
  expect(waiting.until).not.toBeNull();
  const elsewhere = await letOut(book.db, { scope: 'channel', value: 'email' });
  expect(elsewhere?.attempts).toEqual([]);
  await settle(book.db, before.permit, 'accepted');
  expect((await stillOut(book.db, out)).out.attempts).toEqual([]);
  await acknowledge(book.db, id, { attempts: 1 });
  const again = await acknowledge(book.db, id, { attempts: 1 });
  expect(again.acknowledgedAt).not.toBeNull();
  expect((await actsOf(book.db, [id])).map(({ act }) => act)).toEqual(['stop', 'acknowledge']);
});

test('a permit whose holder is gone is waited for until its time has ended, and no longer', async () => {
  const before = await reserved();
  if (before.answer !== 'permit') throw new Error('no permit');
  await stop(book.db, { scope: 'everything', value: null, ...BY });
  const out = await letOut(book.db, { scope: 'everything', value: null });
  await book.db.updateTable('attempts').set({ expiresAt: NOON }).where('id', '=', before.permit.id).execute();
  expect((await stillOut(book.db, out!)).out.attempts).toEqual([]);
});

test('a reservation half done is waited for: its permit is among what is out', async () => {
  const { ref } = await enrolled(book.db, strategy);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  let begun = (): void => undefined;
  const began = new Promise<void>((resolve) => (begun = resolve));
  const permit = book.db.transaction().execute(async (tx) => {
    const answer = await reserve(tx, ask(ref, strategy));
    begun();
    await held;
    if (answer.answer !== 'permit') throw new Error('no permit');
    return answer.permit;
  });
  await began;
  await stop(book.db, { scope: 'everything', value: null, ...BY });
  expect(await letOut(book.db, { scope: 'everything', value: null })).toBeNull();
  // Another lender's message would not wait for this one: the lock is left to the others meanwhile.
  expect(await reserved()).toMatchObject({ rule: 'stop:everything' });
  goOn();
  const { id } = await permit;
  expect((await letOut(book.db, { scope: 'everything', value: null }))?.attempts).toContain(id);
});

test('the evidence cannot be changed', async () => {
  const { id } = await stop(book.db, { scope: 'everything', value: null, ...BY });
  const refused = { code: 'BOOK_FAILED', args: { sqlstate: '42501' } };
  const { db } = book;
  await expect(db.updateTable('switchActs').set({ by: 'nobody' }).execute()).rejects.toMatchObject(refused);
  await expect(db.deleteFrom('switchActs').where('switch', '=', id).execute()).rejects.toMatchObject(refused);
});

test('a switch is found by its id or the beginning of it', async () => {
  const { id } = await stop(book.db, { scope: 'everything', value: null, ...BY });
  expect((await switchOf(book.db, id.slice(0, 8))).id).toBe(id);
  await expect(switchOf(book.db, 'nothing-like-it')).rejects.toMatchObject({ code: 'SWITCH_UNKNOWN' });
});

describe('host data older than its limit', () => {
  const hostBooks = async (asOf: string, rules: Partial<Strategy['contact']> = {}, lender = fresh()) => {
    const hash = await published(book.db, withRules(rules));
    const account = newAccount(hash);
    const figures = { asOf, pastDue: 50_000, oldestDue: '2026-03-01', cycles: 1, balance: 90_000 };
    const { ref } = await enrolAccount(book.db, {
      ...account,
      terms: { ...account.terms, lender, books: 'host' },
      person: { ...account.person, lender },
      events: [{ kind: 'host-update', id: 'h0', at: asOf, figures }],
    });
    return (step = 'R1') => reserve(book.db, ask(ref, hash, step));
  };
  const hoursBefore = (hours: number) => new Date(Date.parse(NOON) - hours * 3_600_000).toISOString();

  test('stops what asks for money, and no notice that the law wants', async () => {
    const old = await hostBooks(hoursBefore(40));
    expect(await old()).toMatchObject({ answer: 'defer', rule: 'host-data-old', stopped: true });
    expect(await old('N1')).toMatchObject({ answer: 'permit' });
    expect(await (await hostBooks(hoursBefore(36)))()).toMatchObject({ answer: 'permit' });
  });

  test('is by the strategy where it says so', async () => {
    expect(await (await hostBooks(hoursBefore(40), { hostDataHours: 72 }))()).toMatchObject({
      answer: 'permit',
    });
    expect(await (await hostBooks(hoursBefore(10), { hostDataHours: 8 }))()).toMatchObject({
      answer: 'defer',
    });
  });

  test('is not old when a newer file of the lender left the account as it was', async () => {
    const lender = fresh();
    const old = await hostBooks(hoursBefore(400), {}, lender);
    await noteHostData(book.db, lender, hoursBefore(40));
    expect(await old()).toMatchObject({ rule: 'host-data-old' });
    await noteHostData(book.db, lender, hoursBefore(10));
    await noteHostData(book.db, lender, hoursBefore(300));
    expect(await old()).toMatchObject({ answer: 'permit' });
  });

  test('is no matter where the engine is given the obligations', async () => {
    expect(await reserved()).toMatchObject({ answer: 'permit' });
  });
});
