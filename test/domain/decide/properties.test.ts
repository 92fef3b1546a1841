import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import type { AccountEvent, HoldType } from '../../../src/domain/account/events';
import { addDays } from '../../../src/domain/calendar/day';
import { advance } from '../../../src/domain/decide/advance';
import { decide } from '../../../src/domain/decide/decide';
import { situation } from '../../../src/domain/decide/situation';
import { silence } from '../../../src/domain/quiet/silence';
import { stoppedBy } from '../../../src/domain/hold/active';
import { HOLD_EFFECTS } from '../../../src/domain/hold/effects';
import { live } from '../../support/live';
import { account, at, fresh, owes } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const START = '2026-03-20';
const STRATEGY = smallStrategy([
  contact('A', [1], { once: 'episode' }),
  contact('B', [3, 9], { late: 'do' }),
  contact('C', [5], { at: { anchor: 'due', days: { N: [5], H: [2] }, unit: 'day', every: { N: 4, H: 3 } } }),
  contact('NOTICE', [4], { kind: 'notice', first: true, once: 'episode' }),
  contact('TASK', [12], { kind: 'task' }),
  contact('AFTER', [2], { at: { anchor: 'step:A', days: { N: [2], H: [1] }, unit: 'day' } }),
  contact('LOOK', [0], {
    kind: 'task',
    at: { anchor: 'mark:paid-claim', days: { N: [0], H: [0] }, unit: 'day' },
  }),
  contact('BROKEN', [0], { at: { anchor: 'mark:promise-broken', days: { N: [0], H: [0] }, unit: 'day' } }),
]);

const day = fc.integer({ min: 0, max: 120 }).map((n) => addDays(START, n));
const hour = fc.integer({ min: 0, max: 23 });
const amount = fc.integer({ min: 100, max: 300_000 });
const told = fc.record({ on: day, hour }).map(({ on, hour: h }) => ({ id: fresh(), at: at(on, h), on }));
const event: fc.Arbitrary<AccountEvent> = fc.oneof(
  fc.tuple(told, amount, fc.boolean()).map(([{ id, at: when, on }, sum, pending]) => ({
    kind: 'payment' as const,
    id,
    at: when,
    amount: sum,
    valueDate: on,
    pending,
  })),
  fc
    .tuple(
      told,
      fc.constantFrom(...(Object.keys(HOLD_EFFECTS) as HoldType[])),
      fc.integer({ min: 0, max: 40 }),
    )
    .map(([{ id, at: when, on }, type, n]) => ({
      kind: 'hold' as const,
      id,
      at: when,
      hold: id,
      type,
      from: on,
      until: addDays(on, n),
    })),
  fc.tuple(told, amount, fc.integer({ min: 0, max: 9 })).map(([{ id, at: when, on }, sum, n]) => ({
    kind: 'promise' as const,
    id,
    at: when,
    promise: id,
    amount: sum,
    date: addDays(on, n),
    method: 'transfer',
    givenBy: 'debtor' as const,
    channel: 'call',
  })),
  told.map(({ id, at: when }) => ({
    kind: 'dispute-raised' as const,
    id,
    at: when,
    dispute: 'd',
    reason: 'service' as const,
  })),
  told.map(({ id, at: when }) => ({
    kind: 'dispute-resolved' as const,
    id,
    at: when,
    dispute: 'd',
    outcome: 'rejected' as const,
  })),
  told.map(({ id, at: when }) => ({ kind: 'facts' as const, id, at: when, facts: { hard: true } })),
  fc.tuple(told, fc.boolean()).map(([{ id, at: when }, autopay]) => ({
    kind: 'facts' as const,
    id,
    at: when,
    facts: { autopay },
  })),
  fc.tuple(told, fc.boolean(), fc.constantFrom('a', 'b')).map(([{ id, at: when }, rests, matter]) => ({
    kind: 'complaint' as const,
    id,
    at: when,
    complaint: id,
    cause: 'conduct' as const,
    channel: 'letter',
    matter,
    rests,
  })),
  fc.tuple(told, amount, fc.integer({ min: 1, max: 9 })).map(([{ id, at: when, on }, sum, n]) => ({
    kind: 'promise' as const,
    id,
    at: when,
    promise: id,
    parts: [
      { amount: sum, date: addDays(on, n) },
      { amount: sum, date: addDays(on, 2 * n) },
    ],
    beside: true,
    method: 'transfer',
    givenBy: 'debtor' as const,
    channel: 'call',
  })),
  told.map(({ id, at: when }) => ({ kind: 'paid-claim' as const, id, at: when, channel: 'letter' })),
  fc
    .tuple(
      told,
      fc.constantFrom('paid' as const, 'failed' as const),
      fc.integer({ min: 0, max: 9 }),
      fc.boolean(),
    )
    .map(([{ id, at: when, on }, result, n, again]) => ({
      kind: 'debit-result' as const,
      id,
      at: when,
      date: addDays(on, -n),
      result,
      ...(again && result === 'failed' ? { retryOn: addDays(on, n) } : {}),
    })),
  fc
    .tuple(told, fc.constantFrom('found', 'not-found', 'wrong-account'))
    .map(([{ id, at: when }, result]) => ({
      kind: 'task-result' as const,
      id,
      at: when,
      step: 'LOOK',
      result,
    })),
  told.map(({ id, at: when }) => ({
    kind: 'contact-outcome' as const,
    id,
    at: when,
    code: 'RPC-REF' as const,
    channel: 'call',
    reason: 'no-intention' as const,
  })),
);
const events = fc
  .array(event, { maxLength: 25 })
  .map((list) => [...list].sort((a, b) => (a.at < b.at ? -1 : 1)));
const begun = () =>
  account(START, [
    owes('m1', '2026-03-25', 120_000),
    owes('m2', '2026-04-25', 139_000),
    owes('m3', '2026-05-25', 90_000),
  ]);

describe('for any history', () => {
  it('the core comes to rest, wakes only later than now, and answers twice the same', () => {
    fc.assert(
      fc.property(events, (history) => {
        const lived = live(begun(), STRATEGY, history, at(START, 0), at('2026-08-01'));
        const now = at('2026-08-01');
        const once = advance(lived.account, STRATEGY, now);
        expect(decide(once.account, STRATEGY, now)).toEqual(once.decision);
        const { action } = once.decision;
        expect(once.decision.why.code).not.toBe('wait-circle');
        if (action.do === 'wait' && action.until !== null) expect(action.until > now).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('no contact is asked for under a hold, while money is on its way or a debit unknown, or when nothing may be asked', () => {
    fc.assert(
      fc.property(events, (history) => {
        let current = begun();
        const seen: AccountEvent[] = [...history];
        const lived = live(current, STRATEGY, history, at(START, 0), at('2026-08-01'), (decision, now) => {
          if (decision.action.do !== 'step' || decision.action.tone === null) return { how: 'done' };
          const name = decision.action.occurrence.step;
          const step = STRATEGY.steps.find((one) => one.name === name);
          while (seen[0] !== undefined && seen[0].at <= now)
            current = apply(current, seen.shift() as AccountEvent);
          const { standing, day: today } = situation(current, STRATEGY, now);
          if (step?.kind === 'contact') {
            expect(stoppedBy(current.holds, today, 'contact')).toBeNull();
            expect(silence(current, STRATEGY, standing, today)).toBeNull();
            expect(standing.askable).toBeGreaterThan(STRATEGY.counting.tolerance);
          }
          return { how: 'done' };
        });
        expect(lived.taken.length).toBeLessThan(400);
      }),
      { numRuns: 100 },
    );
  });

  it('commands told twice give the same life', () => {
    fc.assert(
      fc.property(events, (history) => {
        const once = live(begun(), STRATEGY, history, at(START, 0), at('2026-08-01'));
        const twice = live(
          begun(),
          STRATEGY,
          history.flatMap((one) => [one, one]),
          at(START, 0),
          at('2026-08-01'),
        );
        expect(twice.taken).toEqual(once.taken);
      }),
      { numRuns: 100 },
    );
  });

  it('no step is done twice for the same occurrence', () => {
    fc.assert(
      fc.property(events, (history) => {
        const lived = live(begun(), STRATEGY, history, at(START, 0), at('2026-08-01'));
        const keys = lived.taken.flatMap(({ decision: { action } }) =>
          action.do === 'step'
            ? [`${action.occurrence.step} ${action.occurrence.anchor} ${action.occurrence.n}`]
            : [],
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 100 },
    );
  });
});
