import fc from 'fast-check';
import {
  saidBy,
  speaksTogether,
  worstFirst,
  type ContactMade,
  type Led,
} from '../../../src/domain/policy/together';
import { holdScope, type DebtorHold } from '../../../src/domain/party/hold-scope';
import { TERMS } from '../../support/small-account';
import { contact } from '../../support/small-strategy';

const NOON = '2026-03-10T04:00:00.000Z';
const made = (more: Partial<ContactMade> = {}): ContactMade => ({
  ...{ id: 'c1', at: '2026-03-10T02:00:00.000Z', channel: 'sms', tone: 1, underWay: false },
  ...more,
});
const step = contact('R1', [1]);
const asked = (channel: string, tone: number | null = 1) => ({ step, channel, tone });

describe('what was said today need not be said again', () => {
  test.each([
    ['the same channel and tone', made(), asked('sms'), true],
    ['another way to write', made({ channel: 'email' }), asked('sms'), true],
    ['a firmer one covers a softer', made({ tone: 3 }), asked('sms', 2), true],
    ['a softer one does not cover a firmer', made({ tone: 1 }), asked('sms', 2), false],
    ['what is written does not cover a call', made({ tone: 3 }), asked('call'), false],
    ['a letter is its own account', made(), asked('letter'), false],
  ])('%s', (_what, before, question, covered) => {
    expect(saidBy([before], question, null) !== null).toBe(covered);
  });

  test('a call covers what is written once somebody was spoken to after it', () => {
    const call = made({ channel: 'call', tone: null });
    expect(saidBy([call], asked('sms', 3), null)).toBeNull();
    expect(saidBy([call], asked('sms', 3), '2026-03-09T02:00:00.000Z')).toBeNull();
    expect(saidBy([call], asked('sms', 3), NOON)).toBe(call);
  });

  test('notices, words about a promise and what is not due yet speak for themselves', () => {
    const own = [
      contact('N', [1], { kind: 'notice' }),
      contact('P', [1], { duringPromise: true }),
      contact('D', [-3], { stages: ['pre-due'] }),
    ];
    for (const one of own) {
      expect(speaksTogether(one, 'sms')).toBe(false);
      expect(saidBy([made({ tone: 4 })], { step: one, channel: 'sms', tone: 1 }, NOON)).toBeNull();
    }
  });
});

describe('which account leads', () => {
  const anyLed: fc.Arbitrary<Led> = fc.record({
    account: fc
      .record({ ref: fc.stringMatching(/^[a-d]{1,3}$/), currency: fc.constantFrom('CNY', 'USD') })
      .map((more) => ({ terms: { ...TERMS, ...more } })),
    standing: fc.record({
      treatmentDpd: fc.integer({ min: 0, max: 4 }),
      askable: fc.integer({ min: 0, max: 3 }),
    }),
  });

  test('longest past due, then the larger amount; amounts of two currencies are never compared', () => {
    const led = (ref: string, treatmentDpd: number, askable: number, currency = 'CNY'): Led => ({
      account: { terms: { ...TERMS, ref, currency } },
      standing: { treatmentDpd, askable },
    });
    const order = [led('a', 9, 5), led('b', 9, 50), led('c', 40, 1), led('d', 9, 5_000, 'USD')].sort(
      worstFirst,
    );
    expect(order.map(({ account }) => account.terms.ref)).toEqual(['c', 'b', 'a', 'd']);
  });

  test('it is one order, the same whoever looks first', () => {
    fc.assert(
      fc.property(anyLed, anyLed, anyLed, (a, b, c) => {
        expect(Math.sign(worstFirst(a, b))).toBe(-Math.sign(worstFirst(b, a)) || 0);
        if (worstFirst(a, b) <= 0 && worstFirst(b, c) <= 0) expect(worstFirst(a, c)).toBeLessThanOrEqual(0);
        if (worstFirst(a, b) === 0) {
          expect(a.account.terms.ref).toBe(b.account.terms.ref);
          expect(a.standing.treatmentDpd).toBe(b.standing.treatmentDpd);
        }
      }),
    );
  });
});

describe('what a hold of a person holds', () => {
  const anyHold: fc.Arbitrary<DebtorHold> = fc
    .record({
      person: fc.constantFrom('p', 'q', 'r'),
      hold: fc.string(),
      from: fc.integer({ min: 10, max: 19 }),
      days: fc.option(fc.integer({ min: 0, max: 9 })),
    })
    .map(({ person, hold, from, days }) => ({
      ...{ person, hold, from: `2026-03-${from}` },
      until: days === null ? null : `2026-03-${from + days}`,
    }));

  test('the account is held when, and only when, nobody who shares the debt is free meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(anyHold, { minLength: 1, maxLength: 5 }),
        fc.uniqueArray(fc.constantFrom<string>('p', 'q', 'r')),
        (holds, debtors) => {
          const [held] = holds;
          if (held === undefined) return;
          const scope = holdScope(held, debtors, holds);
          const others = debtors.filter((one) => one !== held.person);
          const free = others.filter(
            (one) =>
              !holds.some(
                ({ person, from, until }) =>
                  person === one &&
                  from <= (held.until ?? '9999-12-31') &&
                  (until ?? '9999-12-31') >= held.from,
              ),
          );
          const expected = debtors.includes(held.person) && free.length === 0 ? 'account' : 'party';
          expect(scope).toBe(expected);
        },
      ),
    );
  });
});
