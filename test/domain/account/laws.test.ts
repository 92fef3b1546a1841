import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import type { AccountEvent, Payment } from '../../../src/domain/account/events';
import { migrate } from '../../../src/domain/account/migrate';
import { readEvent } from '../../../src/domain/account/read-event';
import { refold } from '../../../src/domain/account/refold';
import type { AccountState } from '../../../src/domain/account/state';
import { pastDueParts, standing } from '../../../src/domain/delinquency/standing';
import { anyAmount, anyDay, anyEvents } from '../../support/any-event';
import { account, at, CARD } from '../../support/told';

const fresh = account();
const play = (events: readonly AccountEvent[], from: AccountState = fresh): AccountState =>
  events.reduce(apply, from);
const anyBooks = fc.constantFrom('host' as const, 'obligations' as const);

const anyPayment = fc
  .tuple(anyAmount, anyDay, anyDay)
  .map(([amount, valueDate, on]): Omit<Payment, 'id'> => ({
    kind: 'payment',
    amount,
    valueDate,
    at: at(on),
  }));
const anyObligations = fc.array(fc.tuple(anyAmount, anyDay), { maxLength: 8 }).map((list) =>
  list.map(([amount, due], i): AccountEvent => ({
    kind: 'obligation',
    id: `o${i}`,
    obligation: `o${i}`,
    at: at('2026-03-01'),
    due,
    amount,
  })),
);
const anyPayments = (most: number): fc.Arbitrary<readonly Payment[]> =>
  fc
    .array(anyPayment, { maxLength: most, size: 'max' })
    .map((list) => list.map((one, i): Payment => ({ ...one, id: `p${i}` })));

describe('apply', () => {
  it('takes any events in any order and leaves a state that is plain and small, and a standing that adds up', () => {
    fc.assert(
      fc.property(anyEvents, anyDay, anyBooks, (events, day, books) => {
        const state = play(events, account({ books }));
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        expect(JSON.stringify(state).length).toBeLessThan(20_000);
        const at = standing(state, CARD, day);
        expect(at.askable).toBeGreaterThanOrEqual(0);
        expect(at.askable).toBeLessThanOrEqual(at.pastDue);
        expect(at.treatmentDpd).toBeLessThanOrEqual(at.contractDpd);
        expect(at.pausedDays).toBeGreaterThanOrEqual(0);
        expect(at.late && at.inGrace).toBe(false);
        expect(at.cycles > 0).toBe(at.oldestDue !== null);
        expect(pastDueParts(state, day).reduce((sum, { amount }) => sum + amount, 0)).toBe(at.pastDue);
      }),
    );
  });

  it('applies an event once, by its place or by its id, also when the same one comes both ways', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const once = play(events);
        expect(play(events, once)).toEqual(once);
        const straight = events.map(({ seq: _seq, ...event }) => event as AccountEvent);
        const told = play(straight);
        expect(play(straight, told)).toEqual(told);
        expect({ ...play(events, told), seen: null }).toEqual({ ...told, seen: null });
      }),
    );
  });

  it('counts the place of an event that came straight and comes again from the journal, and changes nothing else', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const straight = new Map(events.map(({ seq: _seq, ...event }) => [event.id, event as AccountEvent]));
        const told = play([...straight.values()]);
        const journal = [...straight.values()].map((event, i) => ({ ...event, seq: i + 1 }));
        const after = play(journal, told);
        expect(after).toEqual({ ...told, seen: { ...told.seen, upTo: journal.length } });
        expect(play(journal, after)).toBe(after);
      }),
    );
  });

  it('gives the same whether a journal comes in order or not at all in order, where order means nothing', () => {
    fc.assert(
      fc.property(
        anyObligations,
        anyPayments(20),
        fc.infiniteStream(fc.nat()),
        anyDay,
        (due, paid, dice, day) => {
          const events = [...due, ...paid].map((event, i) => ({ ...event, seq: i + 1 }));
          const shuffled = events
            .map((event) => ({ event, key: dice.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ event }) => event);
          expect(standing(play(shuffled), CARD, day)).toEqual(standing(play(events), CARD, day));
          expect(play(shuffled).seen).toEqual({ upTo: events.length, beyond: [], ids: [] });
        },
      ),
    );
  });

  it('stands as before once a reversal is undone, and as without the payment while it is not', () => {
    fc.assert(
      fc.property(anyObligations, anyPayments(10), fc.nat(9), anyDay, (due, paid, which, day) => {
        const taken = paid[which % Math.max(1, paid.length)];
        fc.pre(taken !== undefined);
        const before = play([...due, ...paid]);
        const back = {
          kind: 'reversal',
          of: taken?.id ?? '',
          reason: 'returned',
          at: at('2026-08-01'),
        } as const;
        const reversed = apply(before, { ...back, id: 'r1' });
        const without = play([...due, ...paid.filter(({ id }) => id !== taken?.id)]);
        expect(standing(reversed, CARD, day)).toEqual(standing(without, CARD, day));
        const undone = apply(reversed, { ...back, id: 'r2', undone: true });
        expect({ ...undone, seen: null }).toEqual({ ...before, seen: null });
        const early = play([...due, { ...back, id: 'r1' }, ...paid]);
        expect(standing(early, CARD, day)).toEqual(standing(without, CARD, day));
        const waved = play([...due, { ...back, id: 'r1' }, { ...back, id: 'r2', undone: true }, ...paid]);
        expect(standing(waved, CARD, day)).toEqual(standing(before, CARD, day));
        expect(refold(reversed, [...due, ...paid, { ...back, id: 'r1' }]).owed.movements).toHaveLength(
          paid.length,
        );
        expect(refold(early, [...due, { ...back, id: 'r1' }, ...paid]).owed).toEqual(
          refold(reversed, [...due, ...paid, { ...back, id: 'r1' }]).owed,
        );
        expect(
          refold(before, [...due, ...paid, { ...back, id: 'r1' }, { ...back, id: 'r2', undone: true }]),
        ).toEqual(before);
      }),
    );
  });

  it('carries more payments than it keeps one by one, with exact sums, and folds anew to the same', () => {
    fc.assert(
      fc.property(anyObligations, anyPayments(200), fc.nat(199), (due, paid, which) => {
        const state = play([...due, ...paid]);
        expect(state.owed.movements.length).toBeLessThanOrEqual(60);
        const total = paid.reduce((sum, { amount }) => sum + amount, 0);
        expect(state.owed.movements.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
        const end = '2026-12-31';
        const owed = due.reduce((sum, event) => sum + (event.kind === 'obligation' ? event.amount : 0), 0);
        expect(standing(state, CARD, end).balance).toBe(owed - total);
        const taken = paid[which % Math.max(1, paid.length)];
        if (taken === undefined) return;
        const reversed: AccountEvent = {
          kind: 'reversal',
          id: 'r',
          of: taken.id,
          reason: 'returned',
          at: at(end),
        };
        const folded = refold(state, [...due, ...paid, reversed]);
        expect(standing(apply(folded, reversed), CARD, end).balance).toBe(owed - total + taken.amount);
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });
});

describe('readEvent', () => {
  it('reads back every event that was written as JSON', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        for (const event of events) {
          const { kind, ...body } = event;
          expect(readEvent(kind, JSON.parse(JSON.stringify({ ...body, note: 'left behind' })))).toEqual({
            event,
          });
        }
      }),
    );
  });

  it('never throws, whatever it is given, and what it lets through can be folded', () => {
    const anyKind = fc.oneof(
      fc.constantFrom('payment', 'hold', 'host-update', 'facts', 'promise'),
      fc.string(),
    );
    const anyField = fc.oneof(
      fc.anything(),
      fc.constantFrom('2026-02-30', '2026-03-01', 1e300, -1, 5, 'x', true),
    );
    const almost = fc.dictionary(
      fc.constantFrom(
        'id',
        'at',
        'seq',
        'amount',
        'valueDate',
        'hold',
        'type',
        'from',
        'figures',
        'facts',
        'promise',
      ),
      anyField,
    );
    fc.assert(
      fc.property(anyKind, fc.oneof(fc.anything(), almost), (name, payload) => {
        const read = readEvent(name, payload);
        if ('event' in read)
          expect(() => standing(apply(fresh, read.event), CARD, '2026-04-01')).not.toThrow();
        else expect(read.refused).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('migrate', () => {
  it('leaves a whole account as it is', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const state = play(events);
        expect(migrate(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
    );
  });

  it('makes an account of anything', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...Object.keys(fresh)), fc.anything())),
        (value) => {
          const state = migrate(value);
          expect(state.v).toBe(1);
          expect(Array.isArray(state.owed.movements)).toBe(true);
        },
      ),
    );
  });
});
