import type { Transaction } from 'kysely';
import type { AccountRow } from '../book/accounts';
import { readClock } from '../book/clock';
import { foldAt } from '../book/fold';
import { inTransaction, type Db } from '../book/open-book';
import { askAction, type ActionAnswer, type ActionAsked } from '../book/policy/ask-action';
import type { Tables } from '../book/tables';
import { ForbearError } from '../domain/errors/forbear-error';
import type { Instant } from '../domain/units';

type Tx = Transaction<Tables>;

/**
 * The packs are asked about what is no contact, in the transaction that does it. What they refuse is not done, and the
 * whole transaction goes back; what they cannot know is done when somebody answers for it. POLICY_REFUSES.
 */
export async function mayByLaw(tx: Tx, asked: ActionAsked): Promise<void> {
  const said = await askAction(tx, asked);
  if (said === null || said.may) return;
  const refusal = refused(asked, said);
  refusals.set(refusal, asked);
  throw refusal;
}

/** What was asked when it was refused: the refusal takes its evidence back with the rest, and it is kept then. */
const refusals = new WeakMap<ForbearError, ActionAsked>();

/** Does the work, and keeps the evidence of a refusal of `mayByLaw` in it by a transaction of its own. */
export async function keepingRefusals<T>(db: Db, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const asked = error instanceof ForbearError ? refusals.get(error) : undefined;
    if (asked !== undefined) await inTransaction(db, (tx) => askAction(tx, asked));
    throw error;
  }
}

function refused(asked: ActionAsked, said: ActionAnswer): ForbearError {
  return new ForbearError('POLICY_REFUSES', {
    what: WHAT[asked.action] ?? asked.action,
    rule: said.rule ?? '',
    answer: said.answer,
    why: said.why ?? '',
    until: said.until === null ? '' : `, until ${said.until}`,
  });
}

const WHAT: Readonly<Record<string, string>> = { outsource: 'the placement', 'file-suit': 'the suit' };

/** The agency that the account's facts name; null: none. */
export async function agencyFact(tx: Tx, row: AccountRow, now: Instant): Promise<string | null> {
  const { facts } = await foldAt(tx, row, await readClock(tx), now);
  const { agency } = facts;
  return typeof agency === 'string' && agency !== '' ? agency : null;
}
