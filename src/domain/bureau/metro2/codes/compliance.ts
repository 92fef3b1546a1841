import type { CodeTable } from './table';

/** Field 20. A code stays until another one replaces it or XR takes it away. Source: cfpb/Metro2 (CC0). */
export const COMPLIANCE_CONDITION = {
  XA: "closed at the consumer's request",
  XB: 'disputed under FCRA, being investigated',
  XC: 'FCRA dispute investigated, the consumer disagrees',
  XD: "closed at the consumer's request, and disputed under FCRA",
  XE: "closed at the consumer's request, FCRA dispute investigated, the consumer disagrees",
  XF: 'billing dispute under FCBA, being investigated',
  XG: 'FCBA dispute investigated, the consumer disagrees',
  XH: 'was disputed, the investigation is complete',
  XJ: "closed at the consumer's request, and billing dispute under FCBA",
  XR: 'removes the last code',
} as const satisfies CodeTable;

export type ComplianceCode = keyof typeof COMPLIANCE_CONDITION;

const OPEN: ReadonlySet<string> = new Set(['XB', 'XD', 'XF', 'XJ']);
const FINISHED: ReadonlySet<string> = new Set(['XC', 'XE', 'XG', 'XH']);

/** Whether the code says that a dispute is being investigated. */
export const saysDisputed = (code: string): boolean => OPEN.has(code);
/** Whether the code says that an investigation ended. */
export const saysInvestigated = (code: string): boolean => FINISHED.has(code);

export function isCompliance(code: string): code is ComplianceCode {
  return Object.hasOwn(COMPLIANCE_CONDITION, code);
}
