import type { IsoDate, Scalar } from '../units';
import type { AccountEvent } from './events';
import type { Terms } from './terms';

/** What an enrolled account starts from. The first entry of its journal. */
export interface Enrolment {
  readonly terms: Terms;
  readonly facts: Readonly<Record<string, Scalar>>;
  /** The day on which the engine takes the account: steps of earlier days are not applicable. */
  readonly enteredOn: IsoDate;
  /** Host figures or obligations, holds, disputes: whatever is known at the start. */
  readonly events: readonly AccountEvent[];
}
