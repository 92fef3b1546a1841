import { DECIDERS, type Decider } from '../domain/agreement/authority';
import { deciderOf } from '../domain/offer/roles';
import { fail } from '../domain/errors/forbear-error';
import type { IsoDate, Minor } from '../domain/units';
import { inTransaction, type Db } from './open-book';
import { actor, type Claim } from './staff';

/** What a role may give up a month where nobody said otherwise, in fen [assumption]. The committee has no end. */
const BUDGETS: Readonly<Record<Decider, Minor>> = {
  'self-service': 0,
  collector: 10_000_00,
  senior: 30_000_00,
  'team-leader': 100_000_00,
  head: 500_000_00,
  committee: Number.MAX_SAFE_INTEGER,
};

export interface ActingAs {
  readonly ref: string;
  readonly role: Decider;
  /** Whom somebody stands in for, where it is by that one's role. */
  readonly standsInFor: string | null;
}

/**
 * By which role somebody decides about money on a day: his own, or that of somebody he stands in for, whichever is
 * higher. The book knows; a message never says. Null for who decides about none, is no member of the staff, or has left.
 */
export async function actingAs(db: Db, ref: string, day: IsoDate): Promise<ActingAs | null> {
  const own = await rolesOf(db, ref);
  if (own === null) return null;
  const deputed = await db
    .selectFrom('staffDeputies')
    .select('member')
    .where('deputy', '=', ref)
    .where('fromDay', '<=', day)
    .where('untilDay', '>=', day)
    .execute();
  let best: ActingAs | null = null;
  const role = deciderOf(own);
  if (role !== null) best = { ref, role, standsInFor: null };
  for (const { member } of deputed) {
    const theirs = deciderOf((await rolesOf(db, member)) ?? []);
    if (theirs === null) continue;
    if (best === null || DECIDERS.indexOf(theirs) > DECIDERS.indexOf(best.role))
      best = { ref, role: theirs, standsInFor: member };
  }
  return best;
}

async function rolesOf(db: Db, ref: string): Promise<readonly string[] | null> {
  const row = await db
    .selectFrom('staff')
    .select(['roles', 'activeAt', 'leftAt'])
    .where('ref', '=', ref)
    .executeTakeFirst();
  return row === undefined || row.activeAt === null || row.leftAt !== null ? null : row.roles;
}

/** What a role may give up in a month. */
export async function budgetOf(db: Db, role: Decider): Promise<Minor> {
  const row = await db
    .selectFrom('roleBudgets')
    .select('amount')
    .where('role', '=', role)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? BUDGETS[role] : Number(row.amount);
}

/** Says what a role may give up a month. Throws what `actor` throws. */
export function setBudget(db: Db, role: Decider, amount: Minor, by: Claim): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { ref } = await actor(tx, by, 'role-budget');
    await tx.insertInto('roleBudgets').values({ role, amount, by: ref }).execute();
  });
}

/**
 * Names who stands in for oneself, from a day to another, both included. Nobody hands on what he stands in for.
 * Throws STAFF_UNKNOWN, OFFER_DEPUTY and what `actor` throws.
 */
export function nameDeputy(db: Db, deputy: string, from: IsoDate, until: IsoDate, by: Claim): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { ref } = await actor(tx, by, 'offer');
    if ((await rolesOf(tx, deputy)) === null) fail('STAFF_UNKNOWN', { ref: deputy });
    if (until < from || deputy === ref) fail('OFFER_DEPUTY', { ref, deputy, from, until });
    await tx
      .insertInto('staffDeputies')
      .values({ member: ref, deputy, fromDay: from, untilDay: until })
      .execute();
  });
}
