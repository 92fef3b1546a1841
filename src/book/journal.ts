import type { AccountEvent } from '../domain/account/events';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';
import { keepAgencyContacts } from './agency-contacts';
import { append, type Accepted, type Fact, type NotAccepted } from './append';
import { correctMonths } from './bureau-corrections';
import { noteForBureaus } from './furnishing/queue';
import { keepCredits } from './credits';
import { retireDialled } from './dialled';
import { inTransaction, type Db } from './open-book';
import { lockConcerned, spread } from './personal';

export type { Accepted, Fact, NotAccepted } from './append';
export { factsOf } from './facts-of';

/**
 * Accepts a fact: from the commit on it counts, and the gate sees it before the next reservation. The same id with
 * the same content is the same fact. Throws ACCOUNT_UNKNOWN, EVENT_DIFFERENT.
 */
export async function accept(
  db: Db,
  account: string,
  event: AccountEvent,
  source: string,
): Promise<Accepted> {
  const [result] = await acceptBatch(db, [{ account, event }], source);
  if (result === undefined || !('refused' in result)) return result as Accepted;
  if (result.refused === 'ACCOUNT_UNKNOWN') throw new ForbearError('ACCOUNT_UNKNOWN', { ref: account });
  throw new ForbearError('EVENT_DIFFERENT', { id: event.id, ref: account });
}

/**
 * Accepts many facts in one transaction, each answered in its place. What one says of the person (a death, an illness)
 * is journalled to that person's other accounts in the same transaction.
 */
export function acceptBatch(
  db: Db,
  facts: readonly Fact[],
  source: string,
  told: Instant | null = null,
): Promise<(Accepted | NotAccepted)[]> {
  if (facts.length === 0) return Promise.resolve([]);
  return inTransaction(db, async (tx) => {
    await lockConcerned(tx, facts);
    const answers = await append(tx, facts, source, told);
    const fresh = facts.filter((_fact, index) => isNew(answers[index]));
    const also = [...new Set([...(await spread(tx, fresh)), ...(await retireDialled(tx, fresh))])];
    await keepAgencyContacts(tx, facts, answers);
    await keepCredits(tx, fresh);
    await correctMonths(tx, fresh);
    await noteForBureaus(tx, fresh);
    if (also.length === 0) return answers;
    return answers.map((answer) => (isNew(answer) ? { ...answer, also } : answer));
  });
}

function isNew(answer: Accepted | NotAccepted | undefined): answer is Accepted {
  return answer !== undefined && !('refused' in answer) && !answer.duplicate;
}

export interface Untold {
  readonly account: string;
  readonly lender: string;
  readonly event: AccountEvent;
}

/** Facts of open accounts that their workflows have not been told, the oldest first. */
export async function untold(db: Db, limit: number, account?: string): Promise<Untold[]> {
  let query = db
    .selectFrom('journal')
    .innerJoin('accounts', 'accounts.ref', 'journal.account')
    .select(['journal.account', 'accounts.lender', 'journal.seq', 'journal.body'])
    .where('journal.toldAt', 'is', null)
    .where('accounts.status', '=', 'open')
    .orderBy('journal.receivedAt')
    .orderBy('journal.seq')
    .limit(limit);
  if (account !== undefined) query = query.where('journal.account', '=', account);
  const rows = await query.execute();
  return rows.map(({ body, seq, ...rest }) => ({ ...rest, event: { ...body, seq } }));
}

/** The account's workflow has these. */
export async function markTold(db: Db, account: string, seqs: readonly number[], at: Instant): Promise<void> {
  if (seqs.length === 0) return;
  await db
    .updateTable('journal')
    .set({ toldAt: at })
    .where('account', '=', account)
    .where('seq', 'in', seqs)
    .where('toldAt', 'is', null)
    .execute();
}
