/** What complaints are about: they are counted, and rest contact, by it. */
export const COMPLAINT_CAUSES = [
  'conduct',
  'frequency',
  'hours',
  'third-party',
  'amount',
  'privacy',
  'service',
  'other',
] as const;
export type ComplaintCause = (typeof COMPLAINT_CAUSES)[number];
