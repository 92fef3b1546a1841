import { begin } from '../../../src/domain/account/begin';
import { localTime } from '../../../src/domain/calendar/zone';
import type { StepResult } from '../../../src/domain/decide/decision';
import { HOST_DATA_OLD } from '../../../src/domain/policy/host-data';
import { askAgainAt } from '../../../src/domain/policy/switches';
import { live, steps, type Answer } from '../../support/live';
import { account, at, fresh, owes, TERMS } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const DUE = '2026-03-01';
/** When fresh data comes: in between two askings. */
const FRESH = at('2026-03-04', 15.25);
const FROM = at('2026-03-02', 0);
const begun = () => account('2026-03-01', [owes('o1', DUE, 50_000)]);

/** A stop stands from the first moment until that one; every step asks again when it is told to. */
function stoppedUntil(end: string, asked: string[] = []): Answer {
  return ({ action }, now): StepResult => {
    asked.push(now);
    if (now >= end || action.do !== 'step') return { how: 'done' };
    const until = askAgainAt(action.occurrence.due, now, 0);
    return { how: 'deferred', until, rule: 'stop:everything', stopped: true };
  };
}

const names = (lived: ReturnType<typeof live>) => steps(lived).filter((line) => / [A-Z]\d$/.test(line));

test('opened on the same day, the step goes out on it, after no longer than it was stopped', () => {
  const asked: string[] = [];
  const strategy = smallStrategy([contact('R1', [3])]);
  const answer = stoppedUntil(at('2026-03-04', 13), asked);
  live(begun(), strategy, [], FROM, at('2026-03-10'), answer);
  expect(asked.map((now) => localTime(now, 'Asia/Shanghai'))).toEqual([
    ...['10:00', '10:15', '10:30', '11:00', '12:00', '14:00'],
  ]);
});

test('opened days later, what may be skipped is skipped, what must be done is done, one a day and never as a burst', () => {
  const strategy = smallStrategy([
    contact('R1', [3]),
    contact('R2', [4], { late: 'do' }),
    contact('R3', [5], { late: 'do' }),
    contact('R4', [9]),
  ]);
  const lived = live(begun(), strategy, [], FROM, at('2026-03-12'), stoppedUntil(at('2026-03-08', 0)));
  const went = lived.taken.flatMap(({ at: moment, decision: { action } }) =>
    action.do === 'step' && moment >= at('2026-03-08', 0) ? [action.occurrence.step] : [],
  );
  expect(went).toEqual(['R2', 'R3', 'R4']);
  const days = lived.taken.flatMap(({ at: moment, decision: { action } }) =>
    action.do === 'step' && moment >= at('2026-03-08', 0) ? [moment.slice(0, 10)] : [],
  );
  expect(new Set(days).size).toBe(3);
  expect(lived.account.done['R1']).toBeUndefined();
});

test('an account of an older generation sends what was put off, as it always did', () => {
  const strategy = smallStrategy([contact('R1', [3])]);
  const old = { ...begun(), generation: 2 };
  const lived = live(old, strategy, [], FROM, at('2026-03-12'), stoppedUntil(at('2026-03-06', 0)));
  expect(lived.account.done['R1']?.how).toBe('done');
});

test('a stop through the night leaves a missed step missed, though the hours put it off last', () => {
  const strategy = smallStrategy([contact('R1', [3])]);
  const answer: Answer = ({ action }, now) => {
    const open = now >= at('2026-03-04', 21);
    if (action.do !== 'step') return { how: 'done' };
    if (!open)
      return {
        how: 'deferred',
        rule: 'stop:everything',
        stopped: true,
        until: askAgainAt(action.occurrence.due, now, 0),
      };
    return now < at('2026-03-05', 8)
      ? { how: 'deferred', rule: 'hours', until: at('2026-03-05', 8) }
      : { how: 'done' };
  };
  const lived = live(begun(), strategy, [], FROM, at('2026-03-10'), answer);
  expect(names(lived).every((line) => line.startsWith('2026-03-04'))).toBe(true);
  expect(lived.account.done['R1']).toBeUndefined();
});

describe('what waits because the host data is old', () => {
  const host = (day: string, asOf = at(day, 6)) => ({
    ...({ kind: 'host-update', id: fresh(), at: asOf } as const),
    figures: { asOf, pastDue: 50_000, oldestDue: DUE, cycles: 1, balance: 90_000 },
  });
  const old: Answer = ({ action }, now) =>
    action.do === 'step' && now < at('2026-03-04', 15)
      ? {
          how: 'deferred',
          rule: HOST_DATA_OLD,
          stopped: true,
          until: askAgainAt(action.occurrence.due, now, 0),
        }
      : { how: 'done' };

  test('goes the moment that fresh data comes', () => {
    const asked: string[] = [];
    const strategy = smallStrategy([contact('R1', [3])]);
    const first = begin({
      ...{ terms: { ...TERMS, books: 'host' }, facts: {}, enteredOn: '2026-03-01' },
      events: [host('2026-03-02')],
    });
    const answer: Answer = (decision, now) => {
      asked.push(now);
      return old(decision, now);
    };
    const events = [host('2026-03-04', FRESH)];
    const lived = live(first, strategy, events, FROM, at('2026-03-10'), answer);
    expect(asked.at(-1)).toBe(FRESH);
    expect(lived.account.done['R1']?.how).toBe('done');
    expect(lived.account.deferred).toEqual([]);
  });
});
