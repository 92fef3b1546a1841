import fc from 'fast-check';
import { PAYERS, type AccountEvent, type HoldType } from '../../src/domain/account/events';
import { LATE_REASONS, RESULT_CODES, type ResultCode } from '../../src/domain/account/result-codes';
import { addDays } from '../../src/domain/calendar/day';
import { HOLD_EFFECTS } from '../../src/domain/hold/effects';
import { at } from './told';

/** Days of the half year that the account in the tests lives in. */
export const anyDay = fc.integer({ min: 0, max: 180 }).map((days) => addDays('2026-03-01', days));
export const anyAmount = fc.integer({ min: 1, max: 300_000 });
const anyName = fc.constantFrom('a', 'b', 'c', 'd');
const anyStep = fc.constantFrom('C10', 'C20', 'C34');

/** The body of any kind of event, with few names so that they meet each other. */
const BODIES: readonly fc.Arbitrary<object>[] = [
  fc.record({
    kind: fc.constant('payment'),
    amount: anyAmount,
    valueDate: anyDay,
    postingDate: fc.option(anyDay, { nil: undefined }),
    pending: fc.option(fc.boolean(), { nil: undefined }),
    posts: fc.option(
      fc.integer({ min: 0, max: 30 }).map((n) => `e${n}`),
      { nil: undefined },
    ),
    payer: fc.option(fc.constantFrom(...PAYERS), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('refund'),
    amount: anyAmount,
    valueDate: anyDay,
    countsTowardsMinimum: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('reversal'),
    of: fc.integer({ min: 0, max: 30 }).map((n) => `e${n}`),
    reason: fc.constantFrom('returned', 'chargeback', 'mistake'),
    undone: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('adjustment'),
    amount: fc.integer({ min: -100_000, max: 100_000 }),
    valueDate: anyDay,
    obligation: fc.option(anyName, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('charge'),
    amount: fc.integer({ min: 1, max: 20_000 }),
    valueDate: anyDay,
    component: fc.constantFrom('costs', 'late-charge'),
  }),
  fc.record({ kind: fc.constant('payout'), amount: anyAmount, valueDate: anyDay }),
  fc.record({
    kind: fc.constant('loan'),
    startsOn: fc.constantFrom('2026-01-01', '2026-03-01'),
    dayCount: fc.constantFrom('actual/365', 'actual/360', '30/360'),
    rate: fc.constantFrom(0, 84_000, 180_000),
    penaltyRate: fc.option(fc.constant(90_000), { nil: undefined }),
    graceDays: fc.option(fc.constant(3), { nil: undefined }),
    lateCharge: fc.option(fc.constant({ ppm: 50_000, least: 1000, most: 3000, tolerance: 1000 }), {
      nil: undefined,
    }),
    capRate: fc.option(fc.constant(240_000), { nil: undefined }),
    ahead: fc.option(fc.constantFrom('keep', 'pay', 'pay-last'), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('acceleration'), undone: fc.option(fc.boolean(), { nil: undefined }) }),
  fc
    .tuple(anyName, anyDay, anyAmount, fc.integer({ min: 1, max: 90 }))
    .chain(([agreement, from, amount, n]) => {
      const until = addDays(from, n);
      const waived = { costs: 0, 'late-charge': 0, 'penalty-interest': 0, interest: 0, principal: amount };
      const monthly = {
        ...{ principal: amount + 1_000_00, count: 1 + (n % 12), firstDue: until, rate: 84_000, from },
        count_by: 'equal-months',
      };
      return fc.record({
        kind: fc.constant('agreement'),
        agreement: fc.constant(agreement),
        terms: fc.constantFrom<object>(
          { kind: 'plan', monthly },
          { kind: 'plan', parts: [[until, amount]] },
          { kind: 'settlement', parts: [[until, amount]], debt: amount * 2, waived },
          { kind: 'waiver', parts: [[until, amount]], waived },
          { kind: 'deferment', from, until },
          { kind: 'freeze', from, until },
          { kind: 'due-date', from, day: 1 + (n % 28) },
          { kind: 'hardship', from, affordable: amount, reviewOn: until },
        ),
      });
    }),
  fc.record({ kind: fc.constant('agreement-ended'), agreement: anyName }),
  fc.record({ kind: fc.constant('write-off'), undone: fc.option(fc.boolean(), { nil: undefined }) }),
  fc
    .record({ day: anyDay, pastDue: anyAmount, oldestDue: anyDay, cycles: fc.integer({ min: 1, max: 8 }) })
    .map(({ day, ...figures }) => ({
      kind: 'host-update',
      figures: { ...figures, asOf: at(day), balance: figures.pastDue + 1000 },
    })),
  fc.record({ kind: fc.constant('obligation'), obligation: anyName, due: anyDay, amount: anyAmount }),
  fc.record({ kind: fc.constant('facts'), facts: fc.dictionary(anyName, fc.integer()) }),
  fc.record({ kind: fc.constant('score'), model: anyName, value: fc.integer(), on: anyDay }),
  fc.record({
    kind: fc.constant('dispute-raised'),
    dispute: anyName,
    amount: fc.option(anyAmount, { nil: undefined }),
    reason: fc.constantFrom('not-mine', 'other', 'identity-theft'),
    items: fc.option(
      fc.array(fc.record({ item: anyName, amount: fc.option(anyAmount, { nil: undefined }) }), {
        minLength: 1,
        maxLength: 3,
      }),
      { nil: undefined },
    ),
    again: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('dispute-evidence'),
    dispute: anyName,
    evidence: fc.constantFrom('asked', 'received'),
  }),
  fc.record({
    kind: fc.constant('complaint'),
    complaint: anyName,
    cause: fc.constantFrom('conduct', 'frequency'),
    channel: fc.constant('letter'),
    collector: fc.option(anyName, { nil: undefined }),
    rests: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('complaint-answered'),
    complaint: anyName,
    outcome: fc.constantFrom('upheld', 'rejected'),
  }),
  fc.record({
    kind: fc.constant('dispute-resolved'),
    dispute: anyName,
    outcome: fc.constantFrom('upheld', 'partly', 'rejected'),
  }),
  fc.record({
    kind: fc.constant('promise'),
    promise: anyName,
    amount: fc.option(anyAmount, { nil: undefined }),
    date: fc.option(anyDay, { nil: undefined }),
    method: fc.constant('transfer'),
    givenBy: fc.constantFrom('debtor', 'third-party'),
    channel: fc.constant('call'),
  }),
  fc.record({ kind: fc.constant('promise-cancelled'), promise: anyName }),
  fc.record({
    kind: fc.constant('contact-outcome'),
    code: fc.constantFrom(...(Object.keys(RESULT_CODES) as ResultCode[])),
    channel: fc.constant('call'),
    step: fc.option(anyStep, { nil: undefined }),
    reason: fc.option(fc.constantFrom(...LATE_REASONS), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('visit-outcome'),
    code: fc.constantFrom('met', 'refused', 'moved', 'not-there', 'threatened', 'deceased'),
  }),
  fc.record({
    kind: fc.constant('delivery'),
    step: anyStep,
    status: fc.constantFrom('arrived', 'undelivered'),
  }),
  fc.record({ kind: fc.constant('host-result'), step: anyStep, result: fc.constantFrom('done', 'failed') }),
  fc.record({
    kind: fc.constant('debit-result'),
    date: anyDay,
    result: fc.constantFrom('paid', 'failed'),
    due: fc.option(anyDay, { nil: undefined }),
    retryOn: fc.option(anyDay, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('paid-claim'), channel: fc.constant('app'), amount: anyAmount }),
  fc.record({ kind: fc.constant('task-result'), step: anyStep, result: fc.constant('approved') }),
  fc.record({
    kind: fc.constant('hold'),
    hold: anyName,
    type: fc.constantFrom(...(Object.keys(HOLD_EFFECTS) as HoldType[])),
    from: anyDay,
    until: fc.option(anyDay, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('release'), hold: anyName, lastDay: fc.option(anyDay, { nil: undefined }) }),
  fc.record({ kind: fc.constant('contact-changed'), reachable: fc.boolean() }),
  fc.record({ kind: fc.constant('close'), reason: fc.constantFrom('settled', 'sold', 'closed') }),
];

/** The body of any event, without its id and its moment. */
export const anyBody: fc.Arbitrary<object> = fc.oneof(...BODIES);

/** A life: events of any kinds in any order, numbered by the journal from 1. */
export const anyEvents: fc.Arbitrary<readonly AccountEvent[]> = fc
  .array(fc.tuple(fc.oneof(...BODIES), anyDay), { maxLength: 40 })
  .map((bodies) =>
    bodies.map(([body, day], i) => {
      const event = { id: `e${i}`, seq: i + 1, at: at(day), ...body };
      const given = Object.entries(event).filter(([, value]) => value !== undefined);
      return Object.fromEntries(given) as unknown as AccountEvent;
    }),
  );
