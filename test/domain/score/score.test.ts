import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AccountEvent, HostUpdate } from '../../../src/domain/account/events';
import { instantOf } from '../../../src/domain/calendar/zone';
import { BEHAVIOUR, behaviourOf } from '../../../src/domain/score/behaviour';
import { monthsUpTo } from '../../../src/domain/score/months';
import { pointsOn, scoreOn } from '../../../src/domain/score/score';
import { readScorecard } from '../../../src/domain/score/scorecard.schema';
import type { Counting } from '../../../src/domain/strategy/strategy';
import { account, at, fresh, pays, TERMS } from '../../support/small-account';

const SHIPPED = readFileSync(join(__dirname, '../../../scorecards/payment-behaviour.yaml'), 'utf8');
const card = readScorecard(SHIPPED, 'payment-behaviour.yaml');
const COUNTING: Counting = {
  grace: { days: 3, counting: 'threshold' },
  tolerance: 1000,
  bucketBy: 'cycles',
  watchDays: 30,
  pendingDays: 2,
};
const host = { ...TERMS, books: 'host' as const };
const enrolment = { terms: host, facts: { credit_limit: 1_000_000 }, enteredOn: '2026-01-01', events: [] };

const figures = (day: string, cycles: number, balance: number): HostUpdate => ({
  kind: 'host-update',
  id: fresh(),
  at: instantOf(day, '23:00', host.zone),
  figures: {
    asOf: instantOf(day, '23:00', host.zone),
    pastDue: cycles * 10_000,
    oldestDue: cycles === 0 ? null : `${day.slice(0, 5)}0${Number(day.slice(6, 7)) - cycles + 1}-10`,
    cycles,
    balance,
  },
});
const ENDS = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'];
const year: readonly AccountEvent[] = [
  ...ENDS.map((end, i) => figures(end, [0, 0, 0, 1, 2, 1][i] ?? 0, 100_000 * (i + 1))),
  ...ENDS.map((end, i) => pays(`${end.slice(0, 8)}20`, 5_000 * (i + 1))),
];

describe('the months of an account', () => {
  it('are read from its journal', () => {
    const months = monthsUpTo(enrolment, year, COUNTING, '2026-06-30');
    expect(months.map(({ end }) => end)).toEqual(ENDS);
    expect(months.map(({ behind }) => behind)).toEqual([0, 0, 0, 1, 2, 1]);
    expect(months.map(({ paid }) => paid)).toEqual([5_000, 10_000, 15_000, 20_000, 25_000, 30_000]);
    expect(behaviourOf(account('2026-01-01', [], enrolment.facts), months, '2026-06-30')).toMatchObject({
      months_behind_6m: 4,
      course: '1 after 2',
      peak_utilisation_6m: 60,
      growth_6m: 50,
      room: 400_000,
      paid_6m: 105_000,
      least_paid_5m: 10_000,
      payment_ratio_5m: 6.7,
    });
  });

  it('know nothing that was told after the day', () => {
    const later = [...year, figures('2026-07-31', 3, 900_000), pays('2026-07-02', 70_000)];
    for (const day of ['2026-06-30', '2026-07-01'])
      expect(monthsUpTo(enrolment, later, COUNTING, day)).toEqual(
        monthsUpTo(enrolment, year, COUNTING, '2026-06-30'),
      );
  });

  it('do not count money that was announced or came back', () => {
    const money: AccountEvent[] = [
      { ...pays('2026-06-05', 7_000), id: 'back' },
      { kind: 'reversal', id: fresh(), at: at('2026-06-08'), of: 'back', reason: 'returned' },
      { ...pays('2026-06-06', 9_000), pending: true } as AccountEvent,
    ];
    const last = monthsUpTo(enrolment, [...year, ...money], COUNTING, '2026-06-30').at(-1);
    expect(last?.paid).toBe(30_000);
    const undone: AccountEvent = {
      kind: 'reversal',
      id: fresh(),
      at: at('2026-06-09'),
      of: 'back',
      reason: 'returned',
      undone: true,
    };
    expect(monthsUpTo(enrolment, [...year, ...money, undone], COUNTING, '2026-06-30').at(-1)?.paid).toBe(
      37_000,
    );
  });

  it('that came before the account are not known, and what needs them is neither', () => {
    const months = monthsUpTo({ ...enrolment, enteredOn: '2026-04-15' }, year, COUNTING, '2026-06-30');
    expect(months.map(({ end }) => end)).toEqual(ENDS.slice(3));
    const known = behaviourOf(account('2026-04-15', [], enrolment.facts), months, '2026-06-30');
    expect(known).toMatchObject({
      months_behind_6m: null,
      paid_6m: null,
      course: '1 after 2',
      room: 400_000,
    });
  });
});

describe('a score', () => {
  it('is the base and the points of its lines, with those that cost most as reasons', () => {
    const months = monthsUpTo(enrolment, year, COUNTING, '2026-06-30');
    const known = behaviourOf(account('2026-01-01', [], enrolment.facts), months, '2026-06-30');
    const scored = scoreOn(card, known);
    expect(scored.points).toBe(scored.lines.reduce((sum, { points }) => sum + points, card.base));
    expect(scored.points).toBe(pointsOn(card, known));

    expect(scored.reasons.map(({ lost }) => lost)).toEqual(
      [...scored.reasons.map(({ lost }) => lost)].sort((a, b) => b - a),
    );
  });

  it('of nothing known is the base; more broken promises never raise one', () => {
    expect(scoreOn(card, {})).toMatchObject({
      points: card.base,
      permille: Math.round(1000 / (1 + card.odds.atBase)),
    });
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(20), (few, more, unanswered) => {
        const of = (broken: number): number => pointsOn(card, { broken_promises_6m: broken, unanswered });
        expect(of(few + more)).toBeLessThanOrEqual(of(few));
      }),
    );
  });

  it('ranks by the book that it was fitted on', () => {
    const worst = scoreOn({ ...card, base: -900 }, {});
    const best = scoreOn({ ...card, base: 900 }, {});
    expect([worst.rank, best.rank]).toEqual([0, 95]);
  });
});

describe('a scorecard document', () => {
  it('cannot ask for who the person is', () => {
    for (const fact of ['age', 'sex', 'marriage', 'education', 'constructor']) {
      expect(Object.hasOwn(BEHAVIOUR, fact)).toBe(false);
      const text = SHIPPED.replace('fact: months_behind_6m', `fact: ${fact}`);
      expect(() => readScorecard(text, 'x.yaml')).toThrow(/x.yaml:\d+:11: SCORECARD_FACT/);
    }
  });

  it.each([
    [
      'edges that fall',
      (text: string) => text.replace('below: 2, points: -3', 'below: 0.5, points: -3'),
      /rise/,
    ],
    [
      'a word for a number',
      (text: string) => text.replace('{ below: 1, points: 15 }', '{ is: [a], points: 1 }'),
      /no words/,
    ],
    ['a field that is none', (text: string) => text.replace('base: 500', 'basis: 500'), /SCORECARD_SHAPE/],
    ['YAML that is none', (text: string) => `${text}\n  - {`, /SCORECARD_YAML/],
  ])('is refused for %s, with its place', (_name, breaks, says) => {
    const text = breaks(SHIPPED);
    expect(text).not.toBe(SHIPPED);
    expect(() => readScorecard(text, 'x.yaml')).toThrow(says);
    expect(() => readScorecard(text, 'x.yaml')).toThrow(/^x.yaml:\d+:\d+: SCORECARD_/);
  });
});
