/** Result codes of a call or visit, and what each means (ladders 10.1). `rpc`: the right person was on the line. */
export const RESULT_CODES = {
  NA: { rpc: false, means: 'not answered' },
  BUSY: { rpc: false, means: 'busy' },
  OFF: { rpc: false, means: 'switched off' },
  INV: { rpc: false, means: 'invalid number' },
  WN: { rpc: false, means: "somebody else's number" },
  TP: { rpc: false, means: 'a third party answered' },
  'RPC-PTP': { rpc: true, means: 'promised to pay' },
  'RPC-INT': { rpc: true, means: 'will pay, no date or amount' },
  'RPC-PAID': { rpc: true, means: 'says it is paid' },
  'RPC-HARD': { rpc: true, means: 'cannot pay' },
  'RPC-DISP': { rpc: true, means: 'disputes the debt' },
  'RPC-REF': { rpc: true, means: 'refuses to pay' },
  'RPC-CEASE': { rpc: true, means: 'asks not to be contacted' },
  'RPC-CB': { rpc: true, means: 'asks to be called at a time' },
  'RPC-VUL': { rpc: true, means: 'illness or distress' },
  REP: { rpc: false, means: 'someone claims to act for the person' },
  DEC: { rpc: false, means: 'said to have died' },
  IN: { rpc: true, means: 'the person called or wrote' },
} as const;
export type ResultCode = keyof typeof RESULT_CODES;

/** How a visit ends (ladders 10.1). */
export const VISIT_CODES = [
  'met',
  'promised',
  'agreed-plan',
  'refused',
  'moved',
  'not-there',
  'threatened',
  'deceased',
] as const;
export type VisitCode = (typeof VISIT_CODES)[number];

/** Why a person is late (ladders 10.2): one of them after every right-party contact. */
export const LATE_REASONS = [
  'forgot',
  'autopay-failed',
  'statement-not-received',
  'payday-differs',
  'technical',
  'travel',
  'income-fell',
  'lost-work',
  'illness',
  'family-event',
  'over-indebted',
  'business-failed',
  'disputes-amount',
  'disputes-service',
  'fraud',
  'prison',
  'disaster',
  'no-intention',
  'unknown',
] as const;
export type LateReason = (typeof LATE_REASONS)[number];
