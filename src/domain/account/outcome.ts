import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { IsoDate } from '../units';
import type { ContactOutcome, VisitOutcome } from './events';
import { holdAtOnce } from './hold';
import { mark } from './mark';
import { claimPaid } from './paid-claim';
import { RESULT_CODES, type ResultCode } from './result-codes';
import type { AccountState, Counts, OpenTask } from './state';

/** The day steps are anchored to after each result (ladders 10.1). A right-party contact also marks `rpc`. */
const CONTACT_MARKS: Readonly<Record<ResultCode, string | null>> = {
  NA: null,
  BUSY: null,
  OFF: null,
  INV: 'invalid-number',
  WN: 'wrong-number',
  TP: 'third-party',
  'RPC-PTP': null,
  'RPC-INT': 'intention',
  // Set below: it rests contact once a month only.
  'RPC-PAID': null,
  'RPC-HARD': 'hardship',
  'RPC-DISP': 'disputed',
  'RPC-REF': 'refused',
  'RPC-CEASE': 'cease',
  'RPC-CB': null,
  'RPC-VUL': 'vulnerable',
  REP: 'representative',
  DEC: 'said-dead',
  IN: 'inbound',
};
const VISIT_MARKS: Readonly<Record<VisitOutcome['code'], readonly string[]>> = {
  met: ['rpc'],
  promised: ['rpc'],
  'agreed-plan': ['rpc', 'agreed-plan'],
  refused: ['rpc', 'refused'],
  moved: ['moved'],
  'not-there': ['not-there'],
  threatened: ['rpc', 'threatened'],
  deceased: ['said-dead'],
};
/** Time to show a mandate (ladders 10.1), the first day included. */
export const MANDATE_DAYS = 5;

export function contactOutcome(account: AccountState, event: ContactOutcome): AccountState {
  const { code } = event;
  const day = localDate(event.at, account.terms.zone);
  const { rpc } = RESULT_CODES[code];
  const marked = mark(
    account,
    [rpc ? 'rpc' : null, CONTACT_MARKS[code]].filter((name) => name !== null),
    day,
  );
  const counted: AccountState = {
    ...marked,
    counts: countContact(account.counts, rpc, code),
    open: rpc ? withoutCampaign(account.open, event.step) : account.open,
    facts: event.reason === undefined ? account.facts : { ...account.facts, late_reason: event.reason },
  };
  return special(counted, event, day);
}

/** What a result sets off beyond its count and its mark. */
function special(account: AccountState, event: ContactOutcome, day: IsoDate): AccountState {
  // What it says of another party than the main one is that party's: the book holds contact with that person.
  if (event.party !== undefined) return account;
  switch (event.code) {
    case 'DEC':
      return holdAtOnce(account, event, 'deceased', day);
    case 'RPC-VUL':
      return holdAtOnce(account, event, 'vulnerable', day);
    case 'RPC-CEASE':
      return holdAtOnce(account, event, 'cease-contact', day);
    case 'REP':
      return checkMandate(account, event, day);
    case 'RPC-PAID':
      return claimPaid(account, event.id, day);
    case 'RPC-CB':
      return mark(account, ['call-back'], localDate(event.callBackAt ?? event.at, account.terms.zone));
    default:
      return account;
  }
}

/** The campaign pauses while the mandate is checked, once: whoever says so again gains nothing. */
function checkMandate(account: AccountState, event: ContactOutcome, day: IsoDate): AccountState {
  if (account.holds.some(({ type }) => type === 'mandate-check')) return account;
  return holdAtOnce(account, event, 'mandate-check', day, addDays(day, MANDATE_DAYS - 1));
}

/** Who called us was not contacted by us; everything else was an attempt. */
function countContact(counts: Counts, rpc: boolean, code: ResultCode): Counts {
  return {
    ...counts,
    contacts: counts.contacts + (code === 'IN' ? 0 : 1),
    rpc: counts.rpc + (rpc ? 1 : 0),
    unanswered: rpc ? 0 : counts.unanswered + 1,
  };
}

/** Without a step, every campaign has reached its end: the person was on the line. */
function withoutCampaign(open: readonly OpenTask[], step: string | undefined): readonly OpenTask[] {
  return open.filter((task) => task.kind !== 'campaign' || (step !== undefined && task.step !== step));
}

export function visitOutcome(account: AccountState, event: VisitOutcome): AccountState {
  const day = localDate(event.at, account.terms.zone);
  const marks = VISIT_MARKS[event.code];
  const met = marks.includes('rpc');
  const { counts } = account;
  const visited: AccountState = {
    ...mark(account, ['visited', ...marks], day),
    counts: {
      ...counts,
      visits: counts.visits + 1,
      rpc: counts.rpc + (met ? 1 : 0),
      unanswered: met ? 0 : counts.unanswered,
    },
    open: account.open.filter(
      (task) => task.kind !== 'visit' || (event.step !== undefined && task.step !== event.step),
    ),
  };
  const followed = event.followUpOn === undefined ? visited : mark(visited, ['follow-up'], event.followUpOn);
  return event.code === 'deceased' && event.party === undefined
    ? holdAtOnce(followed, event, 'deceased', day)
    : followed;
}
