import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../../src/domain/account/apply';
import type { AccountState, Hold } from '../../../src/domain/account/state';
import { addDays } from '../../../src/domain/calendar/day';
import { effectivePauses } from '../../../src/domain/delinquency/pauses';
import { refusePause, type PauseRequest } from '../../../src/domain/delinquency/pause-request';
import { pastDueParts, standing } from '../../../src/domain/delinquency/standing';
import type { Counting } from '../../../src/domain/strategy/strategy';
import { account, told } from '../../support/told';

interface Range {
  readonly name: string;
  readonly min_days: number;
  readonly max_days: number | null;
}
interface Expected {
  readonly classification?: string;
  readonly delinquent_amount?: number;
  readonly delinquent_date?: string;
  readonly delinquent_days?: number;
  readonly past_due_days?: number;
  readonly instalment_buckets?: Readonly<Record<string, number>>;
}
type Deed =
  | { readonly repay: number }
  | { readonly goodwill_credit: number }
  | { readonly pause: readonly [string, string] }
  | { readonly resume: string };
interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly loan: {
    readonly disbursed: string;
    readonly instalments: readonly { readonly due: string; readonly amount: number }[];
    readonly grace_days_loan_level: number;
  };
  readonly steps: readonly {
    readonly date: string;
    readonly expect: Expected;
    readonly do?: readonly Deed[];
  }[];
}
interface Validation {
  readonly name: string;
  readonly first_disbursed: string | null;
  readonly existing: readonly ({ readonly pause: readonly [string, string] } | { readonly resume: string })[];
  readonly request: {
    readonly action: PauseRequest['action'];
    readonly start: string;
    readonly end: string | null;
  };
  readonly expect: 'ok' | { readonly error: string };
}
interface Cases {
  readonly ranges: readonly Range[];
  readonly scenarios: readonly Scenario[];
  readonly pause_validation: readonly Validation[];
}

const file = join(process.env['FORBEAR_SHARED'] ?? '../shared', 'data/cases/fineract-delinquency.json');
const cases: Cases | null = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Cases) : null;
if (cases === null) console.log(`skipped: Apache Fineract's cases are not in ${file}`);

/** Which of our reasons stands for each of theirs. */
const REASONS: Readonly<Record<string, string>> = {
  'loan-delinquency-action-overlapping': 'PAUSE_OVERLAPS',
  'loan-delinquency-action-missing-action': 'PAUSE_ACTION_MISSING',
  'loan-delinquency-action-resume-should-have-no-end-date': 'PAUSE_RESUME_WITH_END',
  'loan-delinquency-action-resume-should-be-unique': 'PAUSE_NOT_RUNNING',
  'loan-delinquency-action-invalid-start-date': 'PAUSE_BEFORE_OPENING',
  'loan-delinquency-action-pause-endDate-cannot-be-blank': 'PAUSE_WITHOUT_END',
};

function counting({ loan }: Scenario): Counting {
  return {
    grace: { days: loan.grace_days_loan_level, counting: 'offset' },
    tolerance: 0,
    bucketBy: 'days',
    watchDays: 0,
    pendingDays: 2,
  };
}

function opened({ loan }: Scenario): AccountState {
  const terms = { zone: 'UTC', currency: 'EUR', product: 'consumer_loan' as const };
  return loan.instalments.reduce(
    (state, { due, amount }, i) =>
      apply(
        state,
        told(loan.disbursed, { kind: 'obligation', obligation: `i${i}`, due, amount: amount * 100 }),
      ),
    account(terms, loan.disbursed),
  );
}

function done(state: AccountState, day: string, deed: Deed): AccountState {
  if ('repay' in deed) {
    return apply(state, told(day, { kind: 'payment', amount: deed.repay * 100, valueDate: day }));
  }
  if ('goodwill_credit' in deed) {
    const amount = deed.goodwill_credit * 100;
    return apply(state, told(day, { kind: 'refund', amount, valueDate: day, countsTowardsMinimum: true }));
  }
  if ('pause' in deed) {
    const [from, until] = deed.pause;
    return apply(state, told(day, { kind: 'hold', hold: `pause-${from}`, type: 'pause', from, until }));
  }
  // Theirs ends every pause that runs on the day.
  return state.holds
    .filter(({ from, until }) => from <= deed.resume && (until ?? deed.resume) >= deed.resume)
    .reduce(
      (ended, { id }) => apply(ended, told(day, { kind: 'release', hold: id, lastDay: deed.resume })),
      state,
    );
}

/** Theirs keeps the class of the day before a pause from its first to its last day; with us a hold keeps the stage. */
function classDay(state: AccountState, day: string): string {
  const running = effectivePauses(state.holds).find(
    ({ from, until }) => from <= day && day <= (until ?? day),
  );
  return running === undefined ? day : addDays(running.from, -1);
}

function rangeOf(ranges: readonly Range[], days: number): string | null {
  return (
    ranges.find(({ min_days, max_days }) => days >= min_days && days <= (max_days ?? days))?.name ?? null
  );
}

function seen(ranges: readonly Range[], scenario: Scenario, state: AccountState, day: string): Expected {
  const stands = standing(state, counting(scenario), day);
  const classed = standing(state, counting(scenario), classDay(state, day));
  const classification = rangeOf(ranges, classed.treatmentDpd) ?? 'NO_DELINQUENCY';
  const instalment_buckets: Record<string, number> = {};
  for (const part of pastDueParts(state, day)) {
    const name = rangeOf(ranges, part.days);
    if (name === null || classification === 'NO_DELINQUENCY') continue;
    instalment_buckets[name] = (instalment_buckets[name] ?? 0) + part.amount / 100;
  }
  return {
    classification,
    delinquent_amount: stands.pastDue / 100,
    ...(stands.oldestDue === null
      ? {}
      : { delinquent_date: addDays(stands.oldestDue, scenario.loan.grace_days_loan_level) }),
    delinquent_days: stands.treatmentDpd,
    past_due_days: stands.contractDpd,
    instalment_buckets,
  };
}

(cases === null ? describe.skip : describe)('Apache Fineract', () => {
  const { ranges, scenarios, pause_validation } = cases ?? {
    ranges: [],
    scenarios: [],
    pause_validation: [],
  };

  it.each(scenarios.map((scenario) => [`${scenario.id} ${scenario.title}`, scenario] as const))(
    '%s',
    (_title, scenario) => {
      let state = opened(scenario);
      for (const { date, expect: expected, do: deeds = [] } of scenario.steps) {
        for (const deed of deeds) state = done(state, date, deed);
        expect({ date, ...seen(ranges, scenario, state, date) }).toMatchObject({ date, ...expected });
        if (expected.instalment_buckets !== undefined) {
          expect(seen(ranges, scenario, state, date).instalment_buckets).toEqual(expected.instalment_buckets);
        }
      }
    },
  );

  it.each(pause_validation.map((one) => [one.name, one] as const))('pause request: %s', (_name, one) => {
    const holds: Hold[] = [];
    for (const deed of one.existing) {
      if ('pause' in deed) {
        holds.push({ id: `h${holds.length}`, type: 'pause', from: deed.pause[0], until: deed.pause[1] });
      } else {
        holds.forEach((hold, i) => {
          if (hold.from <= deed.resume && (hold.until ?? '') >= deed.resume)
            holds[i] = { ...hold, until: deed.resume };
        });
      }
    }
    const { action, start, end } = one.request;
    const refused = refusePause({ action, from: start, until: end }, holds, one.first_disbursed);
    expect(refused?.code ?? 'ok').toBe(one.expect === 'ok' ? 'ok' : REASONS[one.expect.error]);
  });
});
