import { readTerms } from '../agreement/read-terms';
import { HOLD_EFFECTS } from '../hold/effects';
import { Fields, Refused } from './fields';
import { DISPUTE_REASONS } from './dispute-reasons';
import { readContract } from '../ledger/read-contract';
import { PAYERS, type AccountEvent, type DisputedItem, type EventKind, type HostFigures } from './events';
import { COMPLAINT_CAUSES } from './complaint-causes';
import { MOST_PARTS } from './promise';
import { LATE_REASONS, RESULT_CODES, VISIT_CODES } from './result-codes';

export type ReadEvent = { readonly event: AccountEvent } | { readonly refused: string };

/**
 * Reads a message of that name (an event's kind) into an event, or says why it is none. Fields that the event does not
 * have are left behind. Hand-written because it runs inside workflows, where no schema library may come; never throws.
 */
export function readEvent(name: string, payload: unknown): ReadEvent {
  const read = READERS.get(name);
  if (read === undefined) return { refused: `"${name.slice(0, 40)}" is not a kind of event` };
  try {
    const fields = new Fields(payload);
    return { event: clean({ ...told(fields), ...read(fields) }) as AccountEvent };
  } catch (error) {
    return { refused: error instanceof Refused ? error.message : 'The message could not be read' };
  }
}

function told(f: Fields) {
  return { id: f.text('id'), at: f.instant('at'), by: f.maybe('by', f.text), seq: f.maybe('seq', f.count) };
}

/** Optional fields that were not given are left out, so that equal events are equal. */
function clean(event: object): object {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}

/** Items that one dispute may name. */
export const MOST_ITEMS = 50;
const OUTCOMES = ['upheld', 'partly', 'rejected'] as const;

type Reader<K extends EventKind> = (f: Fields) => Given<Extract<AccountEvent, { kind: K }>>;
type Given<E> = { readonly [F in keyof Omit<E, 'id' | 'at' | 'by' | 'seq'>]: E[F] };

const TABLE: { readonly [K in EventKind]: Reader<K> } = {
  payment: (f) => ({
    kind: 'payment',
    amount: f.amount('amount'),
    valueDate: f.date('valueDate'),
    postingDate: f.maybe('postingDate', f.date),
    method: f.maybe('method', f.text),
    pending: f.maybe('pending', f.flag),
    posts: f.maybe('posts', f.text),
    payer: f.maybe('payer', (name) => f.oneOf(name, PAYERS)),
  }),
  refund: (f) => ({
    kind: 'refund',
    amount: f.amount('amount'),
    valueDate: f.date('valueDate'),
    postingDate: f.maybe('postingDate', f.date),
    countsTowardsMinimum: f.flag('countsTowardsMinimum'),
  }),
  reversal: (f) => ({
    kind: 'reversal',
    of: f.text('of'),
    reason: f.oneOf('reason', ['returned', 'chargeback', 'mistake']),
    undone: f.maybe('undone', f.flag),
  }),
  adjustment: (f) => ({
    kind: 'adjustment',
    amount: f.signedAmount('amount'),
    valueDate: f.date('valueDate'),
    obligation: f.maybe('obligation', f.text),
  }),
  charge: (f) => ({
    kind: 'charge',
    amount: f.amount('amount'),
    valueDate: f.date('valueDate'),
    component: f.oneOf('component', ['costs', 'late-charge']),
  }),
  payout: (f) => ({ kind: 'payout', amount: f.amount('amount'), valueDate: f.date('valueDate') }),
  loan: (f) => ({ kind: 'loan', ...readContract(f) }),
  acceleration: (f) => ({ kind: 'acceleration', undone: f.maybe('undone', f.flag) }),
  'write-off': (f) => ({ kind: 'write-off', undone: f.maybe('undone', f.flag) }),
  'host-update': (f) => ({
    kind: 'host-update',
    figures: figures(f.inner('figures')),
    facts: f.maybe('facts', f.facts),
    wanted: f.maybe('wanted', f.flag),
  }),
  obligation: (f) => ({
    kind: 'obligation',
    obligation: f.text('obligation'),
    due: f.date('due'),
    amount: f.amount('amount'),
    statementDate: f.maybe('statementDate', f.date),
  }),
  facts: (f) => ({ kind: 'facts', facts: f.facts('facts') }),
  score: (f) => ({ kind: 'score', model: f.model('model'), value: f.whole('value'), on: f.date('on') }),
  'dispute-raised': (f) => ({
    kind: 'dispute-raised',
    dispute: f.text('dispute'),
    amount: f.maybe('amount', f.amount),
    reason: f.oneOf('reason', DISPUTE_REASONS),
    items: f.maybe('items', (name) => f.list(name, MOST_ITEMS, item)),
    again: f.maybe('again', f.flag),
  }),
  'dispute-resolved': (f) => ({
    kind: 'dispute-resolved',
    dispute: f.text('dispute'),
    outcome: f.oneOf('outcome', OUTCOMES),
    amount: f.maybe('amount', f.amount),
  }),
  'dispute-evidence': (f) => ({
    kind: 'dispute-evidence',
    dispute: f.text('dispute'),
    evidence: f.oneOf('evidence', ['asked', 'received']),
  }),
  complaint: (f) => ({
    kind: 'complaint',
    complaint: f.text('complaint'),
    cause: f.oneOf('cause', COMPLAINT_CAUSES),
    channel: f.text('channel'),
    collector: f.maybe('collector', f.text),
    agency: f.maybe('agency', f.text),
    matter: f.maybe('matter', f.text),
    rests: f.maybe('rests', f.flag),
  }),
  'complaint-answered': (f) => ({
    kind: 'complaint-answered',
    complaint: f.text('complaint'),
    outcome: f.oneOf('outcome', OUTCOMES),
  }),
  promise: (f) => ({
    kind: 'promise',
    promise: f.text('promise'),
    amount: f.maybe('amount', f.amount),
    date: f.maybe('date', f.date),
    method: f.maybe('method', f.text),
    givenBy: f.oneOf('givenBy', ['debtor', 'third-party']),
    channel: f.text('channel'),
    parts: f.maybe('parts', (name) =>
      f.list(name, MOST_PARTS, (part) => ({ amount: part.amount('amount'), date: part.date('date') })),
    ),
    party: f.maybe('party', f.text),
    beside: f.maybe('beside', f.flag),
    restOf: f.maybe('restOf', f.text),
    intention: f.maybe('intention', f.flag),
  }),
  'promise-cancelled': (f) => ({ kind: 'promise-cancelled', promise: f.text('promise') }),
  agreement: (f) => ({
    kind: 'agreement',
    agreement: f.text('agreement'),
    rule: f.maybe('rule', f.text),
    terms: readTerms(f.inner('terms')),
  }),
  'agreement-ended': (f) => ({
    kind: 'agreement-ended',
    agreement: f.text('agreement'),
    reason: f.maybe('reason', f.text),
    asked: f.maybe('asked', f.text),
  }),
  'contact-outcome': (f) => ({
    kind: 'contact-outcome',
    code: f.oneOf('code', keys(RESULT_CODES)),
    channel: f.text('channel'),
    step: f.maybe('step', f.text),
    reason: f.maybe('reason', (name) => f.oneOf(name, LATE_REASONS)),
    callBackAt: f.maybe('callBackAt', f.instant),
    party: f.maybe('party', f.text),
    agency: f.maybe('agency', f.text),
  }),
  'visit-outcome': (f) => ({
    kind: 'visit-outcome',
    step: f.maybe('step', f.text),
    code: f.oneOf('code', VISIT_CODES),
    followUpOn: f.maybe('followUpOn', f.date),
    party: f.maybe('party', f.text),
    agency: f.maybe('agency', f.text),
  }),
  delivery: (f) => ({
    kind: 'delivery',
    step: f.text('step'),
    status: f.oneOf('status', ['delivered', 'undelivered', 'arrived', 'returned']),
  }),
  'host-result': (f) => ({
    kind: 'host-result',
    step: f.text('step'),
    result: f.oneOf('result', ['done', 'failed', 'refused']),
  }),
  'debit-result': (f) => ({
    kind: 'debit-result',
    date: f.date('date'),
    result: f.oneOf('result', ['paid', 'failed']),
    due: f.maybe('due', f.date),
    retryOn: f.maybe('retryOn', f.date),
  }),
  'paid-claim': (f) => ({
    kind: 'paid-claim',
    channel: f.text('channel'),
    paidOn: f.maybe('paidOn', f.date),
    amount: f.maybe('amount', f.amount),
    method: f.maybe('method', f.text),
  }),
  'task-result': (f) => ({ kind: 'task-result', step: f.text('step'), result: f.text('result') }),
  hold: (f) => ({
    kind: 'hold',
    hold: f.text('hold'),
    type: f.oneOf('type', keys(HOLD_EFFECTS)),
    from: f.date('from'),
    until: f.maybe('until', f.date),
    party: f.maybe('party', f.text),
    items: f.maybe('items', (name) => f.list(name, MOST_ITEMS, item)),
  }),
  release: (f) => ({
    kind: 'release',
    hold: f.text('hold'),
    lastDay: f.maybe('lastDay', f.date),
    event: f.maybe('event', f.text),
    on: f.maybe('on', f.date),
    asked: f.maybe('asked', f.text),
  }),
  'contact-changed': (f) => ({ kind: 'contact-changed', reachable: f.flag('reachable') }),
  close: (f) => ({ kind: 'close', reason: f.oneOf('reason', ['settled', 'sold', 'closed']) }),
};

function item(f: Fields): DisputedItem {
  return { item: f.text('item'), ...clean({ amount: f.maybe('amount', f.amount) }) };
}

function figures(f: Fields): HostFigures {
  return clean({
    asOf: f.instant('asOf'),
    pastDue: f.amount('pastDue'),
    oldestDue: f.orNull('oldestDue', f.date),
    cycles: f.count('cycles'),
    balance: f.signedAmount('balance'),
    nextDue: f.maybe('nextDue', f.date),
    nextAmount: f.maybe('nextAmount', f.amount),
    statementDate: f.maybe('statementDate', f.date),
  }) as HostFigures;
}

function keys<T extends object>(table: T): readonly (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}

const READERS = new Map<string, (f: Fields) => object>(Object.entries(TABLE));
