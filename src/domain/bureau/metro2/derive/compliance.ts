import { isCompliance, saysDisputed, type ComplianceCode } from '../codes/compliance';

/** A dispute as the bureau's code sees it: under which law, and how far it is. */
export interface DisputeTold {
  /** Accuracy of what is reported (FCRA), or a billing error on an open-end account (FCBA). */
  readonly law: 'fcra' | 'fcba';
  readonly open: boolean;
  /** The investigation ended and the consumer said that they do not agree. */
  readonly disagrees: boolean;
}

export interface ComplianceFacts {
  readonly disputes: readonly DisputeTold[];
  readonly closedByConsumer: boolean;
}

/**
 * The compliance condition (field 20). A dispute that is open now is marked now; the code of an investigation that ended
 * stays until another replaces it, so it is told again each month; what stands for nothing any more is taken away once
 * with XR and then left out. Both laws at once: FCRA's mark, which wants one in every report (rule M11).
 * @param last the code as it was told last, empty when there was none
 */
export function complianceCode(
  { disputes, closedByConsumer }: ComplianceFacts,
  last: string,
): ComplianceCode | '' {
  const open = first(disputes.filter((dispute) => dispute.open));
  if (open !== null) {
    if (open.law === 'fcra') return closedByConsumer ? 'XD' : 'XB';
    return closedByConsumer ? 'XJ' : 'XF';
  }
  const disagreed = first(disputes.filter(({ disagrees }) => disagrees));
  if (disagreed !== null) {
    if (disagreed.law === 'fcba') return 'XG';
    return closedByConsumer ? 'XE' : 'XC';
  }
  // The mark of the open dispute is ended once, also when the account was closed at the consumer's request meanwhile.
  if (saysDisputed(last)) return 'XH';
  if (closedByConsumer) return 'XA';
  if (last === 'XH') return 'XH';
  return last === '' || last === 'XR' || !isCompliance(last) ? '' : 'XR';
}

function first(disputes: readonly DisputeTold[]): DisputeTold | null {
  return disputes.find(({ law }) => law === 'fcra') ?? disputes[0] ?? null;
}
