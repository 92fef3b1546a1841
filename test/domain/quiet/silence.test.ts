import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import type { AccountEvent } from '../../../src/domain/account/events';
import type { AccountState } from '../../../src/domain/account/state';
import { addDays } from '../../../src/domain/calendar/day';
import { standing } from '../../../src/domain/delinquency/standing';
import { silence } from '../../../src/domain/quiet/silence';
import type { Scalar } from '../../../src/domain/units';
import { account, at, fresh, owes, pays } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const task = (name: string, anchor: 'mark:paid-claim' | 'mark:debit-missing') =>
  contact(name, [0], { kind: 'task', at: { anchor, days: { N: [0] }, unit: 'day' } });
const STRATEGY = smallStrategy([task('LOOK', 'mark:paid-claim'), task('ASK', 'mark:debit-missing')]);

const late = (facts: Record<string, Scalar> = {}, enteredOn = '2026-03-20') =>
  account(enteredOn, [owes('march', '2026-03-25', 120_000), owes('april', '2026-04-25', 120_000)], facts);
const play = (state: AccountState, ...events: AccountEvent[]) => events.reduce(apply, state);
function quiet(state: AccountState, day: string): string {
  const found = silence(state, STRATEGY, standing(state, STRATEGY.counting, day), day);
  return found === null ? 'none' : `${found.because} ${found.until ?? 'open'}`;
}

const claims = (day: string): AccountEvent => ({
  kind: 'paid-claim',
  id: fresh(),
  at: at(day),
  channel: 'app',
});
const answers = (step: string, result: string, day: string): AccountEvent => ({
  kind: 'task-result',
  id: fresh(),
  at: at(day, 15),
  step,
  result,
});
const debited = (
  result: 'paid' | 'failed',
  date: string,
  more: Partial<Extract<AccountEvent, { kind: 'debit-result' }>> = {},
): AccountEvent => ({ kind: 'debit-result', id: fresh(), at: at(date, 22), date, result, ...more });

describe('an announced payment', () => {
  const announced: AccountEvent = { ...pays('2026-04-01', 120_000), id: 'w1', pending: true } as AccountEvent;

  test('rests contact for two business days and cures nothing', () => {
    const state = play(late(), announced);
    expect(['2026-04-01', '2026-04-03', '2026-04-04'].map((day) => quiet(state, day))).toEqual([
      'announced 2026-04-03',
      'announced 2026-04-03',
      'none',
    ]);
    expect(standing(state, STRATEGY.counting, '2026-04-03').pastDue).toBe(120_000);
  });

  test('rests nothing once it is posted in part, in whichever order both are told', () => {
    const posted = { ...pays('2026-04-02', 50_000), posts: 'w1' } as AccountEvent;
    for (const events of [
      [announced, posted],
      [posted, announced],
    ]) {
      const state = play(late(), ...events);
      expect(quiet(state, '2026-04-02')).toBe('none');
      expect(standing(state, STRATEGY.counting, '2026-04-02').pastDue).toBe(70_000);
    }
  });
});

describe('the word that it is paid', () => {
  test('rests once in the period of the strategy, whichever is told first', () => {
    const [first, second, third] = [claims('2026-04-01'), claims('2026-04-15'), claims('2026-05-01')];
    for (const events of [
      [first, second, third],
      [third, second, first],
    ]) {
      const state = play(late(), ...(events as AccountEvent[]));
      expect(quiet(state, '2026-04-02')).toBe('claimed 2026-04-03');
      expect(quiet(state, '2026-04-15')).toBe('none');
      expect(quiet(state, '2026-05-01')).toMatch(/^claimed/);
    }
  });

  test('ends with what a person finds', () => {
    const said = play(late(), claims('2026-04-01'));
    expect(quiet(play(said, answers('LOOK', 'not-found', '2026-04-02')), '2026-04-02')).toBe('none');
    expect(quiet(play(said, answers('LOOK', 'found', '2026-04-03')), '2026-04-03')).toBe(
      'claimed 2026-04-08',
    );
    expect(quiet(play(said, answers('OTHER', 'not-found', '2026-04-02')), '2026-04-02')).toMatch(/^claimed/);
  });
});

describe('a debit', () => {
  const auto = late({ autopay: true });

  test('is awaited from the due date until its result is known, however late', () => {
    expect(quiet(auto, '2026-03-24')).toBe('none');
    expect(quiet(auto, '2026-03-25')).toBe('debit-awaited open');
    expect(quiet(auto, '2026-04-20')).toBe('debit-awaited open');
    const failed = debited('failed', '2026-03-25', { at: at('2026-04-02') });
    expect(quiet(play(auto, failed), '2026-04-02')).toBe('none');
    expect(quiet(late(), '2026-03-25')).toBe('none');
  });

  test('of the next due date is awaited anew, also while the one before is unpaid', () => {
    const state = play(auto, debited('failed', '2026-03-25'));
    expect(quiet(state, '2026-04-24')).toBe('none');
    expect(quiet(state, '2026-04-25')).toBe('debit-awaited open');
    expect(quiet(play(state, debited('failed', '2026-04-25')), '2026-04-26')).toBe('none');
  });

  test('that failed and is tried again is awaited from the day of that try', () => {
    const state = play(auto, debited('failed', '2026-03-25', { retryOn: '2026-03-28' }));
    expect(quiet(state, '2026-03-27')).toBe('none');
    expect(quiet(state, '2026-03-28')).toBe('debit-awaited open');
    expect(quiet(play(state, debited('failed', '2026-03-28')), '2026-03-28')).toBe('none');
  });

  test('that was paid has its days to be posted, and one that is taken back has failed', () => {
    const state = play(auto, debited('paid', '2026-03-25'));
    expect(quiet(state, '2026-03-27')).toBe('debit-made 2026-03-27');
    expect(quiet(state, '2026-03-28')).toBe('none');
    const back = debited('failed', '2026-03-25', { at: at('2026-03-26') });
    expect(quiet(play(state, back), '2026-03-26')).toBe('none');
    expect(quiet(play(auto, back, debited('paid', '2026-03-25')), '2026-03-26')).toBe('none');
  });

  test('is known by the answer of a person who asked after it', () => {
    expect(quiet(play(auto, answers('ASK', 'none', '2026-04-01')), '2026-04-01')).toBe('none');
    expect(quiet(play(auto, answers('ASK', 'paid', '2026-04-01')), '2026-04-01')).toBe(
      'debit-made 2026-04-03',
    );
  });

  test('is awaited by nobody who owes nothing, or was taken over long after it', () => {
    expect(quiet(play(auto, pays('2026-03-24', 120_000)), '2026-03-26')).toBe('none');
    expect(quiet(late({ autopay: true }, '2026-04-10'), '2026-04-10')).toBe('none');
    expect(quiet(late({ autopay: true }, '2026-03-26'), '2026-03-26')).toBe('debit-awaited open');
  });
});

const anyDay = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-03-20', n));
const anyFact: fc.Arbitrary<AccountEvent> = fc.oneof(
  anyDay.map(claims),
  fc
    .tuple(anyDay, fc.constantFrom('paid' as const, 'failed' as const))
    .map(([day, result]) => debited(result, day)),
  anyDay.map((day) => ({ ...pays(day, 1_000), pending: true }) as AccountEvent),
);

test('the same facts in another order keep contact quiet on the same days', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyFact, { maxLength: 8, selector: ({ kind, at: when }) => `${kind} ${when}` }),
      fc.infiniteStream(fc.nat()),
      anyDay,
      (facts, dice, day) => {
        const shuffled = facts
          .map((fact) => ({ fact, key: dice.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact);
        const auto = late({ autopay: true });
        expect(quiet(play(auto, ...shuffled), day)).toBe(quiet(play(auto, ...facts), day));
      },
    ),
  );
});
