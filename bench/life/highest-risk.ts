import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../src/domain/calendar/day';
import { localDate } from '../../src/domain/calendar/zone';
import { strategyOf } from '../../src/domain/strategy/document/compile';
import type { Step } from '../../src/domain/strategy/strategy';
import type { IsoDate } from '../../src/domain/units';
import { ROOT } from '../support/root';
import type { Fact, Script } from './script';

const ZONE = 'Asia/Shanghai';
const FIRST_DUE = '2026-03-25';
const BALANCE = 60_000_00;
const MONTHS = 14;

/** What the lender's books say on the day after each due date. */
const FIGURES = Array.from({ length: MONTHS }, (_none, month) => {
  const due = monthsLater(month);
  const figures = {
    ...{ asOf: `${due}T22:00:00.000Z`, pastDue: (month + 1) * 3_000_00, oldestDue: FIRST_DUE },
    ...{ cycles: month + 1, balance: BALANCE, nextDue: monthsLater(month + 1), nextAmount: 3_000_00 },
  };
  return { on: addDays(due, 1), fact: { kind: 'host-update', figures } as const satisfies Fact };
});

function monthsLater(months: number): IsoDate {
  return new Date(Date.UTC(2026, 2 + months, 25)).toISOString().slice(0, 10);
}

/**
 * The path of highest risk of the standard card: a large debt of somebody who is never reached, through calls, a visit,
 * letters, screening, mediation and suit, until it is sold on the first day of recovery.
 */
export function highestRisk(): Script {
  const file = join(ROOT, 'strategies', 'standard-card.yaml');
  let told = 1;
  return {
    strategy: strategyOf(readFileSync(file, 'utf8'), 'standard-card.yaml'),
    enrolment: (ref) => ({
      terms: {
        ...{ ref, lender: 'bank', person: `person-of-${ref}`, digit: 7, product: 'credit_card' },
        ...{ currency: 'CNY', zone: ZONE, books: 'host' },
      },
      facts: { score: 10, worst_bucket_12m: 3, city_team: true },
      enteredOn: addDays(FIRST_DUE, 1),
      events: FIGURES.slice(0, 1).map(({ fact }) => ({ ...fact, id: 'h0', at: fact.figures.asOf })),
    }),
    told: (step, now) => {
      const facts: Fact[] = [...outcome(step)];
      for (
        let next = FIGURES[told];
        next !== undefined && next.on <= localDate(now, ZONE);
        next = FIGURES[told]
      ) {
        facts.push(next.fact);
        told += 1;
      }
      return facts;
    },
  };
}

function outcome(step: Step): readonly Fact[] {
  const channel = step.channels?.[0];
  if (step.stages.includes('recovery') && step.kind === 'notice') return [{ kind: 'close', reason: 'sold' }];
  if (step.campaign !== undefined)
    return [{ kind: 'contact-outcome', code: 'NA', channel: 'call', step: step.name }];
  if (channel === 'visit') return [{ kind: 'visit-outcome', step: step.name, code: 'not-there' }];
  if (channel === 'letter') return [{ kind: 'delivery', step: step.name, status: 'arrived' }];
  if (step.kind === 'host') return [{ kind: 'host-result', step: step.name, result: 'done' }];
  const answer = step.answers?.[0];
  return answer === undefined ? [] : [{ kind: 'task-result', step: step.name, result: answer }];
}
