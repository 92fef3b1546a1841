import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import type { AgreementMade } from '../../../src/domain/account/events';
import { reopened } from '../../../src/domain/account/reopening';
import { refold } from '../../../src/domain/account/refold';
import type { AgreementTerms } from '../../../src/domain/agreement/agreement';
import { instalmentsOf } from '../../../src/domain/agreement/agreement';
import { judgeAgreement, moneyFor, restsFor } from '../../../src/domain/agreement/judge';
import { addDays } from '../../../src/domain/calendar/day';
import { advance } from '../../../src/domain/decide/advance';
import { standing } from '../../../src/domain/delinquency/standing';
import { account, at, owes } from '../../support/small-account';
import { smallStrategy } from '../../support/small-strategy';

const strategy = smallStrategy([]);
const waived = { costs: 0, 'late-charge': 0, 'penalty-interest': 0, interest: 0, principal: 60_000 };
const made = (terms: AgreementTerms, on = '2026-03-10'): AgreementMade => ({
  kind: 'agreement',
  ...{ id: 'a1', agreement: 'a1', at: at(on), terms },
});
const paid = (id: string, amount: number, on: string) =>
  ({ kind: 'payment', id, at: at(on), amount, valueDate: on }) as const;

test('the public annuity: 280,000 at 8.4 % over 20 months of whole units', () => {
  const monthly = {
    ...{ principal: 280_000_00, count: 20, firstDue: '2026-04-10', from: '2026-03-10' },
    ...{ rate: 84_000, unit: 100 },
    count_by: 'equal-months',
  } as const;
  const instalments = instalmentsOf({ kind: 'plan', monthly });
  expect(instalments[0]?.amount).toBe(15_052_00);
  const total = instalments.reduce((sum, { amount }) => sum + amount, 0);
  expect(Math.round(total / 100)).toBe(301_034);
});

test('a paid settlement closes the account; charged back, the whole debt is owed, less nothing', () => {
  const terms: AgreementTerms = {
    ...{ kind: 'settlement', debt: 100_000, waived },
    parts: [['2026-03-15', 40_000]],
  };
  const owing = account('2026-03-01', [owes('o1', '2026-02-01', 100_000)]);
  const kept = [made(terms), paid('p1', 40_000, '2026-03-14')].reduce(apply, owing);
  const { account: settled } = advance(kept, strategy, at('2026-03-14'));
  expect(settled.closed).toEqual({ reason: 'settled', on: '2026-03-14' });
  expect(standing(settled, strategy.counting, '2026-03-14').balance).toBe(0);

  const back = { kind: 'reversal', id: 'r1', at: at('2026-04-02'), of: 'p1', reason: 'chargeback' } as const;
  const open = reopened(apply(settled, back), back);
  const { account: after } = advance(open, strategy, at('2026-04-02'));
  expect(after.closed).toBeNull();
  expect(after.agreements?.[0]?.status).toBe('broken');
  expect(standing(after, strategy.counting, '2026-04-02').balance).toBe(100_000);
});

test('a reversal of money that is carried as a sum gives the same judgement as all of it one by one', () => {
  const plan: AgreementTerms = {
    kind: 'plan',
    parts: [
      ['2026-04-01', 50_000],
      ['2026-05-01', 50_000],
    ],
  };
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 1, max: 3_000 })), {
        minLength: 70,
        maxLength: 90,
      }),
      fc.nat(),
      (money, taken) => {
        const events = money.map(([days, amount], n) => paid(`p${n}`, amount, addDays('2026-03-11', days)));
        const of = events[taken % events.length]?.id ?? '';
        const back = { kind: 'reversal', id: 'r', at: at('2026-06-01'), of, reason: 'returned' } as const;
        const owing = account('2026-03-01', [owes('o1', '2026-02-01', 100_000)]);
        const told = [made(plan), ...events, back];
        const folded = refold(told.reduce(apply, owing), told);
        const agreement = folded.agreements?.[0];
        if (agreement === undefined) throw new Error('it was made');
        const sum = moneyFor(folded, agreement).reduce((all, { amount }) => all + amount, 0);
        const left = events.filter(({ id }) => id !== of).reduce((all, { amount }) => all + amount, 0);
        expect(sum).toBe(left);
        const without = events.filter(({ id }) => id !== of);
        const few = { ...owing, owed: { ...owing.owed, movements: [] }, agreements: [agreement] };
        const one = {
          ...few,
          agreements: [
            { ...agreement, money: without.map(({ valueDate, amount }) => [valueDate, amount] as const) },
          ],
        };
        for (const day of ['2026-04-05', '2026-05-05', '2026-06-01']) {
          const [every] = one.agreements;
          if (every === undefined) throw new Error('it was made');
          expect(judgeAgreement(folded, agreement, day).status).toBe(judgeAgreement(one, every, day).status);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('only what is agreed to rest rests, and a run of an earlier generation decides nothing by it', () => {
  const owing = account('2026-03-01', [owes('o1', '2026-02-01', 100_000)]);
  const deferred = apply(owing, made({ kind: 'deferment', from: '2026-03-10', until: '2026-04-09' }));
  expect(restsFor(deferred, '2026-04-09')?.terms.kind).toBe('deferment');
  expect(restsFor(deferred, '2026-04-10')).toBeNull();
  expect(restsFor({ ...deferred, generation: 2 }, '2026-03-20')).toBeNull();
  expect(
    restsFor(apply(owing, made({ kind: 'freeze', from: '2026-03-10', until: '2026-04-09' })), '2026-03-20'),
  ).toBeNull();
});

test('an agreement told twice is made once, a new plan takes the place of the old one, a closed account agrees to nothing', () => {
  const plan: AgreementTerms = { kind: 'plan', parts: [['2026-04-01', 50_000]] };
  const owing = account('2026-03-01', [owes('o1', '2026-02-01', 100_000)]);
  const once = apply(owing, made(plan));
  expect(apply(once, made(plan)).agreements).toEqual(once.agreements);
  const anew = apply(once, { ...made(plan, '2026-03-12'), id: 'a2', agreement: 'a2' });
  expect(anew.agreements?.map(({ id, status }) => `${id} ${status}`)).toEqual(['a1 superseded', 'a2 kept']);
  const closed = { ...owing, closed: { reason: 'sold', on: '2026-03-09' } } as const;
  expect(apply(closed, made(plan)).agreements).toBeUndefined();
});
