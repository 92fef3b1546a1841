import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strategyOf } from '../../src/domain/strategy/document/compile';
import { ROOT } from '../support/root';
import type { Fact, Script } from './script';

export const BENCH_LIFE_FILE = join(ROOT, 'bench', 'life', 'life.yaml');

/** The eight messages of the bench's life, by the step after which they come. */
const TOLD: Readonly<Record<string, readonly Fact[]>> = {
  R4: [
    { kind: 'contact-outcome', code: 'RPC-PTP', channel: 'call', step: 'R4', reason: 'payday-differs' },
    {
      ...{ kind: 'promise', promise: 'promise-1', amount: 3_000_00, date: '2026-04-20', method: 'transfer' },
      ...{ givenBy: 'debtor', channel: 'call' },
    },
  ],
  R5: [{ kind: 'payment', amount: 3_000_00, valueDate: '2026-04-15', postingDate: '2026-04-15' }],
  N3: [{ kind: 'contact-outcome', code: 'RPC-INT', channel: 'call', step: 'N3', reason: 'income-fell' }],
  N5: [{ kind: 'dispute-raised', dispute: 'dispute-1', amount: 500_00, reason: 'wrong-amount' }],
  A1: [{ kind: 'dispute-resolved', dispute: 'dispute-1', outcome: 'rejected' }],
  A3: [{ kind: 'contact-outcome', code: 'RPC-REF', channel: 'call', step: 'A3', reason: 'no-intention' }],
  L5: [{ kind: 'close', reason: 'settled' }],
} as const;

/** Twenty steps over four stages, a promise kept in part payment, a dispute, a refusal, a settlement. */
export function benchLife(): Script {
  return {
    strategy: strategyOf(readFileSync(BENCH_LIFE_FILE, 'utf8'), 'life.yaml'),
    enrolment: (ref) => ({
      terms: {
        ...{ ref, lender: 'bank', person: `person-of-${ref}`, digit: 7, product: 'credit_card' },
        ...{ currency: 'CNY', zone: 'Asia/Shanghai', books: 'obligations' },
      },
      facts: { score: 40 },
      enteredOn: '2026-03-20',
      events: [
        {
          ...{ kind: 'obligation', id: 'o1', at: '2026-03-19T16:00:00.000Z', obligation: 'march' },
          ...{ due: '2026-03-25', amount: 12_000_00 },
        },
      ],
    }),
    told: (step) => TOLD[step.name] ?? [],
  };
}
