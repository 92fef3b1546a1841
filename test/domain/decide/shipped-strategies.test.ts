import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import { begin } from '../../../src/domain/account/begin';
import type { AccountEvent } from '../../../src/domain/account/events';
import type { AccountState } from '../../../src/domain/account/state';
import { addDays } from '../../../src/domain/calendar/day';
import { instantOf, localDate } from '../../../src/domain/calendar/zone';
import { advance } from '../../../src/domain/decide/advance';
import { CHASE, type Decision, type StepResult } from '../../../src/domain/decide/decision';
import { situation } from '../../../src/domain/decide/situation';
import { stoppedBy } from '../../../src/domain/hold/active';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import type { Step, Strategy } from '../../../src/domain/strategy/strategy';
import type { Instant } from '../../../src/domain/units';
import { anyEvents } from '../../support/any-event';
import { live } from '../../support/live';
import { TERMS } from '../../support/small-account';

const STRATEGIES = ['standard-card', 'consumer-loan', 'first-steps'].map((name) =>
  strategyOf(readFileSync(`strategies/${name}.yaml`, 'utf8'), name),
);
const START = '2026-03-01';
const UNTIL = instantOf('2026-11-01', '00:00', TERMS.zone);
/** The last moment that was lived: what begins with the next day is due only then. */
const AT_LAST = new Date(Date.parse(UNTIL) - 1000).toISOString();

interface Life {
  readonly strategy: Strategy;
  readonly begun: AccountState;
  readonly events: readonly AccountEvent[];
  readonly answers: readonly number[];
}

/** Four parts a month apart, the first of them due somewhere between half a year ago and next month. */
const owed = fc
  .record({ first: fc.integer({ min: -180, max: 30 }), amount: fc.integer({ min: 20_00, max: 15_000_00 }) })
  .map(({ first, amount }) =>
    [0, 30, 61, 91].map((later, i): AccountEvent => ({
      kind: 'obligation',
      id: `owed-${i}`,
      at: instantOf(START, '00:00', TERMS.zone),
      obligation: `part-${i}`,
      due: addDays(START, first + later),
      amount,
    })),
  );

const facts = fc.record({
  score: fc.constantFrom(5, 45, 80),
  working_number: fc.boolean(),
  worst_bucket_12m: fc.constantFrom(0, 3),
  utilisation: fc.constantFrom(30, 99),
  autopay: fc.boolean(),
  debit_no_funds: fc.boolean(),
  pre_due_list: fc.boolean(),
  ability: fc.constantFrom('low', 'high'),
  visit_asked: fc.boolean(),
  city_team: fc.boolean(),
});

const lives: fc.Arbitrary<Life> = fc
  .record({
    strategy: fc.constantFrom(...STRATEGIES),
    books: fc.constantFrom('obligations' as const, 'obligations' as const, 'host' as const),
    owed,
    facts,
    told: anyEvents,
    answers: fc.array(fc.integer({ min: 0, max: 19 }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ strategy, books, owed: parts, facts: known, told, answers }) => {
    const terms = { ...TERMS, books, product: strategy.product };
    const events = [...told].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const begun = begin({ terms, facts: known, enteredOn: START, events: parts });
    return { strategy, begun, events, answers };
  });

/** Mostly done, at times put off, refused, not sent or unknown; work for people is awaited for some days. */
function answering({ answers, strategy }: Life): (decision: Decision, now: Instant) => StepResult {
  let asked = 0;
  const later = (now: Instant, days: number): Instant =>
    new Date(Date.parse(now) + days * 86_400_000).toISOString();
  return ({ action }, now) => {
    asked += 1;
    const answer = (answers[asked % answers.length] ?? 19) % 20;
    if (answer === 0) return { how: 'deferred', until: later(now, 1), rule: 'test' };
    if (answer === 1) return { how: 'refused', rule: 'test' };
    if (answer === 2) return { how: 'not-sent', rule: 'test' };
    if (answer === 3) return { how: 'unknown' };
    const name = action.do === 'step' ? action.occurrence.step : '';
    const step = strategy.steps.find((one) => one.name === name);
    if (step === undefined || step.kind === 'notice' || answer % 2 === 0) return { how: 'done' };
    const kind = step.kind === 'contact' ? (step.campaign ? 'campaign' : null) : step.kind;
    return kind === null ? { how: 'done' } : { how: 'done', task: { kind, until: later(now, 3) } };
  };
}

function lived(life: Life, answer = answering(life)) {
  const from = instantOf(START, '00:30', TERMS.zone);
  return live(life.begun, life.strategy, life.events, from, UNTIL, answer);
}

/** Calls `look` for every step but the chases, with the account as it was when the step was decided. */
function eachStep(life: Life, look: (step: Step, account: AccountState, now: Instant) => void): void {
  const answer = answering(life);
  let now = instantOf(START, '00:30', TERMS.zone);
  let account = life.begun;
  lived(life, (decision, at) => {
    now = at;
    const { action } = decision;
    const step =
      action.do === 'step' && action.occurrence.n < CHASE
        ? life.strategy.steps.find(({ name }) => name === action.occurrence.step)
        : undefined;
    account = life.events.filter((event) => event.at <= now).reduce(apply, life.begun);
    if (step !== undefined) look(step, account, now);
    return answer(decision, at);
  });
}

const RUNS = { numRuns: 25 };

describe('for any history under the strategies that ship', () => {
  it('no account turns in a circle or sleeps past a moment at which something is to be done', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { account } = lived(life);
        if (account.closed !== null) return;
        const { decision, account: rested } = advance(account, life.strategy, AT_LAST);
        const { action } = decision;
        expect(action.do).toBe('wait');
        expect(decision.why.code).not.toBe('wait-circle');
        const wake = action.do === 'wait' ? action.until : null;
        if (wake !== null) expect(wake > AT_LAST).toBe(true);
        for (const put of rested.deferred) expect(put.notBefore > AT_LAST).toBe(true);
        const last = addDays(localDate(AT_LAST, TERMS.zone), 60);
        for (let day = localDate(AT_LAST, TERMS.zone); day < last; day = addDays(day, 1)) {
          const noon = instantOf(day, '12:00', TERMS.zone);
          if (wake !== null && noon >= wake) break;
          expect(advance(rested, life.strategy, noon).decision.action.do).toBe('wait');
        }
      }),
      RUNS,
    );
  });

  it('nobody who owes nothing is asked, blocked or noticed, and holds are kept', () => {
    fc.assert(
      fc.property(lives, (life) => {
        eachStep(life, (step, account, now) => {
          const { standing, day } = situation(account, life.strategy, now);
          if (step.kind === 'contact') expect(stoppedBy(account.holds, day, 'contact')).toBeNull();
          const ahead = step.stages.includes('pre-due');
          if (step.kind !== 'task' && !ahead && !account.writtenOff)
            expect([step.name, standing.oldestDue]).not.toEqual([step.name, null]);
        });
      }),
      RUNS,
    );
  });

  it('no occurrence is done twice, and lawful notices of a late account come one a day', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const kept: { key: string; day: string; first: boolean; sent: boolean }[] = [];
        const answer = answering(life);
        lived(life, (decision, now) => {
          const result = answer(decision, now);
          const { action } = decision;
          if (action.do !== 'step' || action.occurrence.n >= CHASE) return result;
          const { step: name, anchor, n } = action.occurrence;
          const step = life.strategy.steps.find((one) => one.name === name);
          kept.push({
            key: `${name} ${anchor} ${n}`,
            day: localDate(now, TERMS.zone),
            first: step?.first === true && step.kind === 'notice',
            sent: result.how === 'done',
          });
          return result;
        });
        const sent = kept.filter((one) => one.sent);
        expect(new Set(sent.map(({ key }) => key)).size).toBe(sent.length);
        const firsts = sent.filter(({ first }) => first).map(({ day }) => day);
        expect(new Set(firsts).size).toBe(firsts.length);
      }),
      RUNS,
    );
  });
});
