import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import { begin } from '../../../src/domain/account/begin';
import { isGivenUp } from '../../../src/domain/account/carry';
import type { AccountEvent, Payment } from '../../../src/domain/account/events';
import { refold } from '../../../src/domain/account/refold';
import { reachesBack } from '../../../src/domain/account/reversal';
import type { AccountState } from '../../../src/domain/account/state';
import { advance } from '../../../src/domain/decide/advance';
import { situation } from '../../../src/domain/decide/situation';
import { standing } from '../../../src/domain/delinquency/standing';
import { stoppedBy } from '../../../src/domain/hold/active';
import { COMPONENTS, totalOf } from '../../../src/domain/ledger/components';
import { ledgerOf } from '../../../src/domain/ledger/of-account';
import { CHINA_CARD, INSTALMENT_LOAN } from '../../../src/domain/ledger/order';
import type { Strategy } from '../../../src/domain/strategy/strategy';
import { anyBody } from '../../support/any-event';
import { live, type Answer, type Lived } from '../../support/live';
import { at, owes, TERMS } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const START = '2026-03-01';
const END = '2026-09-10';
const small = smallStrategy([
  contact('A', [1], { once: 'episode' }),
  contact('B', [3, 9], { late: 'do' }),
  contact('C', [5], { at: { anchor: 'due', days: { N: [5], H: [2] }, unit: 'day', every: { N: 14, H: 9 } } }),
  contact('NOTICE', [4], { kind: 'notice', first: true, once: 'episode' }),
  contact('AFTER', [0], { at: { anchor: 'mark:agreement-broken', days: { N: [0], H: [0] }, unit: 'day' } }),
  contact('CALLED', [0], { at: { anchor: 'mark:accelerated', days: { N: [0], H: [0] }, unit: 'day' } }),
]);
const withMoney = (allocation: typeof CHINA_CARD): Strategy => ({
  ...small,
  counting: { ...small.counting, money: { allocation, ahead: 'keep', capRate: 240_000 } },
});
const anyStrategy = fc.constantFrom(small, withMoney(CHINA_CARD), withMoney(INSTALMENT_LOAN));

type Books = 'host' | 'parts' | 'engine';
const anyBooks = fc.constantFrom<Books>('host', 'parts', 'engine', 'engine');

const PARTS = ['03-25', '04-25', '05-25', '06-25'].map((day, n) => owes(`m${n}`, `2026-${day}`, 120_000));

function begun(books: Books): AccountState {
  const loan: AccountEvent = {
    ...{ kind: 'loan', id: 'the-loan', at: at('2026-01-01'), startsOn: '2026-02-01', dayCount: 'actual/360' },
    ...{ rate: 180_000, penaltyRate: 90_000, graceDays: 3 },
    lateCharge: { ppm: 50_000, least: 1000, most: 3000, tolerance: 1000 },
  };
  return begin({
    terms: { ...TERMS, books: books === 'host' ? 'host' : 'obligations' },
    facts: {},
    enteredOn: START,
    events: books === 'engine' ? [loan, ...PARTS] : books === 'parts' ? PARTS : [],
  });
}

/** A life of some hundred events of every kind: each is told on a day, and some of them again. */
const lifeOf = (least: number, most: number): fc.Arbitrary<readonly AccountEvent[]> =>
  fc
    .array(fc.tuple(anyBody, fc.integer({ min: 0, max: 180 }), fc.integer({ min: 0, max: 23 })), {
      minLength: least,
      maxLength: most,
      size: 'max',
    })
    .map((bodies) =>
      bodies
        .map(([body, n, hour], i): AccountEvent => {
          const day = new Date(Date.parse(`${START}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
          const event = { id: `e${i}`, at: at(day, hour), ...body };
          const given = Object.entries(event).filter(([, value]) => value !== undefined);
          return Object.fromEntries(given) as unknown as AccountEvent;
        })
        // Closed by hand it would be over at once, and which loan it is stands from the beginning.
        .filter(({ kind }) => kind !== 'close' && kind !== 'loan')
        // A payment that posts one which was not announced is told of a mistake: nothing of it adds up.
        .map((event) => (event.kind === 'payment' ? withoutPosts(event) : event))
        .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
        .map((event, i) => ({ ...event, seq: i + 1 })),
    );

function lives(books: Books, strategy: Strategy, events: readonly AccountEvent[], answer?: Answer): Lived {
  return live(begun(books), strategy, events, at(START, 0), at(END), answer);
}

/** The account as the book folds it: every movement of the journal once, however far back something reached. */
const folded = (account: AccountState, books: Books, events: readonly AccountEvent[]): AccountState =>
  refold(account, [...eventsOf(books), ...events]);
const eventsOf = (books: Books): readonly AccountEvent[] => (books === 'host' ? [] : PARTS);

/** Sums of the journal itself, by value date: what the books must come to, said without them. */
function journalOf(events: readonly AccountEvent[], day: string) {
  const back = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'reversal') continue;
    if (event.undone === true) back.delete(event.of);
    else back.add(event.of);
  }
  const sums = { paid: 0, credited: 0, paidBack: 0, charged: 0 };
  for (const event of events) {
    if (back.has(event.id)) continue;
    if (event.kind === 'payment' && event.pending !== true && event.valueDate <= day)
      sums.paid += event.amount;
    if (event.kind === 'refund' && event.valueDate <= day) sums.credited += event.amount;
    if (event.kind === 'adjustment' && event.valueDate <= day) {
      if (event.amount > 0) sums.credited += event.amount;
      else sums.charged -= event.amount;
    }
    if (event.kind === 'payout' && event.valueDate <= day) sums.paidBack += event.amount;
    if (event.kind === 'charge' && event.valueDate <= day) sums.charged += event.amount;
  }
  return sums;
}

describe('over the whole core, for any life of some hundred events of every kind', () => {
  it('nothing throws, nobody is contacted under a hold that blocks it, and the account comes to rest', () => {
    fc.assert(
      fc.property(anyBooks, anyStrategy, lifeOf(100, 200), (books, strategy, events) => {
        let current = begun(books);
        const coming = [...events];
        const lived = lives(books, strategy, events, (decision, now) => {
          while (coming[0] !== undefined && coming[0].at <= now)
            current = apply(current, coming.shift() as AccountEvent);
          const { action } = decision;
          const step =
            action.do === 'step' && action.tone !== null
              ? strategy.steps.find(({ name }) => name === action.occurrence.step)
              : undefined;
          if (step?.kind === 'contact')
            expect(stoppedBy(current.holds, situation(current, strategy, now).day, 'contact')).toBeNull();
          return { how: 'done' };
        });
        const rested = advance(lived.account, strategy, at(END));
        expect(rested.decision.why.code).not.toBe('wait-circle');
        expect(JSON.parse(JSON.stringify(rested.account))).toEqual(rested.account);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 600_000);

  it('the books balance: principal, interest, fees and costs, less what was paid and given up', () => {
    fc.assert(
      fc.property(anyStrategy, lifeOf(60, 160), (strategy, all) => {
        const events = all.filter(({ kind }) => kind !== 'obligation');
        const lived = lives('engine', strategy, events);
        const account = folded(lived.account, 'engine', events);
        const books = ledgerOf(account, strategy.counting.money)!.on(END);
        const { paid, credited, paidBack, charged } = journalOf(events, END);
        const givenUp = account.owed.movements.filter(isGivenUp).reduce((sum, { amount }) => sum + amount, 0);
        expect(books.paid).toBe(paid);
        expect(books.credited).toBe(credited);
        const over = paidBack - books.refunded;
        expect(over).toBeGreaterThanOrEqual(0);
        // What was lent, and what was given back although its money came back later.
        expect(books.charged.principal).toBe(4 * 120_000 + over);
        expect(books.charged.costs + books.charged['late-charge']).toBeGreaterThanOrEqual(charged);
        expect(totalOf(books.waived)).toBeLessThanOrEqual(givenUp);
        expect(books.balance).toBe(
          totalOf(books.charged) - paid - credited + books.refunded - totalOf(books.waived),
        );
        for (const component of COMPONENTS) expect(books.owed[component]).toBeGreaterThanOrEqual(0);
        const here = standing(account, strategy.counting, END);
        expect(here.balance).toBe(books.balance);
        expect(here.pastDue).toBe(
          books.parts.reduce((sum, { due, owed }) => (due < END ? sum + totalOf(owed) : sum), 0),
        );
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 600_000);

  it('without books of its own the balance is the parts, less money and what was given up', () => {
    fc.assert(
      fc.property(lifeOf(60, 160), (all) => {
        const events = all.filter(({ kind }) => kind !== 'obligation');
        const lived = lives('parts', small, events);
        const account = folded(lived.account, 'parts', events);
        const { paid, credited, paidBack, charged } = journalOf(events, END);
        const givenUp = account.owed.movements.filter(isGivenUp).reduce((sum, { amount }) => sum + amount, 0);
        expect(standing(account, small.counting, END).balance).toBe(
          4 * 120_000 + charged + paidBack - paid - credited - givenUp,
        );
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 600_000);

  it('told twice it is the same life', () => {
    fc.assert(
      fc.property(anyBooks, anyStrategy, lifeOf(40, 120), (books, strategy, events) => {
        const once = lives(books, strategy, events);
        const twice = lives(
          books,
          strategy,
          events.flatMap((one) => [one, one]),
        );
        expect(twice.taken).toEqual(once.taken);
        expect(twice.account).toEqual(once.account);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 600_000);

  it('money, holds and costs told in another order come to the same books', () => {
    const orderless = ['payment', 'refund', 'adjustment', 'charge', 'payout', 'reversal', 'hold'];
    fc.assert(
      fc.property(anyStrategy, lifeOf(80, 240), fc.infiniteStream(fc.nat()), (strategy, all, dice) => {
        const seen = new Set<string>();
        const events = all.filter((event) => {
          if (!orderless.includes(event.kind)) return false;
          // Two words of one hold, and a return with its undoing, mean what was said last.
          const said =
            event.kind === 'hold' ? event.hold : event.kind === 'reversal' ? `back ${event.of}` : event.id;
          if (seen.has(said)) return false;
          seen.add(said);
          return event.kind !== 'reversal' || event.undone !== true;
        });
        const shuffled = events
          .map((event) => [dice.next().value as number, event] as const)
          .sort(([a], [b]) => a - b)
          .map(([, event]) => event);
        const told = (list: readonly AccountEvent[]): AccountState =>
          folded(list.reduce(apply, begun('engine')), 'engine', list);
        const books = (account: AccountState) => ledgerOf(account, strategy.counting.money)!.on(END);
        expect(books(told(shuffled))).toEqual(books(told(events)));
      }),
      { numRuns: 20, endOnFailure: true },
    );
  }, 600_000);

  it('a payment that comes back leaves books, promises and plans as they were without it', () => {
    const anyMoney = fc.record({
      amount: fc.integer({ min: 1, max: 300_000 }),
      day: fc.constantFrom('2026-05-02', '2026-06-20'),
    });
    fc.assert(
      fc.property(anyStrategy, lifeOf(20, 60), anyMoney, (strategy, all, { amount, day }) => {
        // What is decided of a promise by a day stays with it: they are judged after both have happened.
        const events = all.filter(({ kind }) => kind !== 'write-off');
        const before = events.filter((event) => event.at <= at(day, 0)).reduce(apply, begun('engine'));
        const pays: AccountEvent = { kind: 'payment', id: 'pays', at: at(day, 9), amount, valueDate: day };
        const returned: AccountEvent = {
          kind: 'reversal',
          id: 'back',
          at: at(day, 10),
          of: 'pays',
          reason: 'chargeback',
        };
        const paid = apply(before, pays);
        fc.pre(!reachesBack(paid, returned));
        const after = apply(paid, returned);
        const now = at('2026-08-20');
        const here = advance(after, strategy, now).account;
        const without = advance(before, strategy, now).account;
        const bare = (account: AccountState) => ({
          books: ledgerOf(account, strategy.counting.money)!.on('2026-08-20'),
          promises: account.promises,
          agreements: account.agreements,
          stage: account.stage,
          episode: account.episode,
          standing: standing(account, strategy.counting, '2026-08-20'),
        });
        expect(bare(here)).toEqual(bare(without));
        // And where it stands again after all, it is as if it had never come back.
        const again = apply(after, { ...returned, id: 'again', undone: true } as AccountEvent);
        expect({ ...again, seen: null }).toEqual({ ...paid, seen: null });
      }),
      { numRuns: 20, endOnFailure: true },
    );
  }, 600_000);
});

function withoutPosts({ posts: _posts, ...payment }: Payment): Payment {
  return payment;
}
