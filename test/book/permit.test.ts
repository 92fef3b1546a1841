import { sql } from 'kysely';
import { attemptsOf, settle, settleExpired, settleUnknown } from '../../src/book/attempts';
import { setClock } from '../../src/book/clock';
import { accept } from '../../src/book/journal';
import { retireEndpoint, usableEndpoints } from '../../src/book/people';
import { reserve, type Reservation } from '../../src/book/permit';
import { receipt } from '../../src/book/receipts';
import {
  CARRIER_TIMEOUT_MS,
  ACTIVITY_TIMEOUT_MS,
  PERMIT_LIFE_MS,
  maySendNow,
} from '../../src/domain/policy/permit-life';
import {
  ask,
  enrolled,
  fresh,
  newAccount,
  NOON,
  ownBook,
  payment,
  published,
  rehearse,
  withRules,
  DAY,
} from './book-under-test';

describe('a permit', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let free: string;
  let capped: string;
  beforeAll(async () => {
    book = await ownBook(30);
    await rehearse(book.db);
    free = await published(book.db);
    capped = await published(book.db, withRules({ caps: [{ channels: ['sms', 'email'], max: 3, days: 1 }] }));
  });
  afterAll(() => book.drop());

  function permitted(reservation: Reservation) {
    if (reservation.answer !== 'permit') throw new Error(`no permit: ${JSON.stringify(reservation)}`);
    return reservation;
  }

  test('the times are in the order that keeps a slow first try from sending after a second', () => {
    expect(CARRIER_TIMEOUT_MS).toBeLessThan(PERMIT_LIFE_MS);
    expect(PERMIT_LIFE_MS).toBeLessThan(ACTIVITY_TIMEOUT_MS);
    expect(maySendNow(30_000, 19_999)).toBe(true);
    expect(maySendNow(30_000, 20_000)).toBe(false);
  });

  test('is given once for an occurrence; after a known end only a refused one may try again', async () => {
    const { ref } = await enrolled(book.db, free);
    const first = permitted(await reserve(book.db, ask(ref, free)));
    expect(first.endpoint.kind).toBe('mobile');
    expect(await reserve(book.db, ask(ref, free))).toMatchObject({
      answer: 'already',
      attempt: { id: first.permit.id, status: 'reserved' },
    });
    await settle(book.db, first.permit, 'refused-before');
    const second = permitted(await reserve(book.db, ask(ref, free)));
    expect(second.permit.id).not.toBe(first.permit.id);
    await settle(book.db, second.permit, 'accepted', '00AF');
    await settle(book.db, second.permit, 'accepted', '00AF');
    expect(await reserve(book.db, ask(ref, free))).toMatchObject({
      answer: 'already',
      attempt: { status: 'accepted' },
    });
    // The carrier has it: the fall-back must not go out besides.
    expect(await reserve(book.db, ask(ref, free, 'R1', { channel: 'email' }))).toMatchObject({
      answer: 'already',
    });
    await expect(settle(book.db, second.permit, 'not-sent')).rejects.toMatchObject({
      code: 'PERMIT_SETTLED',
    });
    await expect(settle(book.db, { ...second.permit, token: 'x' }, 'unknown')).rejects.toMatchObject({
      code: 'PERMIT_UNKNOWN',
    });
    expect((await attemptsOf(book.db, ref)).map((row) => [row.try, row.status])).toEqual([
      [1, 'refused-before'],
      [2, 'accepted'],
    ]);
  });

  test('an unknown end keeps its channel shut and lets the fall-back go', async () => {
    const { ref } = await enrolled(book.db, free);
    const first = permitted(await reserve(book.db, ask(ref, free)));
    await settleUnknown(book.db, first.permit.id);
    expect(await reserve(book.db, ask(ref, free))).toMatchObject({
      answer: 'already',
      attempt: { status: 'unknown' },
    });
    permitted(await reserve(book.db, ask(ref, free, 'R1', { channel: 'email' })));
  });

  test('fifty at once for one person, over ten accounts, never exceed a cap', async () => {
    const one = newAccount(capped);
    const accounts = await Promise.all(
      Array.from({ length: 10 }, () => enrolled(book.db, capped, { person: one.person })),
    );
    const asked = Array.from({ length: 50 }, (_, n) => {
      const account = accounts[n % 10]?.ref ?? '';
      // A word about a promise is each account's own: nothing is said for the others.
      const occurrence = { step: 'P1', anchor: '2026-03-01', n, due: NOON };
      return reserve(
        book.db,
        ask(account, capped, 'P1', { occurrence, channel: n % 3 === 0 ? 'email' : 'sms' }),
      );
    });
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer.answer === 'permit')).toHaveLength(3);
    const deferred = answers.filter((answer) => answer.answer === 'defer');
    expect(deferred).toHaveLength(47);
    expect(deferred[0]).toMatchObject({ until: '2026-03-10T16:00:00.000Z', rule: 'cap:3/1d' });
  });

  test('once a payment is accepted nothing is reserved any more', async () => {
    for (let round = 0; round < 10; round++) {
      const { ref } = await enrolled(book.db, free);
      let acceptedAt = Number.POSITIVE_INFINITY;
      const asking = Array.from({ length: 20 }, async (_, n) => {
        const occurrence = { step: 'R1', anchor: '2026-03-01', n, due: NOON };
        const startedAt = process.hrtime.bigint();
        const answer = await reserve(book.db, ask(ref, free, 'R1', { occurrence }));
        return { startedAt: Number(startedAt), answer };
      });
      const paying = accept(book.db, ref, payment(50_000), 'test').then(() => {
        acceptedAt = Number(process.hrtime.bigint());
      });
      const [answers] = await Promise.all([Promise.all(asking), paying]);
      const after = await reserve(book.db, ask(ref, free, 'R2'));
      expect(after).toEqual({ answer: 'block', rule: 'paid' });
      expect(answers.filter((one) => one.startedAt > acceptedAt && one.answer.answer === 'permit')).toEqual(
        [],
      );
      // In the order of the account's lock: every attempt was written before the payment was.
      const { rows } = await sql<{
        n: number;
      }>`select count(*) as n from attempts t join journal j using (account)
        where t.account = ${ref} and t.reserved_at > j.received_at`.execute(book.db);
      expect(rows[0]?.n).toBe(0);
    }
  });

  test('holds, promises and disputes in the journal are seen though the workflow has not heard of them', async () => {
    const cases = [
      [
        { kind: 'hold', id: fresh(), at: NOON, hold: 'h', type: 'deceased', from: '2026-03-09' },
        'hold:deceased',
      ],
      [{ kind: 'dispute-raised', id: fresh(), at: NOON, dispute: 'd', reason: 'not-mine' }, 'disputed'],
      [{ ...payment(50_000), pending: true, postingDate: undefined }, 'payment-announced'],
      [{ kind: 'paid-claim', id: fresh(), at: NOON, channel: 'app' }, 'paid-claim'],
      [
        {
          kind: 'contact-outcome',
          id: fresh(),
          at: NOON,
          code: 'RPC-PAID',
          channel: 'call',
          reason: 'unknown',
        },
        'paid-claim',
      ],
      [{ kind: 'debit-result', id: fresh(), at: NOON, date: DAY, result: 'paid' }, 'debit-made'],
      [
        { kind: 'debit-result', id: fresh(), at: NOON, date: '2026-03-02', result: 'failed', retryOn: DAY },
        'debit-awaited',
      ],
    ] as const;
    for (const [event, rule] of cases) {
      const { ref } = await enrolled(book.db, free, { facts: { autopay: event.kind === 'debit-result' } });
      await accept(book.db, ref, event, 'test');
      expect(await reserve(book.db, ask(ref, free))).toEqual({ answer: 'block', rule });
    }
  });

  test('a conversation on one account rests the others of the person', async () => {
    const resting = await published(book.db, withRules({ rest: { N: 2 } }));
    const { person } = newAccount(resting);
    const one = await enrolled(book.db, resting, { person });
    const other = await enrolled(book.db, resting, { person });
    const spoken = { kind: 'contact-outcome', id: fresh(), at: NOON, channel: 'call' } as const;
    await accept(book.db, one.ref, { ...spoken, code: 'NA' }, 'test');
    await accept(book.db, one.ref, { ...spoken, id: fresh(), code: 'RPC-INT' }, 'test');
    expect(await reserve(book.db, ask(other.ref, resting))).toEqual({
      answer: 'defer',
      until: '2026-03-11T16:00:00.000Z',
      rule: 'rest',
    });
  });

  test('without a usable endpoint of the channel the answer is to try the next one', async () => {
    const { ref, person } = await enrolled(book.db, free);
    const [mobile] = (await usableEndpoints(book.db, person)).filter((one) => one.kind === 'mobile');
    await retireEndpoint(book.db, mobile?.ref ?? '', 'wrong number', NOON);
    expect(await reserve(book.db, ask(ref, free))).toEqual({ answer: 'block', rule: 'no-endpoint' });
    permitted(await reserve(book.db, ask(ref, free, 'R1', { channel: 'email' })));
  });

  test('a person whose zone is not known goes to a human', async () => {
    const account = newAccount(free);
    const { ref } = await enrolled(book.db, free, { person: { ...account.person, zone: null } });
    expect(await reserve(book.db, ask(ref, free))).toEqual({ answer: 'review', rule: 'zone-unknown' });
  });

  test('what nobody settled is unknown once its permit ended', async () => {
    const { ref } = await enrolled(book.db, free);
    const { permit } = permitted(await reserve(book.db, ask(ref, free)));
    await settleExpired(book.db);
    expect((await attemptsOf(book.db, ref))[0]?.status).toBe('reserved');
    await book.db.updateTable('attempts').set({ expiresAt: NOON }).where('id', '=', permit.id).execute();
    expect(await settleExpired(book.db)).toBeGreaterThan(0);
    expect((await attemptsOf(book.db, ref))[0]?.status).toBe('unknown');
  });

  test('receipts find their attempt in hexadecimal or decimal, early or twice', async () => {
    const { ref } = await enrolled(book.db, free);
    const { permit } = permitted(await reserve(book.db, ask(ref, free)));
    expect(await receipt(book.db, 'sms', '3735928559', 'DELIVRD', NOON)).toBeNull();
    await settle(book.db, permit, 'accepted', '00DEADBEEF');
    expect((await attemptsOf(book.db, ref))[0]).toMatchObject({ delivery: 'DELIVRD' });
    const again = await receipt(book.db, 'sms', '3735928559', 'DELIVRD', NOON);
    expect(again).toMatchObject({ attempt: permit.id, account: ref, step: 'R1', duplicate: true });
    expect(await receipt(book.db, 'sms', 'deadbeef', 'EXPIRED', NOON)).toMatchObject({ duplicate: false });
    expect(await receipt(book.db, 'email', 'deadbeef', 'DELIVRD', NOON)).toBeNull();
  });
});

describe('the gate of a book on real time', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  beforeAll(async () => {
    book = await ownBook();
  });
  afterAll(() => book.drop());

  test('reads the database clock, whatever now it is handed', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const shut = await published(book.db, withRules({ closedOn: [] }));
    const { ref } = await enrolled(book.db, shut);
    const answer = await reserve(book.db, ask(ref, shut, 'R1', { now: '2001-01-01T00:00:00.000Z' }));
    expect(answer.answer).toBe('permit');
    expect(answer.answer === 'permit' && answer.now >= today).toBe(true);
  });
});

describe('the gate of a rehearsal, whose accounts may be behind its clock', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let hash: string;
  beforeAll(async () => {
    book = await ownBook();
    const started = new Date().toISOString();
    await setClock(book.db, { kind: 'rehearsal', epoch: NOON, started, factor: 1 });
    hash = await published(book.db);
  });
  afterAll(() => book.drop());
  const at = (hours: number): string => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();

  test('what is told in advance stops a contact from its moment on, not before', async () => {
    const { ref } = await enrolled(book.db, hash);
    await accept(book.db, ref, { ...payment(50_000), at: at(6) }, 'test');
    expect(await reserve(book.db, ask(ref, hash, 'R1', { now: at(1) }))).toMatchObject({ answer: 'permit' });
    expect(await reserve(book.db, ask(ref, hash, 'R2', { now: at(7) }))).toMatchObject({ rule: 'paid' });
  });

  test('what has happened stops a contact of an account that is a day behind', async () => {
    const { ref } = await enrolled(book.db, hash);
    await accept(book.db, ref, { ...payment(50_000), at: at(-1) }, 'test');
    expect(await reserve(book.db, ask(ref, hash, 'R1', { now: at(-24) }))).toMatchObject({ rule: 'paid' });
  });
});
