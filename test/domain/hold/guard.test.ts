import { apply } from '../../../src/domain/account/apply';
import type { AccountEvent, HoldType } from '../../../src/domain/account/events';
import { standing } from '../../../src/domain/delinquency/standing';
import { HOLD_EFFECTS } from '../../../src/domain/hold/effects';
import { guardOf, lastDayOfLift, refusedByHand, withEnd } from '../../../src/domain/hold/guard';
import { HOLD_RULES } from '../../../src/domain/hold/rules';
import { saysAllowed, saysBlocked, saysEnd, saysLift } from '../../../src/domain/hold/say';
import { RIGHTS } from '../../../src/domain/staff/roles';
import { PERSONAL_HOLDS } from '../../../src/domain/party/personal';
import type { Counting } from '../../../src/domain/strategy/strategy';
import { account as begun } from '../../support/small-account';

const account = () => begun('2026-01-01', []);
const counting: Counting = {
  grace: { days: 0, counting: 'threshold' },
  tolerance: 0,
  bucketBy: 'days',
  watchDays: 30,
  pendingDays: 1,
};

const AT = '2026-04-02T02:00:00.000Z';
const set = (type: HoldType, more: object = {}): AccountEvent => ({
  ...{ kind: 'hold', id: `set-${type}`, at: AT, hold: 'h', type, from: '2026-04-02' },
  ...more,
});
const lift = (more: object = {}): AccountEvent => ({ kind: 'release', id: 'r', at: AT, hold: 'h', ...more });
const TYPES = Object.keys(HOLD_RULES) as HoldType[];

test('every kind says what it stops, what goes on, who lifts it, how it ends and what it may be of', () => {
  expect(TYPES.sort()).toEqual(Object.keys(HOLD_EFFECTS).sort());
  for (const type of TYPES) {
    const stopped = saysBlocked(type).split(', ');
    expect(stopped.filter((one) => saysAllowed(type).split(', ').includes(one))).toEqual([]);
    expect(saysEnd(type)).not.toBe('');
    expect(saysLift(type)).not.toBe('');
    expect(HOLD_RULES[type].scopes.includes('person')).toBe(PERSONAL_HOLDS.has(type));
  }
});

test.each([
  'deceased',
  'bankruptcy',
  'vulnerable',
  'incapacity',
  'court-order',
  'identity-theft',
  'breathing-space',
  'attorney',
  'cease-contact',
  'military-service',
  'regulator-complaint',
] as const)('a %s hold is lifted by two people', (type) => {
  const held = apply(account(), set(type));
  const guard = guardOf(held, lift());
  expect(guard).toMatchObject({ needs: 'ask-release' });
  const second = guard !== null && 'second' in guard ? guard.second : null;
  expect(second).not.toBeNull();
  // Two roles at least can be the second person, or nobody could where one is away.
  if (second !== null) expect(RIGHTS[second].length).toBeGreaterThan(1);
  expect(refusedByHand(held, lift())).toContain('two people');
});

test('set again so that it holds less is lifting it by another name', () => {
  const held = apply(account(), set('vulnerable'));
  const again = (more: object) => guardOf(held, set('vulnerable', { id: 'again', ...more }));
  expect(again({})).toBeNull();
  expect(again({ until: '2026-04-03' })).toMatchObject({ second: 'release-weighty' });
  expect(again({ from: '2026-05-01' })).toMatchObject({ second: 'release-weighty' });
  expect(again({ type: 'pause' })).toMatchObject({ second: 'release-weighty' });
  expect(again({ party: 'p-2' })).toMatchObject({ second: 'release-weighty' });
  expect(again({ items: [{ item: 'march' }] })).toMatchObject({ second: 'release-weighty' });
  // Longer than before is nobody's business but the person's.
  const bounded = apply(account(), set('illness', { until: '2026-04-10' }));
  expect(guardOf(bounded, set('illness', { id: 'b', until: '2026-05-01' }))).toBeNull();
});

test('what protects somebody anybody may set; what the lender decides needs the staff', () => {
  for (const type of ['deceased', 'vulnerable', 'illness', 'bankruptcy', 'cease-contact'] as const)
    expect(guardOf(account(), set(type))).toBeNull();
  expect(guardOf(account(), set('court-order'))).toEqual({ needs: 'hold-law', second: null });
  expect(guardOf(account(), set('placed'))).toEqual({ needs: 'hold', second: null });
  expect(guardOf(account(), set('left'))).toEqual({ from: 'feed' });
  expect(guardOf(account(), set('deceased', { items: [{ item: 'march' }] }))).toEqual({ scope: 'item' });
  expect(guardOf(account(), set('complaint', { party: 'p-2' }))).toEqual({ scope: 'party' });
});

test('a hold that is over or unheard of needs nobody', () => {
  expect(guardOf(account(), lift())).toBeNull();
  const over = apply(account(), set('deceased', { until: '2026-04-01', from: '2026-03-01' }));
  expect(guardOf(over, lift())).toBeNull();
  expect(guardOf(over, lift({ lastDay: '2026-03-20' }))).not.toBeNull();
});

test('the last day comes from the kind: by its days, or so many days after its event', () => {
  expect(withEnd(set('breathing-space') as never)).toMatchObject({ until: '2026-05-31' });
  expect(withEnd(set('breathing-space', { until: '2026-04-09' }) as never)).toMatchObject({
    until: '2026-04-09',
  });
  expect(withEnd(set('vulnerable') as never)).not.toHaveProperty('until');
  const said = { at: AT, event: 'court-closed', on: '2026-04-10' };
  expect(lastDayOfLift({ type: 'bankruptcy' }, said, 'Asia/Shanghai')).toBe('2026-05-09');
  expect(lastDayOfLift({ type: 'vulnerable' }, said, 'Asia/Shanghai')).toBeNull();
  expect(lastDayOfLift({ type: 'vulnerable' }, { at: AT }, 'Asia/Shanghai')).toBe('2026-04-01');
});

test.each([
  ['payment-pending', { kind: 'payment', amount: 100, valueDate: '2026-04-05' }],
  ['complaint', { kind: 'complaint-answered', complaint: 'k1', outcome: 'rejected' }],
  ['instalment-agreement', { kind: 'agreement-ended', agreement: 'o1' }],
] as const)('a %s hold ends by itself with its event, and no other does', (type, event) => {
  const held = apply(apply(account(), set(type)), set('illness', { id: 'i', hold: 'i' }));
  const after = apply(held, { ...event, id: 'e', at: '2026-04-06T02:00:00.000Z' } as AccountEvent);
  expect(after.holds).toMatchObject([
    { type, until: '2026-04-05' },
    { type: 'illness', until: null },
  ]);
  const before = { ...held, generation: 2 };
  expect(apply(before, { ...event, id: 'e', at: AT } as AccountEvent).holds).toMatchObject([
    { until: null },
    { until: null },
  ]);
});

test('an announced payment does not end the wait for it, nor one complaint of two', () => {
  const pending = apply(account(), set('payment-pending'));
  const announced = { kind: 'payment', id: 'p', at: AT, amount: 1, valueDate: '2026-04-02' } as const;
  expect(apply(pending, { ...announced, pending: true }).holds).toMatchObject([{ until: null }]);
  const complaints = ['k1', 'k2'].reduce(
    (state, complaint) =>
      apply(state, {
        kind: 'complaint',
        id: complaint,
        at: AT,
        complaint,
        cause: 'conduct',
        channel: 'call',
      }),
    apply(account(), set('complaint')),
  );
  const answer = { kind: 'complaint-answered', at: AT, outcome: 'upheld' } as const;
  const one = apply(complaints, { ...answer, id: 'a1', complaint: 'k1' });
  expect(one.holds).toMatchObject([{ until: null }]);
  expect(apply(one, { ...answer, id: 'a2', complaint: 'k2' }).holds).toMatchObject([{ until: '2026-04-01' }]);
});

describe('a hold of one part of the debt', () => {
  const two = ['2026-02-25', '2026-03-25'].reduce(
    (state, due) =>
      apply(state, { kind: 'obligation', id: `o-${due}`, at: AT, obligation: due, due, amount: 600_00 }),
    account(),
  );
  const items = [{ item: '2026-02-25' }];

  test('takes it out of what is asked for and of the ladder, and the contract goes on', () => {
    const held = apply(two, set('internal-review', { items }));
    expect(held.holds).toEqual([]);
    const on = standing(held, counting, '2026-04-10');
    expect(on).toMatchObject({ pastDue: 1200_00, askable: 600_00, contractDpd: 44, treatmentDpd: 16 });
    const after = apply(held, lift({ lastDay: '2026-04-12' }));
    // An internal review does not stop the count: the days of the part come back with it.
    expect(standing(after, counting, '2026-04-13')).toMatchObject({ askable: 1200_00, treatmentDpd: 47 });
  });

  test('leaves its days out afterwards where its kind stops the count, each day once', () => {
    const first = apply(two, set('pause', { items, from: '2026-03-01', until: '2026-03-20' }));
    const both = apply(
      first,
      set('pause', { id: 's2', hold: 'h2', items, from: '2026-03-11', until: '2026-04-02' }),
    );
    expect(standing(both, counting, '2026-04-10')).toMatchObject({ askable: 1200_00, contractDpd: 44 });
    // 44 days less 32 of two pauses that overlap: the other part is late longer now.
    expect(standing(both, counting, '2026-04-10').treatmentDpd).toBe(16);
    expect(standing(both, counting, '2026-04-10').treatmentDue).toBe('2026-03-25');
  });

  test('an earlier generation holds the whole account rather than nothing', () => {
    const held = apply({ ...two, generation: 2 }, set('internal-review', { items }));
    expect(held.holds).toMatchObject([{ type: 'internal-review' }]);
  });
});

test('who decides that something is looked at again is never taken from a message', () => {
  const again: AccountEvent = {
    ...{ kind: 'dispute-raised', id: 'd', at: AT, dispute: 'd', reason: 'service' },
  };
  expect(refusedByHand(account(), again)).toBeNull();
  expect(refusedByHand(account(), { ...again, again: true, by: 'lead-1' })).toContain('only the book knows');
  const complaint: AccountEvent = {
    ...{ kind: 'complaint', id: 'k', at: AT, complaint: 'k', cause: 'conduct', channel: 'letter' },
  };
  expect(refusedByHand(account(), complaint)).toBeNull();
  expect(refusedByHand(account(), { ...complaint, rests: true })).toContain('only the book knows');
  const ended: AccountEvent = { kind: 'agreement-ended', id: 'e', at: AT, agreement: 'o-1' };
  expect(refusedByHand(account(), ended)).toContain('from the book only');
});
