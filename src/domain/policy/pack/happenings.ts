/**
 * What may happen to a person or an account besides attempts, as rules and ledgers name it. A closed list: a misspelt
 * start of a hold would otherwise never hold anything.
 */
export const HAPPENINGS = [
  // what the person said or asked for
  ...(['consent', 'opt-out', 'preference', 'closed-day', 'cease-request', 'refused-to-pay'] as const),
  ...(['dispute', 'dispute-resolved', 'verification-sent', 'complaint', 'complaint-answered'] as const),
  ...(['access-request', 'promise', 'acknowledged', 'paid-part', 'settled', 'agreed-plan'] as const),
  ...(['plan-broken', 'creditor-info-requested'] as const),
  // who stands beside or for the person
  ...(['attorney-named', 'attorney-released', 'third-party-refused', 'offered-to-pay'] as const),
  ...(['endpoint-invalid', 'number-used', 'number-checked', 'deceased', 'incapacitated', 'missing'] as const),
  ...(['found', 'vulnerable', 'vulnerability-ended'] as const),
  // protection
  ...(['breathing-space', 'breathing-space-ended', 'crisis-treatment', 'crisis-treatment-ended'] as const),
  ...(['debt-advice', 'debt-advice-ended', 'bankruptcy-petition', 'bankruptcy-dismissed'] as const),
  ...(['bankruptcy-discharge', 'stay-lifted', 'insolvency-accepted', 'insolvency-ended'] as const),
  // notices and papers
  ...([
    'initial-communication',
    'validation-notice',
    'creditor-email-notice',
    'adverse-record-notice',
  ] as const),
  ...(['adverse-furnished', 'negative-notice', 'charge-off-reported', 'delinquency-date-reported'] as const),
  ...([
    'direct-dispute',
    'bureau-dispute',
    'dispute-investigated',
    'dispute-marked',
    'undeliverable',
  ] as const),
  ...(['debt-spoken-of', 'debt-written-of', 'default-notice', 'default-remedied'] as const),
  ...(['arrears-notice', 'arrears-begun', 'letter-of-claim', 'claim-reply', 'claim-documents-sent'] as const),
  ...(['claim-warning', 'dunning', 'dunning-warned', 'visit-notice', 'bureau-warning'] as const),
  ...(['outsourcing-notice', 'agency-details-told', 'assignment-notice', 'demand-arrived'] as const),
  ...(['termination-warning', 'human-decision', 'impact-assessed', 'forbearance-considered'] as const),
  ...(['military-affidavit', 'military-service', 'missed-meeting', 'work-contact-forbidden'] as const),
  // courts
  ...(['last-instalment-due', 'claim-arose', 'suit-filed', 'suit-ended', 'arbitration-filed'] as const),
  ...([
    'payment-order-applied',
    'payment-order-served',
    'payment-order-objected',
    'payment-order-void',
  ] as const),
  ...(['presuit-preservation', 'performance-due', 'enforcement-applied', 'enforcement-ended'] as const),
  ...(['negotiation-began', 'negotiation-ended', 'limitation-suspended', 'limitation-resumed'] as const),
  ...(['barred-refusal', 'enforcement-order-applied'] as const),
  // life of the debt
  ...([
    'sold',
    'default',
    'delinquency-ended',
    'placement-ended',
    'collection-ended',
    'credit-ended',
  ] as const),
  ...(['objection', 'objection-answered', 'bureau-complaint', 'bureau-complaint-answered'] as const),
] as const;
export type HappeningName = (typeof HAPPENINGS)[number];
