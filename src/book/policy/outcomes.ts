import type { ContactOutcome, VisitOutcome } from '../../domain/account/events';
import type { ResultCode, VisitCode } from '../../domain/account/result-codes';
import type { Outcome } from '../../domain/policy/pack/words';
import type { AttemptStatus } from '../tables';

/** What came of a call, as the packs measure it; null: the person called or wrote, and nobody made an attempt. */
export const OF_RESULT: Readonly<Record<ResultCode, Outcome | null>> = {
  NA: 'unanswered',
  BUSY: 'unanswered',
  OFF: 'unanswered',
  INV: 'invalid',
  WN: 'third-party',
  TP: 'third-party',
  'RPC-PTP': 'conversation',
  'RPC-INT': 'conversation',
  'RPC-PAID': 'conversation',
  'RPC-HARD': 'conversation',
  'RPC-DISP': 'conversation',
  'RPC-REF': 'conversation',
  'RPC-CEASE': 'conversation',
  'RPC-CB': 'conversation',
  'RPC-VUL': 'conversation',
  REP: 'third-party',
  DEC: 'third-party',
  IN: null,
};

export const OF_VISIT: Readonly<Record<VisitCode, Outcome>> = {
  met: 'met',
  promised: 'met',
  'agreed-plan': 'met',
  refused: 'met',
  threatened: 'met',
  moved: 'not-met',
  'not-there': 'not-met',
  deceased: 'third-party',
};

export function outcomeOf(event: ContactOutcome | VisitOutcome): Outcome | null {
  return event.kind === 'visit-outcome' ? OF_VISIT[event.code] : OF_RESULT[event.code];
}

const SPOKEN = ['call', 'visit'];

/**
 * What is known of an attempt by itself. A message that the carrier took was sent; of a call or visit nobody knows more
 * than that it was made until its outcome is told, so that it counts as each.
 */
export function outcomeSoFar(channel: string, status: AttemptStatus, delivery: string | null): Outcome {
  if (status === 'reserved') return 'open';
  if (status === 'unknown') return 'unknown';
  if (status !== 'accepted') return 'refused';
  if (SPOKEN.includes(channel)) return 'open';
  if (delivery === null) return 'sent';
  return DELIVERED.test(delivery) ? 'delivered' : UNDELIVERED.test(delivery) ? 'undelivered' : 'sent';
}

/** As carriers say it: SMPP's words, and those of mail servers. */
const DELIVERED = /^(DELIVRD|delivered|arrived)$/i;
const UNDELIVERED = /^(UNDELIV|EXPIRED|REJECTD|DELETED|undelivered|returned)$/i;
