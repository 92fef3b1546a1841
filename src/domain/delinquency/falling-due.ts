import type { AccountState, Obligation } from '../account/state';
import { KEEPS_LEDGER } from '../decide/generation';

/** The parts with the dates on which they fall due: all that was not due by then, on the day of an acceleration. */
export function fallingDue({
  owed,
  acceleration,
  generation,
}: Pick<AccountState, 'owed' | 'acceleration' | 'generation'>): readonly Obligation[] {
  if (acceleration === undefined || generation < KEEPS_LEDGER) return owed.obligations;
  const { on } = acceleration;
  return owed.obligations.map((part) => (part.due > on ? { ...part, due: on } : part));
}
