import { handOverPayouts } from '../../src/activities/host/hand-over';
import type { HostRequest } from '../../src/activities/host/host-system';
import { unansweredHost } from '../../src/book/host-actions';
import { fold } from '../../src/book/fold';
import { accept } from '../../src/book/journal';
import type { Book } from '../../src/book/open-book';
import { mustKeepBooks } from '../../src/book/own-books';
import { requestPayout } from '../../src/book/payouts';
import type { AccountEvent, Payout } from '../../src/domain/account/events';
import { standing } from '../../src/domain/delinquency/standing';
import { DAY, enrolled, fresh, NOON, ownBook, published, SMALL } from './book-under-test';

let book: Book & { drop(): Promise<void> };
beforeAll(async () => {
  book = await ownBook();
}, 120_000);
afterAll(() => book.drop());

test('the lender is asked once to pay back an amount, again by the same id when he could not be reached', async () => {
  const { db } = book;
  const { ref } = await enrolled(db, await published(db));
  const pays = { kind: 'payment', id: fresh(), at: NOON, amount: 620_00, valueDate: DAY } as const;
  const payout: Payout = { kind: 'payout', id: fresh(), at: NOON, amount: 120_00, valueDate: DAY };
  await accept(db, ref, pays, 'client');
  await accept(db, ref, payout, 'client');
  await requestPayout(db, ref, payout);
  await requestPayout(db, ref, payout);
  expect(standing(await fold(db, ref), SMALL.counting, DAY).balance).toBe(0);
  const asked: HostRequest[] = [];
  const away = { ask: () => Promise.reject(new Error('away')) };
  await expect(handOverPayouts(db, away)).rejects.toThrow('away');
  const there = {
    ask: (request: HostRequest) => {
      asked.push(request);
      return Promise.resolve({ answer: 'later' } as const);
    },
  };
  expect(await handOverPayouts(db, there)).toBe(1);
  expect(await handOverPayouts(db, there)).toBe(0);
  expect(asked).toMatchObject([{ ref, action: 'pay-back', amount: 120_00, currency: 'CNY' }]);
});

test('what was reversed before it was handed over is asked of nobody', async () => {
  const { db } = book;
  const { ref } = await enrolled(db, await published(db));
  const payout: Payout = { kind: 'payout', id: fresh(), at: NOON, amount: 55_00, valueDate: DAY };
  await accept(db, ref, payout, 'client');
  await requestPayout(db, ref, payout);
  await accept(
    db,
    ref,
    { kind: 'reversal', id: fresh(), at: NOON, of: payout.id, reason: 'returned' },
    'client',
  );
  const asked: string[] = [];
  const host = {
    ask: ({ ref: its }: HostRequest) => {
      asked.push(its);
      return Promise.resolve({ answer: 'later' } as const);
    },
  };
  await handOverPayouts(db, host);
  expect(asked).not.toContain(ref);
  expect((await unansweredHost(db, 10, ref)).map(({ id }) => id)).toEqual([]);
});

test('a request that cannot be handed over keeps no other one waiting', async () => {
  const { db } = book;
  const strategy = await published(db);
  const refs: string[] = [];
  for (const minute of ['01', '02']) {
    const { ref } = await enrolled(db, strategy);
    const at = NOON.replace(/:00:/, `:${minute}:`);
    await requestPayout(db, ref, { kind: 'payout', id: fresh(), at, amount: 100, valueDate: DAY });
    refs.push(ref);
  }
  const [stuck, next] = refs;
  const asked: string[] = [];
  const host = {
    ask: ({ ref }: HostRequest) => {
      if (ref === stuck) return Promise.reject(new Error('unknown account'));
      asked.push(ref);
      return Promise.resolve({ answer: 'later' } as const);
    },
  };
  await expect(handOverPayouts(db, host)).rejects.toThrow('unknown account');
  expect(asked).toEqual([next]);
});

test('a loan that begins after it is due is refused', async () => {
  const { db } = book;
  const { ref } = await enrolled(db, await published(db));
  const loan = (startsOn: string): AccountEvent => ({
    ...{ kind: 'loan', id: fresh(), at: NOON, startsOn, dayCount: 'actual/365', rate: 180_000 },
  });
  await expect(mustKeepBooks(db, ref, loan('2026-03-01'))).rejects.toMatchObject({ code: 'LOAN_DATES' });
  await expect(mustKeepBooks(db, ref, loan('2026-02-01'))).resolves.toBeUndefined();
});
