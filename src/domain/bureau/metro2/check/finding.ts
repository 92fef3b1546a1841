import type { ErrorCode } from '../../../errors/catalogue';
import type { ErrorArgs } from '../../../errors/forbear-error';

/**
 * The rules of a check. M1 to M13 are those across fields; before them: S the file's structure, F a field's form,
 * C the code tables, P what belongs together by the tables, T the totals.
 */
export type RuleId = 'S' | 'F' | 'C' | 'P' | 'T' | `M${number}`;

/** `warning`: a receiver may take it, and it is probably wrong. */
export type Severity = 'error' | 'warning';

/** One thing that is wrong, with its place. Never a value of a person. */
export interface Finding {
  readonly code: ErrorCode;
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Number of the record in the file, the header being 1. */
  readonly record: number;
  /** Bytes before the record in the file. */
  readonly offset: number;
  /** The segment, such as `base` or `J1`; a second one is `J1#2`. */
  readonly segment: string | null;
  readonly field: string | null;
  /** First position of the field in the record, counted from 1. */
  readonly at: number | null;
  /** What kind of value stands there: see value-class.ts. */
  readonly value: string | null;
  readonly args: ErrorArgs;
}
