import type { ContactOutcome } from '../../../src/domain/account/events';
import type { LateReason, ResultCode } from '../../../src/domain/account/result-codes';
import { apply } from '../../../src/domain/account/apply';
import type { AccountState } from '../../../src/domain/account/state';
import { standing } from '../../../src/domain/delinquency/standing';
import { abilityOf } from '../../../src/domain/score/ability';
import { quadrantOf } from '../../../src/domain/score/quadrant';
import { willingnessOf } from '../../../src/domain/score/willingness';
import type { Counting } from '../../../src/domain/strategy/strategy';
import type { Scalar } from '../../../src/domain/units';
import { account, at, fresh, owes, pays } from '../../support/small-account';

const DAY = '2026-03-20';
const COUNTING: Counting = {
  grace: { days: 3, counting: 'threshold' },
  tolerance: 1000,
  bucketBy: 'cycles',
  watchDays: 30,
  pendingDays: 2,
};
const talk = (code: ResultCode, reason?: LateReason, day = '2026-03-15'): ContactOutcome => ({
  kind: 'contact-outcome',
  id: fresh(),
  at: at(day),
  code,
  channel: 'call',
  ...(reason === undefined ? {} : { reason }),
});
const with_ = (facts: Record<string, Scalar>, ...events: Parameters<typeof apply>[1][]): AccountState =>
  [owes('a', '2026-02-25', 120_000), owes('b', '2026-03-25', 120_000), ...events].reduce(
    apply,
    account('2026-01-01', [], facts),
  );
const ability = (state: AccountState) => abilityOf(state, standing(state, COUNTING, DAY), DAY);
const quadrant = (state: AccountState) => quadrantOf(state, standing(state, COUNTING, DAY), DAY);

it('says nothing of somebody of whom nothing is known', () => {
  const nobody = with_({});
  expect(ability(nobody)).toEqual({ points: 0, level: null, because: [] });
  expect(willingnessOf(nobody, DAY)).toEqual({ points: 0, level: null, because: [] });
  expect(quadrant(nobody)).toBe('unknown');
});

it.each([
  ['able-willing', { utilisation: 20 }, [talk('RPC-PTP', 'forgot'), pays('2026-03-10', 5_000)]],
  ['able-unwilling', { utilisation: 20 }, [talk('RPC-REF', 'forgot')]],
  ['unable-willing', {}, [talk('RPC-HARD', 'lost-work'), talk('IN')]],
  ['unable-unwilling', { utilisation: 99, cash_share: 60 }, [talk('RPC-REF', 'over-indebted')]],
] as const)('puts people into %s', (where, facts, events) => {
  expect(quadrant(with_(facts, ...events))).toBe(where);
});

describe('ability', () => {
  it('is read from the stated budget against what falls due', () => {
    // Half of what is left over is 1,500.00; 1,200.00 falls due.
    expect(ability(with_({ income: 800_000, essentials: 500_000 })).because).toEqual([
      { says: 'the budget carries what falls due', points: 3 },
    ]);
    expect(ability(with_({ income: 700_000, essentials: 500_000 })).level).toBe('low');
    expect(ability(with_({ income: 400_000, essentials: 500_000 })).points).toBe(-4);
  });

  it('that a person judged goes before the engine', () => {
    const state = with_({ ability: 'high', utilisation: 99, income: 0, essentials: 0 });
    expect(ability(state)).toMatchObject({
      level: 'high',
      because: [{ says: 'the host says that it is high' }],
    });
  });
});

describe('willingness', () => {
  const refused = with_({}, talk('RPC-REF', undefined, '2026-03-01'));
  it('forgets a refusal after its days', () => {
    expect(willingnessOf(refused, '2026-03-20').level).toBe('low');
    expect(willingnessOf(refused, '2026-05-29').because.some(({ says }) => says === 'refused to pay')).toBe(
      true,
    );
    expect(willingnessOf(refused, '2026-05-30').because.some(({ says }) => says === 'refused to pay')).toBe(
      false,
    );
  });

  it('counts kept and broken promises, and no more than two of each', () => {
    const kept = {
      id: 'k',
      amount: 1,
      date: DAY,
      madeAt: at(DAY),
      status: 'kept',
      judgedOn: '2026-03-01',
    } as const;
    const state: AccountState = {
      ...with_({}),
      promises: [kept, { ...kept, id: 'l' }, { ...kept, id: 'm' }],
      broken: ['2026-03-02'],
    };
    expect(willingnessOf(state, DAY)).toMatchObject({ points: 2, level: 'high' });
    expect(willingnessOf(state, DAY).because).toEqual([
      { says: 'kept 3 promises in 180 days', points: 4 },
      { says: 'broke a promise in 90 days', points: -2 },
    ]);
  });

  it('takes no announced or returned money for paying', () => {
    const back = pays('2026-03-10', 5_000);
    const state = with_({}, back, {
      kind: 'reversal',
      id: fresh(),
      at: at('2026-03-12'),
      of: back.id,
      reason: 'returned',
    });
    expect(willingnessOf(state, DAY).level).toBeNull();
  });
});
