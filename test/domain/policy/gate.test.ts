import fc from 'fast-check';
import { gate, type Known } from '../../../src/domain/policy/gate';
import { standing } from '../../../src/domain/delinquency/standing';
import { localDate, localTime } from '../../../src/domain/calendar/zone';
import type { AccountEvent } from '../../../src/domain/account/events';
import type { ContactRules, Step } from '../../../src/domain/strategy/strategy';
import { account, at, fresh, owes } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const STEP = contact('R1', [1]);
const NOTICE = contact('N1', [1], { kind: 'notice' });
const DURING = contact('P1', [1], { duringPromise: true });
const AHEAD = contact('A1', [-3], {
  stages: ['pre-due'],
  at: { anchor: 'next-due', days: { N: [-3] }, unit: 'day' },
});

function known(events: readonly AccountEvent[], more: Partial<Known> = {}, day = '2026-03-10'): Known {
  const state = account('2026-03-01', [owes('o1', '2026-03-01', 50_000), ...events]);
  return {
    open: true,
    account: state,
    standing: standing(state, smallStrategy([]).counting, day),
    zone: 'Asia/Shanghai',
    hasEndpoint: true,
    path: 'N',
    spokenAt: null,
    attempts: [],
    ...more,
  };
}

function asked(
  step: Step,
  what: Known,
  rules: Partial<ContactRules> = {},
  now = at('2026-03-10'),
  channel = 'sms',
) {
  const strategy = smallStrategy([step], { contact: { hours: {}, caps: [], closedOn: [], ...rules } });
  return gate({ step, channel, now }, what, strategy);
}

const allow = { gate: 'allow' };
const block = (rule: string) => ({ gate: 'block', rule });
const told = { at: at('2026-03-09'), by: 'test' };

describe('what bars a contact altogether', () => {
  test('nothing does: it is allowed', () => {
    expect(asked(STEP, known([]))).toEqual(allow);
  });

  test('a closed account, one that is paid, one without an endpoint', () => {
    expect(asked(STEP, known([], { open: false }))).toEqual(block('closed'));
    const paid = { ...told, kind: 'payment', id: fresh(), amount: 50_000, valueDate: '2026-03-09' } as const;
    expect(asked(STEP, known([paid]))).toEqual(block('paid'));
    expect(asked(NOTICE, known([paid]))).toEqual(block('paid'));
    expect(asked(STEP, known([], { hasEndpoint: false }))).toEqual(block('no-endpoint'));
  });

  test('a rest within tolerance counts as paid', () => {
    const most = { ...told, kind: 'payment', id: fresh(), amount: 49_000, valueDate: '2026-03-09' } as const;
    expect(asked(STEP, known([most]))).toEqual(block('paid'));
    expect(asked(STEP, known([{ ...most, id: fresh(), amount: 48_999 }]))).toEqual(allow);
  });

  test('a reminder before the due date asks for what comes next', () => {
    const early = known([], {}, '2026-02-26');
    expect(asked(AHEAD, early, {}, at('2026-02-26'))).toEqual(allow);
    expect(asked(STEP, early, {}, at('2026-02-26'))).toEqual(block('paid'));
  });

  test('what counts back from the next due date to stop a roll is not asked of who has paid', () => {
    const early = known([], {}, '2026-02-26');
    const roll = { ...AHEAD, stages: ['negotiation'] };
    expect(asked(roll, early, {}, at('2026-02-26'))).toEqual(block('paid'));
    const everywhere = { ...STEP, stages: ['pre-due', 'reminder'] };
    expect(asked(everywhere, early, {}, at('2026-02-26'))).toEqual(block('paid'));
  });

  test.each([
    ['deceased', 'hold:deceased', 'hold:deceased'],
    ['bankruptcy', 'hold:bankruptcy', 'hold:bankruptcy'],
    ['cease-contact', 'hold:cease-contact', null],
    ['pause', 'hold:pause', null],
    ['placed', 'hold:placed', null],
  ] as const)('a hold of type %s stops a contact (%s) and a notice (%s)', (type, contacts, notices) => {
    const hold = { ...told, kind: 'hold', id: fresh(), hold: 'h', type, from: '2026-03-09' } as const;
    expect(asked(STEP, known([hold]))).toEqual(block(contacts));
    expect(asked(NOTICE, known([hold]))).toEqual(notices === null ? allow : block(notices));
  });

  test('a hold stops on its last day, and no more on the next', () => {
    const hold = {
      ...told,
      kind: 'hold',
      id: fresh(),
      hold: 'h',
      type: 'pause',
      from: '2026-03-05',
      until: '2026-03-10',
    } as const;
    expect(asked(STEP, known([hold]))).toEqual(block('hold:pause'));
    expect(asked(STEP, known([hold], {}, '2026-03-11'), {}, at('2026-03-11'))).toEqual(allow);
  });

  test('a dispute of the whole debt; of a part only when nothing else is left', () => {
    const dispute = {
      ...told,
      kind: 'dispute-raised',
      id: fresh(),
      dispute: 'd',
      reason: 'not-mine',
    } as const;
    expect(asked(STEP, known([dispute]))).toEqual(block('disputed'));
    expect(asked(STEP, known([{ ...dispute, id: fresh(), amount: 10_000 }]))).toEqual(allow);
    expect(asked(STEP, known([{ ...dispute, id: fresh(), amount: 50_000 }]))).toEqual(block('disputed'));
  });

  test('an announced payment rests contact for its days', () => {
    const pending = {
      ...told,
      kind: 'payment',
      id: fresh(),
      amount: 50_000,
      valueDate: '2026-03-09',
      pending: true,
    } as const;
    expect(asked(STEP, known([pending]))).toEqual(block('payment-announced'));
    expect(asked(STEP, known([pending], {}, '2026-03-16'), {}, at('2026-03-16'))).toEqual(allow);
  });

  test('a debit that is not known, but never a notice, and not an account without autopay', () => {
    const auto = { ...told, kind: 'facts', id: fresh(), facts: { autopay: true } } as const;
    expect(asked(STEP, known([auto]))).toEqual(block('debit-awaited'));
    expect(asked(STEP, known([]))).toEqual(allow);
    expect(asked({ ...STEP, kind: 'notice' }, known([auto]))).toEqual(allow);
  });

  test('an open promise, but for steps made for it', () => {
    const base = known([]);
    const promise = { id: 'p', amount: 50_000, date: '2026-03-14', madeAt: told.at, status: 'open' } as const;
    const open = { ...base, account: { ...base.account, promises: [promise] } };
    expect(asked(STEP, open)).toEqual(block('promise'));
    expect(asked(DURING, open)).toEqual(allow);
    const broken = {
      ...open,
      account: { ...base.account, promises: [{ ...promise, status: 'broken' as const }] },
    };
    expect(asked(STEP, broken)).toEqual(allow);
  });

  test('a promise whose time is over rests nothing, though nobody has judged it yet', () => {
    const promise = {
      ...told,
      kind: 'promise',
      id: fresh(),
      promise: 'p',
      amount: 50_000,
      date: '2026-03-12',
      method: 'transfer',
      givenBy: 'debtor',
      channel: 'call',
    } as const;
    expect(asked(STEP, known([promise], {}, '2026-03-13'), {}, at('2026-03-13'))).toEqual(block('promise'));
    expect(asked(STEP, known([promise], {}, '2026-03-14'), {}, at('2026-03-14'))).toEqual(allow);
  });

  test('money that counts from tomorrow has been paid all the same', () => {
    const coming = {
      ...told,
      kind: 'payment',
      id: fresh(),
      amount: 50_000,
      valueDate: '2026-03-12',
    } as const;
    expect(asked(STEP, known([coming]))).toEqual(block('paid'));
    expect(asked(STEP, known([{ ...coming, id: fresh(), amount: 20_000 }]))).toEqual(allow);
    expect(asked(NOTICE, known([coming]))).toEqual(allow);
  });

  test('an unknown zone asks a human', () => {
    expect(asked(STEP, known([], { zone: null }))).toEqual({ gate: 'review', rule: 'zone-unknown' });
  });
});

describe('when it may be', () => {
  const hours = {
    sms: [
      { from: '08:00', to: '12:00' },
      { from: '14:00', to: '22:00' },
    ],
  };
  const deferred = (until: string, rule: string) => ({ gate: 'defer', until, rule });

  test('hours end sharply, and are those of the person', () => {
    expect(asked(STEP, known([]), { hours }, '2026-03-10T13:59:59.999Z')).toEqual(allow);
    expect(asked(STEP, known([]), { hours }, '2026-03-10T14:00:00.000Z')).toEqual(
      deferred('2026-03-11T00:00:00.000Z', 'hours'),
    );
    expect(asked(STEP, known([], { zone: 'Europe/London' }), { hours }, '2026-03-10T14:00:00.000Z')).toEqual(
      allow,
    );
    expect(asked(STEP, known([]), { hours }, at('2026-03-10', 12))).toEqual(
      deferred(at('2026-03-10', 14), 'hours'),
    );
    expect(asked(STEP, known([]), { hours }, at('2026-03-10', 3), 'email')).toEqual(allow);
  });

  test('a wait is never shorter than a second', () => {
    expect(asked(STEP, known([]), { hours }, '2026-03-10T23:59:59.500Z')).toEqual(
      deferred('2026-03-11T00:00:00.500Z', 'hours'),
    );
  });

  test('summer time: the window opens by the wall clock on both days', () => {
    const london = known([], { zone: 'Europe/London' });
    expect(asked(STEP, london, { hours }, '2026-03-28T23:00:00.000Z')).toEqual(
      deferred('2026-03-29T07:00:00.000Z', 'hours'),
    );
    expect(asked(STEP, london, { hours }, '2026-10-24T22:00:00.000Z')).toEqual(
      deferred('2026-10-25T08:00:00.000Z', 'hours'),
    );
  });

  test('closed days by date or by year, and the rules agree on the moment', () => {
    const rules = { hours, closedOn: ['03-10', '2026-03-11'] };
    expect(asked(STEP, known([]), rules)).toEqual(deferred(at('2026-03-12', 8), 'closed-day'));
    expect(asked(NOTICE, known([]), rules)).toEqual(allow);
  });

  test('caps count every attempt of the person within their days', () => {
    const caps = [
      { channels: ['sms', 'email'], max: 2, days: 1 },
      { channels: ['sms'], max: 3, days: 7 },
    ];
    const sent = (...days: string[]) =>
      known([], { attempts: days.map((day) => ({ at: at(day, 9), channel: 'sms' })) });
    expect(asked(STEP, sent('2026-03-10'), { caps })).toEqual(allow);
    expect(asked(STEP, sent('2026-03-10', '2026-03-10'), { caps })).toEqual(
      deferred(at('2026-03-11', 0), 'cap:2/1d'),
    );
    expect(asked(STEP, sent('2026-03-04', '2026-03-05', '2026-03-06'), { caps, hours })).toEqual(
      deferred(at('2026-03-11', 8), 'cap:3/7d'),
    );
    expect(asked(NOTICE, sent('2026-03-10', '2026-03-10', '2026-03-10'), { caps })).toEqual(allow);
  });

  test('a cap of another path does not count; of an unknown path every cap does', () => {
    const caps = [{ paths: ['H'], channels: ['sms'], max: 1, days: 1 }];
    const attempts = [{ at: at('2026-03-10', 9), channel: 'sms' }];
    expect(asked(STEP, known([], { attempts, path: 'N' }), { caps })).toEqual(allow);
    for (const path of ['H', null])
      expect(asked(STEP, known([], { attempts, path }), { caps })).toMatchObject({ rule: 'cap:1/1d' });
  });

  test('after a conversation the person is left alone for the days of the path, but for what follows from it', () => {
    const rest = { N: 2, H: 1 };
    const spoken = known([], { spokenAt: at('2026-03-10', 9) });
    expect(asked(STEP, spoken, { rest })).toEqual(deferred(at('2026-03-12', 0), 'rest'));
    expect(asked(STEP, { ...spoken, path: 'H' }, { rest })).toEqual(deferred(at('2026-03-11', 0), 'rest'));
    expect(asked(STEP, { ...spoken, path: null }, { rest })).toEqual(deferred(at('2026-03-12', 0), 'rest'));
    expect(asked(DURING, spoken, { rest })).toEqual(allow);
    expect(asked(NOTICE, spoken, { rest })).toEqual(allow);
    const follows = contact('F1', [1], { at: { anchor: 'mark:hardship', days: { N: [1] }, unit: 'day' } });
    expect(asked(follows, spoken, { rest })).toEqual(allow);
  });

  test('a channel that is never open, or a cap of none, asks a human', () => {
    expect(asked(STEP, known([]), { hours: { sms: [] } })).toEqual({ gate: 'review', rule: 'no-moment' });
    expect(asked(STEP, known([]), { caps: [{ channels: ['sms'], max: 0, days: 1 }] })).toEqual({
      gate: 'review',
      rule: 'no-moment',
    });
  });

  test('the moment named is the first that a naive reading of every rule allows', () => {
    const zone = 'America/New_York';
    const day = fc.integer({ min: 1, max: 20 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
    const attempt = fc.record({
      day,
      hour: fc.integer({ min: 0, max: 23 }),
      channel: fc.constantFrom('sms', 'email'),
    });
    fc.assert(
      fc.property(
        fc.array(attempt, { maxLength: 12 }),
        fc.array(day, { maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 47 }),
        (attempts, closedOn, max, days, half) => {
          const past = attempts.map(({ day: on, hour, channel }) => ({ at: at(on, hour), channel }));
          const rules = {
            hours: { sms: [{ from: '09:00', to: '11:30' }] },
            closedOn,
            caps: [{ channels: ['sms', 'email'], max, days }],
          };
          const now = new Date(Date.parse('2026-03-07T05:00:00Z') + half * 1_800_000).toISOString();
          const answer = asked(STEP, known([], { zone, attempts: past }), rules, now);
          let ms = Date.parse(now);
          const fits = () => {
            const moment = new Date(ms).toISOString();
            const time = localTime(moment, zone);
            const on = localDate(moment, zone);
            const near = past.filter((one) => {
              const gap = (Date.parse(localDate(one.at, zone)) - Date.parse(on)) / 86_400_000;
              return gap > -days && gap < days;
            });
            return time >= '09:00' && time < '11:30' && !closedOn.includes(on) && near.length < max;
          };
          while (!fits()) ms += 1_800_000;
          const expected = new Date(ms).toISOString();
          if (expected === now) expect(answer).toEqual(allow);
          else expect(answer).toMatchObject({ gate: 'defer', until: expected });
        },
      ),
      { numRuns: 300 },
    );
  });
});
