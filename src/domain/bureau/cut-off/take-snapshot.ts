import type { Enrolment } from '../../account/enrolment';
import type { AccountEvent } from '../../account/events';
import type { AccountState, Dispute } from '../../account/state';
import { addDays, maxDate } from '../../calendar/day';
import { localDate } from '../../calendar/zone';
import { pastDueParts, standing, type Standing } from '../../delinquency/standing';
import { activeHolds } from '../../hold/active';
import type { Counting } from '../../strategy/strategy';
import type { IsoDate, Minor, Scalar } from '../../units';
import { accountOn } from './account-on';
import type { Bankrupt, DisputeKnown, Ended, PartyState, Snapshot } from './snapshot';

/** An account's journal, and how its strategy counts. */
export interface Journal {
  readonly enrolment: Enrolment;
  readonly facts: readonly AccountEvent[];
  readonly counting: Counting;
}

/**
 * How an account stood at the end of its cut-off day, by what is known now. Pure: the same journal may be asked about
 * any day, which is how a month that was told wrongly is told again.
 * @param since the cut-off day before: money after it counts as paid in the period
 */
export function takeSnapshot(journal: Journal, on: IsoDate, since: IsoDate): Snapshot {
  const { enrolment, facts, counting } = journal;
  const account = accountOn(enrolment, facts, on);
  const at = standing(account, counting, on);
  const { terms } = account;
  const paid = paidMovements(account, on);
  const fact = (name: string): Scalar | undefined => account.facts[name];
  const money = (name: string): Minor | null => wholeNumber(fact(name));
  const ended = endOf(journal, account, at, on);
  const before = ended === null ? at : standingOn(journal, addDays(ended.on, -1));
  const highest = money('highest_balance') ?? money('original_amount');
  return {
    v: 1,
    on,
    ...{ product: terms.product, currency: terms.currency, openedOn: terms.openedOn ?? null },
    ...{ months: wholeNumber(fact('terms_months')), limit: money('credit_limit'), highest },
    ...{ balance: at.balance, scheduled: at.nextAmount },
    paid: paid.filter(({ valueDate }) => valueDate > since).reduce((sum, { amount }) => sum + amount, 0),
    lastPayment:
      paid
        .map(({ valueDate }) => valueDate)
        .sort()
        .at(-1) ?? null,
    ...{ dpd: at.contractDpd, inGrace: at.inGrace, pastDue: at.contractDpd > 0 ? at.pastDue : 0 },
    late: pastDueParts(account, on, counting).map(({ contractDays, amount }) => ({
      days: contractDays,
      amount,
    })),
    oldestDue: before.oldestDue,
    currentOn: before.oldestDue === null ? on : currentOn(journal, account, on),
    chargedOff: account.writtenOff ? owedAtWriteOff(journal, on) : null,
    ended,
    disputes: account.disputes.map((dispute) => disputeKnown(account, dispute)),
    bankruptcy: bankruptcyOf(account, on),
    deceased: activeHolds(account.holds, on).some(({ type }) => type === 'deceased'),
    closedBy: closedBy(fact('closed_by')),
    parties: partiesOf(account, on),
  };
}

function standingOn({ enrolment, facts, counting }: Journal, day: IsoDate): Standing {
  return standing(accountOn(enrolment, facts, day), counting, day);
}

/** Facts that are money stand in minor units. */
function wholeNumber(value: Scalar | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function closedBy(value: Scalar | undefined): Snapshot['closedBy'] {
  return value === 'consumer' || value === 'grantor' ? value : null;
}

function paidMovements({ owed }: AccountState, on: IsoDate) {
  return owed.movements.filter(
    ({ kind, pending, reversedAt, valueDate }) =>
      kind === 'payment' && pending !== true && reversedAt === undefined && valueDate <= on,
  );
}

/** Dates on which it may have become current are those of money, or of the host's figures. */
function currentOn(
  { enrolment, facts, counting }: Journal,
  account: AccountState,
  on: IsoDate,
): IsoDate | null {
  const { terms, owed } = account;
  let last: IsoDate | null = null;
  if (terms.books === 'host') {
    for (const event of [...enrolment.events, ...facts]) {
      if (event.kind !== 'host-update' || event.figures.pastDue > counting.tolerance) continue;
      const day = localDate(event.figures.asOf, terms.zone);
      if (day <= on && (last === null || day > last)) last = day;
    }
    return last;
  }
  for (const { valueDate } of owed.movements) {
    if (valueDate > on || (last !== null && valueDate <= last)) continue;
    if (standing(account, counting, valueDate).contractDpd === 0) last = valueDate;
  }
  return last;
}

function owedAtWriteOff(journal: Journal, on: IsoDate): Minor {
  const zone = journal.enrolment.terms.zone;
  const days = [...journal.enrolment.events, ...journal.facts]
    .filter((event) => event.kind === 'write-off' && event.undone !== true)
    .map(({ at }) => localDate(at, zone))
    .filter((day) => day <= on)
    .sort();
  return standingOn(journal, days.at(-1) ?? on).balance;
}

/**
 * How it ended, for a bureau. An account that the engine closed as cured goes on being told; so does one that was closed
 * with something owed. A loan ends when all of it is paid, whether anybody said so or not; a card with nothing owed does not.
 */
function endOf(journal: Journal, account: AccountState, at: Standing, on: IsoDate): Ended | null {
  const { closed, terms } = account;
  const dpdBefore = (day: IsoDate) => standingOn(journal, addDays(day, -1)).contractDpd;
  const end = (how: Ended['how'], day: IsoDate): Ended => ({ how, on: day, dpdBefore: dpdBefore(day) });
  if (closed?.reason === 'sold') return end('sold', closed.on);
  if (closed?.reason === 'settled') return end(at.balance > 0 ? 'settled' : 'paid', closed.on);
  if (closed?.reason === 'closed' && at.balance <= 0) return end('closed', closed.on);
  if (at.balance > 0 || !(account.writtenOff || terms.product === 'consumer_loan')) return null;
  const paid = paidMovements(account, on).map(({ valueDate }) => valueDate);
  return paid.length === 0 ? null : end('paid', paid.reduce(maxDate));
}

/** A billing error on a card is disputed under one law in the United States, all else under the other. */
const BILLING: ReadonlySet<string> = new Set(['wrong-amount', 'service']);

export function disputeKnown(
  { terms, facts }: AccountState,
  { id, reason, resolved }: Dispute,
): DisputeKnown {
  const said = facts['dispute_disagreed'];
  return {
    id,
    law: terms.product === 'credit_card' && terms.currency === 'USD' && BILLING.has(reason) ? 'fcba' : 'fcra',
    open: resolved === undefined,
    disagrees: resolved !== undefined && (said === true || said === id),
  };
}

const CHAPTERS: ReadonlySet<unknown> = new Set([7, 11, 12, 13]);
const STAGES: ReadonlySet<unknown> = new Set([
  'petition',
  'discharged',
  'dismissed',
  'reaffirmed',
  'rescinded',
]);

/** The hold says that there is one and since when; chapter and stage are facts that the lender's system or a person tells. */
function bankruptcyOf({ holds, facts }: AccountState, on: IsoDate): Bankrupt | null {
  const hold = activeHolds(holds, on).find(({ type }) => type === 'bankruptcy');
  if (hold === undefined) return null;
  const stage = facts['bankruptcy_stage'];
  return {
    chapter: chapterOf(facts),
    stage: STAGES.has(stage) ? (stage as Bankrupt['stage']) : 'petition',
    petition: hold.from,
  };
}

function chapterOf(facts: AccountState['facts']): Bankrupt['chapter'] {
  const chapter = facts['bankruptcy_chapter'];
  return CHAPTERS.has(chapter) ? (chapter as Bankrupt['chapter']) : null;
}

function partiesOf(
  { partyHolds = [], facts }: AccountState,
  on: IsoDate,
): Readonly<Record<string, PartyState>> {
  const states: Record<string, PartyState> = {};
  for (const { type, party, from, until } of partyHolds) {
    if (from > on || (until !== null && on > until)) continue;
    if (type === 'deceased') states[party] = { ...states[party], deceased: true };
    if (type === 'bankruptcy') states[party] = { ...states[party], bankrupt: chapterOf(facts) };
  }
  return states;
}
