import { sql, type Selectable, type Transaction } from 'kysely';
import { agreementFact } from '../domain/account/agreement';
import { DECIDERS, type Decider } from '../domain/agreement/authority';
import { instalmentsOf, waivedBy, type AgreementTerms } from '../domain/agreement/agreement';
import { isGiven, refusedOffer, WAIVER_DAYS } from '../domain/agreement/earlier-offers';
import { addDays } from '../domain/calendar/day';
import { localDate } from '../domain/calendar/zone';
import { fail } from '../domain/errors/forbear-error';
import { totalOf } from '../domain/ledger/components';
import type { OfferAsked } from '../domain/offer/asked';
import { mayNotApprove, type KnownOfOffer } from '../domain/offer/decide';
import type { Instant, IsoDate, Minor, Zone } from '../domain/units';
import { actingAs, budgetOf, type ActingAs } from './authority';
import { contentHash } from './ids';
import { accept } from './journal';
import { inTransaction, type Db } from './open-book';
import { actor, type Claim } from './staff';
import type { Tables } from './tables';
import { voidedOf } from './voided-offers';

export type OfferRow = Selectable<Tables['offers']>;

/**
 * Somebody of the staff asks for an offer. It stands in the book before the account is asked, so that the account finds
 * out from the book who asks. Again under the same id it is the same offer. Throws OFFER_DIFFERENT, what `actor` throws.
 */
export function askOffer(
  db: Db,
  account: { readonly ref: string; readonly person: string },
  offer: OfferAsked,
  by: Claim,
): Promise<OfferRow> {
  return inTransaction(db, async (tx) => {
    const { ref } = await actor(tx, by, 'offer');
    const hash = hashOf(offer);
    await tx
      .insertInto('offers')
      .values({
        ...{ id: offer.id, account: account.ref, person: account.person, kind: offer.kind },
        ...{ asked: JSON.stringify(offer), contentHash: hash, askedBy: ref, askedAt: offer.at },
        status: 'asked',
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const row = await offerOf(tx, offer.id);
    if (row.account !== account.ref || row.contentHash !== hash || row.askedBy !== ref)
      fail('OFFER_DIFFERENT', { id: offer.id });
    return row;
  });
}

/** When it was asked is not content: whoever asks the same again is understood. */
export const hashOf = ({ at: _at, ...content }: OfferAsked): string => contentHash(content);

/** The offer of that id, locked until the transaction ends. Throws OFFER_UNKNOWN. */
export async function offerOf(db: Db, id: string): Promise<OfferRow> {
  const row = await db.selectFrom('offers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row ?? fail('OFFER_UNKNOWN', { id });
}

/** Decisions about money go one after the other: what is left of a budget must not change under one's feet. */
export async function lockOffers(tx: Transaction<Tables>): Promise<void> {
  await sql`lock table offers in share row exclusive mode`.execute(tx);
}

/** All that the answer to an offer depends on and the account does not know. Null: whoever asked decides about nothing. */
export async function knownOf(
  tx: Transaction<Tables>,
  row: OfferRow,
  day: IsoDate,
  zone: Zone,
): Promise<KnownOfOffer | null> {
  const acting = await actingAs(tx, row.askedBy, day);
  if (acting === null) return null;
  const { given, lastWaiverOn, earlier } = await earlierThan(tx, row, day, zone);
  const own = ({ account }: OfferRow): boolean => account === row.account;
  return {
    role: acting.role,
    budgetLeft: await budgetLeft(tx, acting.role, day, row.id),
    givenBefore: given.filter(own).reduce((sum, { amount }) => sum + Number(amount), 0),
    lastWaiverOn,
    refusedOffer: refusedOffer(
      earlier.filter(own).map(({ status, askedAt, best }) => ({
        status,
        on: localDate(askedAt, zone),
        best: best === null ? null : Number(best),
      })),
      day,
    ),
    day,
    zone,
  };
}

/** The person's other offers of the last twelve months, those of them that stand, and the last waiver among these. */
async function earlierThan(tx: Transaction<Tables>, row: OfferRow, day: IsoDate, zone: Zone) {
  const since = addDays(day, -WAIVER_DAYS);
  const earlier = (
    await tx.selectFrom('offers').selectAll().where('person', '=', row.person).orderBy('askedAt').execute()
  ).filter(({ id, askedAt }) => id !== row.id && localDate(askedAt, zone) > since);
  const voided = await voidedOf(tx, earlier);
  const given = earlier.filter(({ id, status }) => isGiven(status) && !voided.has(id));
  const waiver = given.filter(({ kind }) => kind === 'waiver').at(-1);
  const lastWaiverOn = row.kind !== 'waiver' || waiver === undefined ? null : localDate(waiver.askedAt, zone);
  return { earlier, given, lastWaiverOn };
}

/** What is left of a role's budget in the month of a day; what waits and has not expired is reserved. */
export async function budgetLeft(db: Db, role: Decider, day: IsoDate, but = ''): Promise<Minor> {
  const rows = await db
    .selectFrom('offers')
    .select(['id', 'account', 'amount', 'status', 'until'])
    .where('reservedRole', '=', role)
    .where('reservedMonth', '=', day.slice(0, 7))
    .where('id', '!=', but)
    .where('amount', '>', 0)
    .where('status', 'in', ['accept', 'approved', 'needs-approval'])
    .execute();
  const voided = await voidedOf(db, rows);
  const reserved = rows
    .filter(
      ({ id, status, until }) => !voided.has(id) && (status !== 'needs-approval' || (until ?? '') >= day),
    )
    .reduce((sum, { amount }) => sum + Number(amount), 0);
  return (await budgetOf(db, role)) - reserved;
}

/** What became of an offer: the answer that the account gave. */
export async function writeAnswer(
  tx: Transaction<Tables>,
  id: string,
  answered: Pick<OfferRow, 'rule' | 'status' | 'best'> & {
    readonly answer: NonNullable<OfferRow['answer']>;
    readonly reserve: { readonly role: Decider; readonly amount: Minor } | null;
  },
  day: IsoDate,
): Promise<void> {
  const { rule, status, best, answer, reserve } = answered;
  await tx
    .updateTable('offers')
    .set({
      ...{ rule, status, best, answer: JSON.stringify(answer) },
      amount: reserve?.amount ?? 0,
      reservedRole: reserve?.role ?? null,
      reservedMonth: reserve === null ? null : day.slice(0, 7),
      approver: answer.by ?? null,
      until: answer.until ?? null,
    })
    .where('id', '=', id)
    .execute();
}

/**
 * A second person approves an offer that waits: what he may give up is his role's, in time, and he is not the first.
 * The agreement goes into the account's journal in the same transaction. Approved again by the same
 * one it is approved once.
 * Throws OFFER_UNKNOWN, OFFER_OVER, OFFER_MAY_NOT, what `actor` throws.
 */
export function approveOffer(db: Db, id: string, by: Claim, now: Instant): Promise<OfferRow> {
  return decided(db, id, by, now, async (tx, row, acting, day, account) => {
    if (row.status === 'approved' && row.decidedBy === acting.ref) return row;
    mustWait(row, day);
    const amount = Number(row.amount);
    const approver = row.approver as Decider;
    const theirs = await budgetLeft(tx, acting.role, day, row.id);
    const against =
      acting.standsInFor === row.askedBy
        ? 'same-person'
        : mayNotApprove(
            { askedBy: row.askedBy, by: approver, until: row.until ?? day, amount },
            { ref: acting.ref, role: acting.role, budgetLeft: theirs, day },
          );
    if (against !== null) fail('OFFER_MAY_NOT', { id, ref: acting.ref, reason: SAYS[against](row) });
    const terms = row.answer?.terms;
    if (terms === undefined) fail('OFFER_OVER', { id, status: row.status });
    await mustStillHold(tx, row, terms, day, account);
    await accept(tx, row.account, agreementFact(row, terms, now), 'offer');
    const given = waivedBy(terms);
    return ended(tx, row, 'approved', acting, now, {
      amount: given === null ? 0 : totalOf(given),
      reservedRole: given === null ? null : acting.role,
      reservedMonth: given === null ? null : day.slice(0, 7),
    });
  });
}

/** Between asking and approval the account may have closed, the first day have passed, another waiver been given. */
async function mustStillHold(
  tx: Transaction<Tables>,
  row: OfferRow,
  terms: AgreementTerms,
  day: IsoDate,
  { status, zone }: OfferedTo,
): Promise<void> {
  const no = (reason: string): never => fail('OFFER_MAY_NOT', { id: row.id, ref: row.askedBy, reason });
  if (status === 'closed') no('the account is closed');
  const first = instalmentsOf(terms)[0]?.due;
  if (first !== undefined && first < day) no(`its first payment was due on ${first}; ask anew`);
  const { lastWaiverOn } = await earlierThan(tx, row, day, zone);
  if (lastWaiverOn !== null) no('another waiver was given meanwhile');
}

const SAYS: Readonly<Record<NonNullable<ReturnType<typeof mayNotApprove>>, (row: OfferRow) => string>> = {
  'same-person': () => 'whoever asks is not the one who approves',
  role: ({ approver }) => `it needs ${approver ?? 'a higher role'}`,
  expired: ({ until }) => `it expired on ${until ?? ''}`,
  budget: () => "the role's budget of this month is used up",
};

/** Declined by somebody who could have approved it, or taken back by somebody of the staff. */
export function endOffer(
  db: Db,
  id: string,
  how: 'declined' | 'withdrawn',
  by: Claim,
  now: Instant,
): Promise<OfferRow> {
  return decided(db, id, by, now, (tx, row, acting, day) => {
    if (row.status === how) return Promise.resolve(row);
    mustWait(row, day);
    const reaches = DECIDERS.indexOf(acting.role) >= DECIDERS.indexOf(row.approver as Decider);
    if (how === 'declined' && !reaches)
      fail('OFFER_MAY_NOT', { id, ref: acting.ref, reason: SAYS.role(row) });
    return ended(tx, row, how, acting, now, {});
  });
}

/** Of the account that an offer is about. */
type OfferedTo = Pick<Selectable<Tables['accounts']>, 'status' | 'zone'>;

function decided(
  db: Db,
  id: string,
  by: Claim,
  now: Instant,
  decide: (
    tx: Transaction<Tables>,
    row: OfferRow,
    acting: ActingAs,
    day: IsoDate,
    account: OfferedTo,
  ) => Promise<OfferRow>,
): Promise<OfferRow> {
  return inTransaction(db, async (tx) => {
    const { ref } = await actor(tx, by, 'offer');
    await lockOffers(tx);
    const row = await offerOf(tx, id);
    const account = await tx
      .selectFrom('accounts')
      .select(['status', 'zone'])
      .where('ref', '=', row.account)
      .executeTakeFirstOrThrow();
    const day = localDate(now, account.zone);
    const acting = await actingAs(tx, ref, day);
    if (acting === null) fail('STAFF_MAY_NOT', { ref, roles: 'none that decides', right: 'offer' });
    return decide(tx, row, acting, day, account);
  });
}

function mustWait(row: OfferRow, day: IsoDate): void {
  const status = statusOn(row, day);
  if (status !== 'needs-approval') fail('OFFER_OVER', { id: row.id, status });
}

async function ended(
  tx: Transaction<Tables>,
  row: OfferRow,
  status: OfferRow['status'],
  acting: ActingAs,
  now: Instant,
  reserved: Partial<Pick<OfferRow, 'amount' | 'reservedRole' | 'reservedMonth'>>,
): Promise<OfferRow> {
  const change = { status, decidedBy: acting.ref, decidedRole: acting.role, decidedAt: now, ...reserved };
  await tx.updateTable('offers').set(change).where('id', '=', row.id).execute();
  return { ...row, ...change };
}

/** How an offer stands on a day: an approval that was not given in time is gone. */
export function statusOn({ status, until }: OfferRow, day: IsoDate): OfferRow['status'] {
  return status === 'needs-approval' && until !== null && day > until ? 'expired' : status;
}

/** Offers, the latest first: of an account, or those that wait. */
export async function listOffers(
  db: Db,
  filter: { readonly account?: string; readonly awaiting?: boolean; readonly day: IsoDate },
): Promise<OfferRow[]> {
  let query = db.selectFrom('offers').selectAll().orderBy('askedAt', 'desc').orderBy('id').limit(200);
  if (filter.account !== undefined) query = query.where('account', '=', filter.account);
  if (filter.awaiting === true)
    query = query.where('status', '=', 'needs-approval').where('until', '>=', filter.day);
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, status: statusOn(row, filter.day) }));
}
