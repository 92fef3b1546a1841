/** What a person may say against a debt (field.md, CFPB's own heads), as everything that takes a dispute knows it. */
export const DISPUTE_REASONS = [
  'not-mine',
  'wrong-amount',
  'already-paid',
  'fraud',
  'identity-theft',
  'service',
  'other',
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];
