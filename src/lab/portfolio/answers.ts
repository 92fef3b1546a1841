import { addDays, daysBetween } from '../../domain/calendar/day';
import type { VisitOutcome } from '../../domain/account/events';
import type { LateReason, ResultCode } from '../../domain/account/result-codes';
import type { IsoDate, Minor } from '../../domain/units';
import type { Card, Manner } from './card';
import type { Life } from './life';
import { Random } from './random';

/** What is asked of a person, and when: enough to answer the same whenever it is asked. */
export interface Occasion {
  readonly seed: number;
  readonly card: Card;
  readonly life: Life;
  readonly on: IsoDate;
  /** Names the occasion within the account: step, anchor, number, attempt. */
  readonly key: string;
}

export interface CallAnswer {
  readonly code: ResultCode;
  readonly reason?: LateReason;
  readonly promise?: { readonly amount: Minor; readonly date: IsoDate };
}
export interface VisitAnswer {
  readonly code: VisitOutcome['code'];
  readonly followUpOn?: IsoDate;
  readonly promise?: { readonly amount: Minor; readonly date: IsoDate };
}

/** A collector's attempt reaches the right person this often (ladders 13), more or less by manner. */
const REACHED = 0.15;
const REACH: Readonly<Record<Manner, number>> = {
  forgetful: 1.6,
  promises: 1.6,
  'in-hardship': 1.1,
  refuses: 0.8,
  unreachable: 0,
  disputes: 1,
  vulnerable: 1,
  deceased: 1,
};
/** Who is about to pay within so many days says so, and keeps it. */
const PAYS_SOON = 5;

const REASONS: Readonly<Record<Manner, readonly [LateReason, ...LateReason[]]>> = {
  forgetful: ['forgot', 'travel', 'statement-not-received', 'payday-differs'],
  promises: ['payday-differs', 'income-fell', 'family-event'],
  'in-hardship': ['lost-work', 'income-fell', 'over-indebted', 'business-failed'],
  refuses: ['no-intention', 'disputes-service'],
  unreachable: ['unknown'],
  disputes: ['disputes-amount'],
  vulnerable: ['illness'],
  deceased: ['unknown'],
};

/** How one dialled attempt ends. */
export function answerCall(occasion: Occasion): CallAnswer {
  const { card } = occasion;
  const random = new Random(occasion.seed, card.number, 'call', occasion.key);
  if (!random.chance(REACHED * REACH[card.manner])) return { code: missed(card.manner, random) };
  if (card.manner === 'deceased') return { code: 'DEC' };
  return conversation(occasion, random);
}

/** What the person says who calls in after a message, or null: most only read it. */
export function answerMessage(occasion: Occasion): CallAnswer | null {
  const { card } = occasion;
  const random = new Random(occasion.seed, card.number, 'message', occasion.key);
  const speaks = card.manner === 'forgetful' || card.manner === 'promises' || card.manner === 'in-hardship';
  if (!speaks || !random.chance(0.05)) return null;
  const soon = nextPayment(occasion);
  const reason = random.pick(REASONS[card.manner]);
  return soon === null ? { code: 'IN', reason } : { code: 'IN', reason, promise: soon };
}

/** What two people find at a door: somebody in a third of the visits (ladders 13). */
export function answerVisit(occasion: Occasion): VisitAnswer {
  const { card, on } = occasion;
  const random = new Random(occasion.seed, card.number, 'visit', occasion.key);
  if (card.manner === 'deceased') return { code: 'deceased' };
  if (!random.chance(0.33)) return { code: random.chance(0.08) ? 'moved' : 'not-there' };
  const soon = nextPayment(occasion);
  if (soon !== null || random.chance(0.2)) {
    const promise = soon ?? emptyPromise(occasion, random);
    return { code: 'promised', followUpOn: addDays(on, 7), promise };
  }
  if (card.manner === 'refuses') return { code: random.chance(0.9) ? 'refused' : 'threatened' };
  return { code: random.chance(0.5) ? 'met' : 'refused' };
}

/** Whether what was posted reached the address. */
export function letterArrives(occasion: Occasion): boolean {
  const random = new Random(occasion.seed, occasion.card.number, 'letter', occasion.key);
  return random.chance(occasion.card.manner === 'unreachable' ? 0.6 : 0.95);
}

function missed(manner: Manner, random: Random): ResultCode {
  if (manner === 'unreachable')
    return random.weighted<ResultCode>([
      ['NA', 60],
      ['OFF', 38],
      ['INV', 2],
    ]);
  return random.weighted<ResultCode>([
    ['NA', 60],
    ['OFF', 15],
    ['BUSY', 17],
    ['TP', 8],
  ]);
}

function conversation(occasion: Occasion, random: Random): CallAnswer {
  const { card } = occasion;
  const reason = random.pick(REASONS[card.manner]);
  const soon = nextPayment(occasion);
  if (soon !== null) return { code: 'RPC-PTP', reason, promise: soon };
  switch (card.manner) {
    case 'vulnerable':
      return { code: 'RPC-VUL', reason };
    case 'disputes':
      return { code: random.chance(0.5) ? 'RPC-DISP' : 'RPC-INT', reason };
    case 'in-hardship':
      return { code: random.chance(0.7) ? 'RPC-HARD' : 'RPC-INT', reason };
    case 'refuses':
      return {
        code: random.weighted<ResultCode>([
          ['RPC-REF', 90],
          ['RPC-CEASE', 4],
          ['RPC-PAID', 6],
        ]),
        reason,
      };
    case 'promises':
      return random.chance(0.7)
        ? { code: 'RPC-PTP', reason, promise: emptyPromise(occasion, random) }
        : { code: 'RPC-INT', reason };
    default:
      return {
        code: random.weighted<ResultCode>([
          ['RPC-INT', 70],
          ['RPC-PAID', 10],
          ['RPC-CB', 20],
        ]),
        reason,
      };
  }
}

/** The payment that the person is going to make anyway, where it is near. */
function nextPayment({ life, on }: Occasion): { amount: Minor; date: IsoDate } | null {
  for (const event of life.events) {
    if (event.kind !== 'payment' || event.pending === true || event.valueDate < on) continue;
    if (event.id.endsWith('-returned') || event.id.endsWith('-part')) continue;
    return daysBetween(on, event.valueDate) <= PAYS_SOON
      ? { amount: event.amount, date: event.valueDate }
      : null;
  }
  return null;
}

/** A promise that nothing will follow. */
function emptyPromise({ card, on }: Occasion, random: Random): { amount: Minor; date: IsoDate } {
  return { amount: card.minimum, date: addDays(on, random.whole(2, 5)) };
}
