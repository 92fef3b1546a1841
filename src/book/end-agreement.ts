import type { Selectable, Transaction } from 'kysely';
import type { AgreementEnded } from '../domain/account/events';
import type { Agreement } from '../domain/agreement/agreement';
import { isWeighty, overBecause, type AgreementEndReason } from '../domain/agreement/end';
import { localDate } from '../domain/calendar/zone';
import { fail } from '../domain/errors/forbear-error';
import type { Instant, Minor } from '../domain/units';
import { accountOf, type AccountRow } from './accounts';
import { lastState } from './fold';
import { accept } from './journal';
import { lockOffers } from './offers';
import { inTransaction, type Db } from './open-book';
import { zoneOfAsked } from './release-hold';
import { askedBefore, askSecond, letHappen, type Asking, type SecondRow } from './second-person';
import { actor, type Claim } from './staff';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;

export interface EndSaid {
  /** Makes it safe to ask again. */
  readonly id: string;
  /** Of the offer that it came from. */
  readonly agreement: string;
  readonly reason: AgreementEndReason;
  readonly at: Instant;
}

/** What is back in the budget of a role: minor units, of the month in which they were reserved (YYYY-MM). */
export interface GivenBack {
  readonly role: string;
  readonly month: string;
  readonly amount: Minor;
}

/** What became of it: over, with what is back in a budget, or waiting for a second person. */
export type EndedAgreement =
  | { readonly done: true; readonly agreement: string; readonly back: GivenBack | null }
  | { readonly done: false; readonly waits: SecondRow };

/**
 * Somebody of the staff ends an agreement that runs. One that gave something up stands until a second person lets it
 * end. Again under the same id it is the same.
 * Throws AGREEMENT_UNKNOWN, AGREEMENT_OVER, SECOND_DIFFERENT, EVENT_DIFFERENT, what `actor` throws.
 */
export function endAgreement(db: Db, ref: string, said: EndSaid, by: Claim): Promise<EndedAgreement> {
  return inTransaction(db, async (tx) => {
    const first = await actor(tx, by, 'end-agreement');
    // Decisions about agreements go one after the other, as those about offers do.
    await lockOffers(tx);
    const { id, agreement: name, reason, at } = said;
    const account = await accountOf(tx, ref);
    const { agreement, over } = await named(tx, account, name, at);
    const isRepeated = (await askedBefore(tx, id)) !== undefined || (await stands(tx, ref, id));
    if (over !== null && !isRepeated) fail('AGREEMENT_OVER', { id: name, ref, status: over });
    const body = { kind: 'agreement-ended', agreement: name, reason } as const;
    if (!isWeighty(agreement.terms)) {
      await accept(tx, ref, { ...body, id, at, by: first.ref }, 'staff');
      return { done: true, agreement: name, back: await givenBack(tx, name) };
    }
    const asking: Asking = {
      ...{ id, kind: 'end-agreement', account: ref, person: account.person, subject: name, body },
      ...{ why: reason, needs: 'end-agreement-weighty' },
    };
    const waits = await askSecond(tx, asking, first, at, account.zone);
    if (waits.status !== 'done') return { done: false, waits };
    return { done: true, agreement: name, back: await givenBack(tx, name) };
  });
}

/**
 * The second person lets an agreement end; that it runs still is looked at once more.
 * Throws AGREEMENT_OVER, SECOND_*, STAFF_*.
 */
export function approveEnd(
  db: Db,
  id: string,
  by: Claim,
  now: Instant,
): Promise<{ readonly row: SecondRow; readonly back: GivenBack | null }> {
  return inTransaction(db, async (tx) => {
    await lockOffers(tx);
    const row = await letHappen(tx, id, by, { now, zone: zoneOfAsked }, async (_tx, asked, second) => {
      const { account: ref, body, askedBy } = asked;
      if (ref === null || body.kind !== 'agreement-ended') return fail('SECOND_UNKNOWN', { id });
      const { over } = await named(tx, await accountOf(tx, ref), body.agreement, now);
      if (over !== null) fail('AGREEMENT_OVER', { id: body.agreement, ref, status: over });
      const event: AgreementEnded = { ...body, id, at: now, by: second.ref, asked: askedBy };
      await accept(tx, ref, event, 'staff');
    });
    return { row, back: await givenBack(tx, row.subject) };
  });
}

/** The agreement of that id, and why it is over, if it is. Throws AGREEMENT_UNKNOWN. */
async function named(
  tx: Tx,
  account: AccountRow,
  id: string,
  at: Instant,
): Promise<{ readonly agreement: Agreement; readonly over: string | null }> {
  const state = await lastState(tx, account);
  const agreement = state.agreements?.find((one) => one.id === id);
  if (agreement === undefined) return fail('AGREEMENT_UNKNOWN', { id, ref: account.ref });
  return { agreement, over: overBecause(state, agreement, localDate(at, account.zone)) };
}

async function stands(tx: Tx, account: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('journal')
    .select('seq')
    .where('account', '=', account)
    .where('eventId', '=', id)
    .where('kind', '=', 'agreement-ended')
    .executeTakeFirst();
  return row !== undefined;
}

/** What the offer of that id had reserved, which nobody decided to give up any more. */
async function givenBack(tx: Tx, offer: string): Promise<GivenBack | null> {
  const row: Pick<Selectable<Tables['offers']>, 'amount' | 'reservedRole' | 'reservedMonth'> | undefined =
    await tx
      .selectFrom('offers')
      .select(['amount', 'reservedRole', 'reservedMonth'])
      .where('id', '=', offer)
      .where('amount', '>', 0)
      .executeTakeFirst();
  if (row?.reservedRole == null || row.reservedMonth === null) return null;
  return { role: row.reservedRole, month: row.reservedMonth, amount: Number(row.amount) };
}
