import type { Selectable } from 'kysely';
import type { Instant } from '../domain/units';
import type { Db } from './open-book';
import type { Tables } from './tables';

export type LetterRow = Selectable<Tables['letters']>;

/**
 * A letter word for word, as the mailroom is to print it. Personal, so that it stands in this table only and can be
 * erased. A draft has reached nobody: the gate is asked when it is posted.
 */
export interface LetterDraft {
  readonly task: string;
  readonly account: string;
  readonly person: string;
  readonly template: string;
  /** Hash of the template's text: which version it was. */
  readonly templateHash: string;
  readonly language: string;
  readonly tone: number | null;
  readonly sentTo: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly at: Instant;
}

/** Keeps the draft of a task's letter, once: what stands there is what is printed. */
export async function keepLetter(db: Db, letter: LetterDraft): Promise<void> {
  await db
    .insertInto('letters')
    .values(letter)
    .onConflict((conflict) => conflict.column('task').doNothing())
    .execute();
}

/** The letters of an account, the oldest first. */
export function lettersOf(db: Db, account: string): Promise<LetterRow[]> {
  return db.selectFrom('letters').selectAll().where('account', '=', account).orderBy('at').execute();
}

/** The mailroom has sent it. */
export async function markPosted(db: Db, task: string): Promise<void> {
  await db.updateTable('letters').set({ status: 'posted' }).where('task', '=', task).execute();
}
