import { type Transaction } from 'kysely';
import type { ContactChanged } from '../domain/account/events';
import { channelsOf } from '../domain/policy/channels';
import { PARTY_RIGHTS } from '../domain/party/rights';
import type { Instant } from '../domain/units';
import { append, lockAccounts } from './append';
import { consentsOf } from './consents';
import { lockPeople } from './locks';
import { inTransaction, type Db } from './open-book';
import { partiesOf } from './parties';
import { usableEndpoints } from './people';
import { accountsOf } from './personal';
import type { Tables } from './tables';

/**
 * Changes how a person is reached, under the person's lock, and journals to each account of theirs whether anybody who
 * shares its debt can still be reached. The details themselves never leave the book. Answers the accounts that changed.
 */
export function changeReach(
  db: Db,
  person: string,
  at: Instant,
  work: (tx: Transaction<Tables>) => Promise<unknown>,
): Promise<readonly string[]> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, [person]);
    const accounts = await accountsOf(tx, [person]);
    await lockAccounts(tx, accounts);
    await work(tx);
    const changed: string[] = [];
    for (const account of accounts) if (await settleReach(tx, account, at)) changed.push(account);
    return changed;
  });
}

/** Journals to one account whether anybody who shares its debt can be reached, where that has changed. */
export async function settleReach(tx: Transaction<Tables>, account: string, at: Instant): Promise<boolean> {
  const debtors = (await partiesOf(tx, account)).filter(({ role }) => PARTY_RIGHTS[role].debtor);
  let reachable = false;
  for (const { person } of debtors) reachable ||= await canBeReached(tx, person);
  const told = await tx
    .selectFrom('journal')
    .select('body')
    .where('account', '=', account)
    .where('kind', '=', 'contact-changed')
    .orderBy('seq', 'desc')
    .execute();
  const before = told[0]?.body as ContactChanged | undefined;
  if ((before?.reachable ?? true) === reachable) return false;
  const id = `person:reach:${told.length}`;
  await append(tx, [{ account, event: { kind: 'contact-changed', id, at, reachable } }], 'person');
  return true;
}

/** There is an endpoint in use, and a channel to it that the person has not refused. */
export async function canBeReached(db: Db, person: string): Promise<boolean> {
  const refused = (await consentsOf(db, person)).filter(({ says }) => says === 'refused');
  const endpoints = await usableEndpoints(db, person);
  return endpoints.some(({ kind }) =>
    channelsOf(kind).some((channel) => !refused.some((one) => one.channel === channel)),
  );
}
