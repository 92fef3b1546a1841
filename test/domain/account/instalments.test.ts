import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import { compact, gathered, spread } from '../../../src/domain/account/instalments';
import { lean } from '../../../src/domain/account/lean';
import { migrate } from '../../../src/domain/account/migrate';
import type { Obligation } from '../../../src/domain/account/state';
import { addDays } from '../../../src/domain/calendar/day';
import { advance } from '../../../src/domain/decide/advance';
import { thirtyYears } from '../../support/long-loan';
import { account, at, pays } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const told = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const anyName = fc.constantFrom('', 'i', 'L-007', 'x:9');
/** Stretches of instalments by the month or by days, single ones between them, amounts that change or do not. */
const anyStretch = fc
  .record({
    n: fc.integer({ min: 1, max: 40 }),
    day: fc.integer({ min: 1, max: 31 }),
    from: fc.integer({ min: 0, max: 300 }),
    every: fc.option(fc.constantFrom(7, 14, 30), { nil: null }),
    name: anyName,
    amount: fc.integer({ min: 1, max: 500_000 }),
    falls: fc.constantFrom(0, 0, 1),
    statement: fc.boolean(),
  })
  .map(({ n, day, from, every, name, amount, falls, statement }): Obligation[] =>
    Array.from({ length: n }, (_, k) => {
      const start = addDays('2026-01-01', from);
      const due =
        every === null ? thirtyYears({ day, name: '' })[(from + k) % 360]!.due : addDays(start, every * k);
      const id = name === '' ? due : `${name}${k + 1}`;
      return {
        ...{ id, due, amount: amount + falls * k },
        ...(statement && k === 0 ? { statementDate: addDays(due, -20) } : {}),
      };
    }),
  );
const anyList = fc.array(anyStretch, { maxLength: 4 }).map((stretches) => stretches.flat());

describe('regular instalments in short', () => {
  it('are the same ones again, whatever stands between them', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        expect(spread(told(gathered(list)) as object[])).toEqual(list);
      }),
    );
  });

  it.each([1, 25, 29, 30, 31])('are a hundred characters for thirty years, due on day %i', (day) => {
    const whole = thirtyYears({ day, name: 'L-' });
    expect(JSON.stringify(whole).length).toBeGreaterThan(15_000);
    expect(JSON.stringify(gathered(whole)).length).toBeLessThan(120);
    expect(spread(gathered(whole))).toEqual(whole);
  });

  it('leave a short list as it is, for people read it', () => {
    const eleven = thirtyYears({ day: 5 }).slice(0, 11);
    const state = account('2026-01-01', []);
    const small = { ...state, owed: { ...state.owed, obligations: eleven } };
    expect(compact(small)).toBe(small);
  });
});

describe('an account with three hundred and sixty instalments', () => {
  const strategy = smallStrategy([contact('R1', [1]), contact('R2', [7])]);
  const begun = account(
    '2026-01-01',
    thirtyYears({ day: 25 }).map(({ id, due, amount }) => ({
      ...{ kind: 'obligation', id: `enrolment:${id}`, at: at('2026-01-01'), obligation: id, due, amount },
    })),
  );

  it('is carried in less than four kilobytes when it begins', () => {
    expect(JSON.stringify(begun).length).toBeGreaterThan(15_000);
    expect(JSON.stringify(lean(compact(begun))).length).toBeLessThan(4 * 1024);
  });

  it('is carried in less than thirteen kilobytes after twenty years of payments, one every month', () => {
    const paid = begun.owed.obligations
      .slice(0, 240)
      .reduce((state, { due, amount }) => apply(state, pays(due, amount)), begun);
    expect(JSON.stringify(lean(compact(paid))).length).toBeLessThan(13 * 1024);
    expect(migrate(told(lean(compact(paid))))).toEqual(migrate(paid));
  });

  it('decides the same from the short form as from the long one, which is still read', () => {
    const late = apply(begun, pays('2026-01-25', 300_000));
    const long = migrate(told(late));
    const short = migrate(told(lean(compact(late))));
    expect(short).toEqual(long);
    for (const day of ['2026-02-24', '2026-02-26', '2026-03-04', '2026-04-01', '2030-07-01'])
      expect(advance(short, strategy, at(day))).toEqual(advance(long, strategy, at(day)));
  });
});

test('what no version wrote leaves no instalments, and stops nothing', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.anything(),
          fc.record({
            n: fc.anything(),
            id: fc.anything(),
            due: fc.anything(),
            each: fc.anything(),
            amounts: fc.anything(),
          }),
          fc.record({
            n: fc.integer(),
            id: fc.string(),
            due: fc.constantFrom('2026-01-31', '9999-12-31', '2026-02-30'),
            each: fc.constantFrom({ day: 31 }, { day: 0 }, { days: 5_000 }, {}, null),
            amounts: fc.constantFrom([1], [[2, 5]], [[1e9, 5]], [null], 'x'),
          }),
        ),
      ),
      (obligations) => {
        const { owed } = migrate({ owed: { obligations } });
        expect(Array.isArray(owed.obligations)).toBe(true);
        expect(owed.obligations.length).toBeLessThanOrEqual(obligations.length * 5_000);
      },
    ),
  );
});
