import type { Selectable, Transaction } from 'kysely';
import { addDays } from '../domain/calendar/day';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant, IsoDate } from '../domain/units';
import { lockAccounts } from './append';
import { lockPeople } from './locks';
import { inTransaction, type Db } from './open-book';
import { endRole, writeParties } from './parties';
import { putPerson, type NewPerson } from './people';
import { endHold, holdsOf } from './person-holds';
import { settleHolds } from './personal';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;
export type MandateRow = Selectable<Tables['mandates']>;

/** What became of it: who acts, on which accounts, and which of them heard that the check is over. */
export interface MandateGiven {
  readonly representative: string;
  readonly accounts: readonly string[];
  readonly told: readonly string[];
}

/**
 * Somebody acts for a person on every account there is and will be. The mandate was checked once, for the person: a rest
 * for its check ends on all accounts. The same again changes nothing but who checked it last.
 */
export function giveMandate(
  db: Db,
  person: string,
  representative: NewPerson,
  said: { readonly since: IsoDate; readonly checkedBy: string; readonly at: Instant },
): Promise<MandateGiven> {
  return inTransaction(db, async (tx) => {
    const { ref } = await putPerson(tx, representative);
    const accounts = await lockOwn(tx, person, ref);
    const { since, checkedBy, at } = said;
    const checked = { checkedBy, checkedAt: at };
    await tx
      .insertInto('mandates')
      .values({ person, representative: ref, since, until: null, ...checked })
      .onConflict((conflict) =>
        conflict.columns(['person', 'representative']).doUpdateSet({ until: null, ...checked }),
      )
      .execute();
    for (const account of accounts) await writeParties(tx, account, [acting(ref)], since);
    for (const { hold, type, until } of await holdsOf(tx, person))
      if (type === 'mandate-check' && (until === null || until >= since))
        await endHold(tx, [person], hold, addDays(since, -1));
    const told: string[] = [];
    for (const account of accounts) if (await settleHolds(tx, account, at)) told.push(account);
    return { representative: ref, accounts, told };
  });
}

/** Ends it on every account with its last day. Throws PARTY_UNKNOWN. */
export function endMandate(
  db: Db,
  person: string,
  representative: string,
  lastDay: IsoDate,
): Promise<readonly string[]> {
  return inTransaction(db, async (tx) => {
    const accounts = await lockOwn(tx, person, representative);
    const ended = await tx
      .updateTable('mandates')
      .set({ until: lastDay })
      .where('person', '=', person)
      .where('representative', '=', representative)
      .where('until', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n)
      throw new ForbearError('PARTY_UNKNOWN', {
        ...{ account: 'of every account', person: representative, role: 'representative' },
      });
    for (const account of accounts) {
      await endRole(tx, { account, person: representative, role: 'representative' }, lastDay);
      await settleHolds(tx, account);
    }
    return accounts;
  });
}

/** Who acts for these people on all of their accounts now. */
export function mandatesOf(db: Db, people: readonly string[]): Promise<MandateRow[]> {
  if (people.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('mandates')
    .selectAll()
    .where('person', 'in', [...people])
    .where('until', 'is', null)
    .orderBy('since')
    .orderBy('representative')
    .execute();
}

/** As a party of an account, which it comes to without being named there. */
export const acting = (person: string) => ({
  ...{ person, role: 'representative' as const, limitation: null, estate: null },
});

/** The people first, then all accounts of the one who is represented, as everybody takes them. */
async function lockOwn(tx: Tx, person: string, representative: string): Promise<readonly string[]> {
  await lockPeople(tx, [person, representative]);
  const rows = await tx.selectFrom('accounts').select('ref').where('person', '=', person).execute();
  const refs = rows.map(({ ref }) => ref).sort();
  await lockAccounts(tx, refs);
  return refs;
}
