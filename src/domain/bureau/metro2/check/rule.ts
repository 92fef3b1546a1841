import type { ErrorCode } from '../../../errors/catalogue';
import type { ErrorArgs } from '../../../errors/forbear-error';
import type { IsoDate } from '../../../units';
import type { BaseField, BaseValues } from '../layout/base';
import type { Appendage, DataRecord } from '../record';
import type { RuleId, Severity } from './finding';
import type { Earlier } from './earlier';

/** What a rule may know beside the record. */
export interface Surroundings {
  /** The header's activity date: the end of the period that is reported. Null when there is none. */
  readonly activityDate: IsoDate | null;
  /** The latest day that is not in the future for the file: of activity and creation the later. */
  readonly latest: IsoDate | null;
  /** What the last file said of the account; null when it had none, undefined when no last file was given. */
  readonly earlier: Earlier | null | undefined;
  /** Whether a dispute is open by the lender's own list; undefined when no list was given. */
  readonly disputed: boolean | undefined;
}

/** What a rule found: a field of the base segment, or of the appendage of that index. */
export interface Fault {
  readonly field: string;
  readonly code: ErrorCode;
  readonly args?: ErrorArgs;
  readonly severity?: Severity;
  /** Index among the appendages; the base segment without. */
  readonly appendage?: number;
}

export interface Rule {
  readonly id: RuleId;
  /** Base fields that it looks at: where one of them is not readable that has been said, and the rule is left out. */
  readonly reads: readonly BaseField[];
  find(base: BaseValues, appendages: readonly Appendage[], around: Surroundings, record: DataRecord): Fault[];
}
