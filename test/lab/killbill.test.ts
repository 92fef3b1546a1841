import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountEvent } from '../../src/domain/account/events';
import { instantOf } from '../../src/domain/calendar/zone';
import type { Strategy } from '../../src/domain/strategy/strategy';
import { playTrace, type Expectation, type Trace } from '../../src/lab/trace';
import { smallStrategy } from '../support/small-strategy';

const FILE = join(
  process.env['FORBEAR_SHARED'] ?? join(__dirname, '..', '..', '..', 'shared'),
  'data/cases/killbill-overdue.json',
);

interface Case {
  readonly name: string;
  readonly rules: { readonly states: readonly { name: string; days_since_oldest_unpaid: number }[] };
  readonly steps: readonly CaseStep[];
}
interface CaseStep {
  readonly do?: string;
  readonly check?: string;
  readonly state?: string;
  readonly id?: string;
  readonly date?: string;
  readonly until?: string;
  readonly amount?: number;
}

const ZONE = 'UTC';
const at = (day: string, order: number): string =>
  new Date(Date.parse(instantOf(day, '06:00', ZONE)) + order * 1_000).toISOString();

/** Their states are stages by days since the oldest unpaid due date; no grace, no tolerance, one path for all. */
function strategyOf(states: Case['rules']['states']): Strategy {
  const mildest = [...states].sort((a, b) => a.days_since_oldest_unpaid - b.days_since_oldest_unpaid);
  return smallStrategy([], {
    zone: ZONE,
    currency: 'USD',
    sendAt: '00:00',
    counting: {
      grace: { days: 0, counting: 'threshold' },
      tolerance: 0,
      bucketBy: 'days',
      watchDays: 30,
      pendingDays: 2,
    },
    segments: [{ name: 'N', path: 'N', when: { all: [] } }],
    stages: mildest.map(({ name, days_since_oldest_unpaid: days }) => ({ name, from: { N: days } })),
  });
}

/**
 * An invoice is an obligation due on its date; a draft is none. Their payment names its invoice, where ours fills the
 * oldest debt: so it is an adjustment of that obligation, and a chargeback takes it back. Enforcement switched off is a
 * review: it keeps the stage and, unlike a pause, lets the days run.
 */
function traceOf({ steps }: Case): Trace {
  const events: AccountEvent[] = [];
  const expectations: Expectation[] = [];
  const down: { from: string; until: string }[] = [];
  const owed = new Map<string, number>();
  const paidBy = new Map<string, string>();
  for (const [order, step] of steps.entries()) {
    if (step.check !== undefined) {
      const stage = step.state === 'CLEAR' ? null : (step.state ?? null);
      expectations.push({ day: step.check, at: at(step.check, order), stage });
      continue;
    }
    const day = step.date ?? '';
    const id = step.id ?? '';
    const told = { id: `e${order}`, at: at(day, order) };
    if (step.do === 'invoice') {
      const amount = Math.round((step.amount ?? 0) * 100);
      owed.set(id, amount);
      events.push({ ...told, kind: 'obligation', obligation: id, due: day, amount });
    } else if (step.do === 'pay') {
      paidBy.set(id, told.id);
      events.push({ ...told, kind: 'adjustment', amount: owed.get(id) ?? 0, valueDate: day, obligation: id });
      owed.set(id, 0);
    } else if (step.do === 'chargeback' || step.do === 'chargeback_reversal') {
      const undone = step.do === 'chargeback_reversal' ? { undone: true } : {};
      events.push({ ...told, kind: 'reversal', of: paidBy.get(id) ?? '', reason: 'chargeback', ...undone });
    } else if (step.do === 'adjust_to_zero') {
      events.push({ ...told, kind: 'adjustment', amount: owed.get(id) ?? 0, valueDate: day, obligation: id });
      owed.set(id, 0);
    } else if (step.do === 'credit_whole_balance') {
      const amount = [...owed.values()].reduce((sum, one) => sum + one, 0);
      events.push({ ...told, kind: 'adjustment', amount, valueDate: day });
    } else if (step.do === 'hold')
      events.push({ ...told, kind: 'hold', hold: 'h', type: 'internal-review', from: day });
    else if (step.do === 'release_hold') events.push({ ...told, kind: 'release', hold: 'h' });
    else if (step.do === 'engine_down') down.push({ from: day, until: step.until ?? day });
    else if (step.do !== 'draft_invoice') throw new Error(`unknown step ${step.do ?? ''}`);
  }
  const days = steps.map((step) => step.check ?? step.date ?? '').sort();
  return {
    terms: {
      ref: 'kb',
      lender: 'kb',
      person: 'p',
      digit: 0,
      product: 'credit_card',
      currency: 'USD',
      zone: ZONE,
      books: 'obligations',
    },
    facts: {},
    start: days[0] ?? '',
    until: days.at(-1) ?? '',
    events,
    expectations,
    down,
  };
}

if (existsSync(FILE)) {
  const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { cases: Case[] };
  describe("Kill Bill's overdue states", () => {
    it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
      const trace = traceOf(one);
      const { failed } = playTrace(trace, strategyOf(one.rules.states));
      expect(trace.expectations?.length).toBeGreaterThan(0);
      expect(failed).toEqual([]);
    });

    it('notices a stage that comes a day late', () => {
      const one = cases[0];
      if (one === undefined) throw new Error('no cases');
      const late = one.rules.states.map((state) => ({
        ...state,
        days_since_oldest_unpaid: state.days_since_oldest_unpaid + 1,
      }));
      expect(playTrace(traceOf(one), strategyOf(late)).failed).not.toEqual([]);
    });
  });
} else {
  it.skip(`Kill Bill's cases are not here: ${FILE}`, () => undefined);
}
