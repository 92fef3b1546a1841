import { begin } from '../../../src/domain/account/begin';
import type { AccountEvent } from '../../../src/domain/account/events';
import { apply } from '../../../src/domain/account/apply';
import { reachesBack } from '../../../src/domain/account/reversal';
import { addDays } from '../../../src/domain/calendar/day';
import { refold, type Entry } from '../../../src/domain/decide/refold';
import { live } from '../../support/live';
import { account, at, fresh, owes, pays, TERMS } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const STRATEGY = smallStrategy([
  contact('DAY1', [1]),
  contact('DAY6', [6], { tone: 2 }),
  contact('ASKED', [0], { at: { anchor: 'mark:promise-broken', days: { N: [0] }, unit: 'day' } }),
]);
const owed = [owes('m1', '2026-03-25', 120_000)];
const lived = (events: readonly AccountEvent[], until: string) =>
  live(account('2026-03-20', owed), STRATEGY, events, at('2026-03-20', 0), at(until)).account;
const posted = (valueDate: string, on: string, amount = 120_000): AccountEvent => ({
  kind: 'payment',
  id: fresh(),
  at: at(on, 12),
  amount,
  valueDate,
});
const promises: AccountEvent = {
  kind: 'promise',
  id: fresh(),
  at: at('2026-03-29', 12),
  promise: 'p1',
  amount: 120_000,
  date: '2026-04-01',
  method: 'transfer',
  givenBy: 'debtor',
  channel: 'call',
};

describe('money that counts from an earlier day', () => {
  test('keeps a promise that was judged broken: no count, no mark, and what was asked about it has crossed', () => {
    const before = lived([promises], '2026-04-08');
    expect(before).toMatchObject({ broken: ['2026-04-03'], promises: [{ status: 'broken' }] });
    expect(before.done['ASKED']).toMatchObject({ how: 'done' });
    const after = lived([promises, posted('2026-04-01', '2026-04-08')], '2026-04-09');
    expect(after).toMatchObject({ broken: [], promises: [{ status: 'kept' }] });
    expect(after.marks['promise-broken']).toBeUndefined();
    expect(after.done['ASKED']).toMatchObject({ how: 'crossed' });
    expect(after.notes.map(({ code }) => code)).toContain('promise-kept-after-all');
  });

  test('from within the grace leaves no history: counts, tone and broken promises', () => {
    const made = { ...promises, at: at('2026-03-26', 12), date: '2026-03-30' } as AccountEvent;
    const before = lived([made], '2026-04-04');
    expect(before.counts.contacts).toBeGreaterThan(0);
    expect(before.broken).toHaveLength(1);
    const after = lived([made, posted('2026-03-27', '2026-04-04')], '2026-04-05');
    expect(after.counts.contacts).toBe(0);
    expect(after).toMatchObject({ broken: [], episode: { worst: 0, tone: 0, floor: 0 }, stage: null });
    expect(after.done['ASKED']).toMatchObject({ how: 'crossed' });
    expect(after.notes.map(({ code }) => code)).toContain('episode-in-time');
  });

  test('is looked back to once, and a payment of the day itself never', () => {
    const state = lived([posted('2026-03-27', '2026-04-04')], '2026-04-05');
    expect(state.owed.behind).toBeUndefined();
    const due = lived([], '2026-04-02');
    expect(apply(due, pays('2026-04-02', 1_000)).owed.behind).toBeUndefined();
    expect(apply(due, posted('2026-03-27', '2026-04-02', 1_000)).owed.behind).toBe('2026-03-27');
  });

  test('behind what is carried one by one is looked back to with all of the journal', () => {
    const enrolment = {
      terms: TERMS,
      facts: {},
      enteredOn: '2026-03-20',
      events: [owes('m1', '2026-03-25', 120_000)],
    };
    const entries: Entry[] = [];
    let state = begin(enrolment);
    const tell = (event: AccountEvent): void => {
      state = apply(state, event);
      entries.push({ kind: 'fact', event });
    };
    entries.push({ kind: 'look', at: at('2026-03-27') });
    for (let i = 0; i < 70; i += 1) tell(pays(addDays('2026-03-30', Math.floor(i / 7)), 100));
    entries.push({ kind: 'look', at: at('2026-04-09') });
    const late = posted('2026-03-27', '2026-04-10');
    const folded = refold(enrolment, entries, STRATEGY);
    expect(folded.episode?.worst).toBe(1);
    expect(reachesBack(folded, late)).toBe(true);
    const again = refold(enrolment, [...entries, { kind: 'fact', event: late }], STRATEGY);
    expect(again.owed.movements.length).toBeLessThanOrEqual(60);
    expect(again.owed.behind).toBeUndefined();
    expect(again.episode).toMatchObject({ worst: 0, curedOn: '2026-04-10' });
  });
});
